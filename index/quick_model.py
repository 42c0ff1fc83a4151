"""all-MiniLM-L6-v2 in numpy: the same weights and the same arithmetic, ready in a fraction of a second.

Loading PyTorch and sentence-transformers takes seconds, which a question or an edited sentence need not wait for. The
vectors differ from theirs by rounding alone.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file
from tokenizers import Tokenizer

Array = NDArray[np.float32]

# erf(x) = x P(x²) / Q(x²) within 1e-7 for |x| <= 4, beyond which it is 1 in single precision: the coefficients of
# Eigen's `generic_fast_erf_float`, highest power first.
ERF_P = (
    -2.72614225801306e-10, 2.77068142495902e-08, -2.10102402082508e-06, -5.69250639462346e-05, -7.34990630326855e-04,
    -2.95459980854025e-03, -1.60960333262415e-02,
)  # fmt: skip
ERF_Q = (
    -1.45660718464996e-05, -2.13374055278905e-04, -1.68282697438203e-03, -7.37332916720468e-03, -1.42647390514189e-02,
)  # fmt: skip
ERF_END = 4.0


@dataclass(frozen=True, slots=True)
class Read:
    """A text as the model read it."""

    whole: Array  # the mean of the pieces, not of unit length, shape (384,)
    pieces: Array  # the last layer, shape (pieces, 384)
    offsets: list[tuple[int, int]]  # where each piece stands in the text; (0, 0) for the marks at both ends


@dataclass(frozen=True, slots=True)
class QuickModel:
    """A BERT encoder with mean pooling (Devlin et al. 2019; Reimers and Gurevych 2019), one text at a time."""

    weights: dict[str, Array]
    tokenizer: Tokenizer
    layers: int
    heads: int
    epsilon: float

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Reads weights, tokenizer and their settings as sentence-transformers stores them."""
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        most = json.loads((folder / "sentence_bert_config.json").read_text(encoding="utf-8"))["max_seq_length"]
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        tokenizer.no_padding()
        tokenizer.enable_truncation(most)
        weights = load_file(folder / "model.safetensors")
        return cls(
            weights, tokenizer, config["num_hidden_layers"], config["num_attention_heads"], config["layer_norm_eps"]
        )

    def read(self, text: str) -> Read:
        """The text's vectors; what is longer than the model reads is cut off."""
        encoded = self.tokenizer.encode(text)
        pieces = self._encoded(np.array(encoded.ids))
        return Read(pieces.mean(axis=0), pieces, encoded.offsets)

    def _encoded(self, ids: NDArray[np.intp]) -> Array:
        table = self.weights
        rows: Array = table["embeddings.word_embeddings.weight"][ids]
        rows = rows + table["embeddings.position_embeddings.weight"][: len(ids)]
        rows = rows + table["embeddings.token_type_embeddings.weight"][0]
        rows = self._norm(rows, "embeddings.LayerNorm")
        for number in range(self.layers):
            rows = self._layer(rows, f"encoder.layer.{number}")
        return rows

    def _layer(self, rows: Array, name: str) -> Array:
        attended = self._dense(self._attended(rows, f"{name}.attention.self"), f"{name}.attention.output.dense")
        rows = self._norm(rows + attended, f"{name}.attention.output.LayerNorm")
        wide = _gelu(self._dense(rows, f"{name}.intermediate.dense"))
        return self._norm(rows + self._dense(wide, f"{name}.output.dense"), f"{name}.output.LayerNorm")

    def _attended(self, rows: Array, name: str) -> Array:
        query, key, value = (self._by_head(self._dense(rows, f"{name}.{part}")) for part in ("query", "key", "value"))
        scores = query @ key.transpose(0, 2, 1) / np.float32(np.sqrt(query.shape[-1]))
        scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
        mixed = (scores / scores.sum(axis=-1, keepdims=True)) @ value
        return mixed.transpose(1, 0, 2).reshape(rows.shape)

    def _by_head(self, rows: Array) -> Array:
        return rows.reshape(len(rows), self.heads, -1).transpose(1, 0, 2)

    def _dense(self, rows: Array, name: str) -> Array:
        product: Array = rows @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"]
        return product

    def _norm(self, rows: Array, name: str) -> Array:
        apart = rows - rows.mean(axis=-1, keepdims=True)
        spread = np.sqrt((apart * apart).mean(axis=-1, keepdims=True) + np.float32(self.epsilon))
        normed: Array = apart / spread * self.weights[f"{name}.weight"] + self.weights[f"{name}.bias"]
        return normed


def _gelu(rows: Array) -> Array:
    """The exact form (Hendrycks and Gimpel 2016), by the error function."""
    x = np.clip(rows * np.float32(np.sqrt(0.5)), -ERF_END, ERF_END)
    square = x * x
    error = x * _polynomial(square, ERF_P) / _polynomial(square, ERF_Q)
    return rows * np.float32(0.5) * (1 + error)


def _polynomial(x: Array, coefficients: tuple[float, ...]) -> Array:
    """By Horner's rule, in place: the array is large."""
    total = np.full_like(x, coefficients[0])
    for coefficient in coefficients[1:]:
        total *= x
        total += np.float32(coefficient)
    return total
