"""The encoder all-MiniLM-L6-v2 in torch alone: other libraries take seconds to import, and every command would wait.

BERT as Devlin et al. 2019 ("BERT: Pre-training of Deep Bidirectional Transformers") describe it, with the weights as
sentence-transformers publishes them: no dropout, as nothing is trained here.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional as F

from index.types import Vectors

MOST_PIECES = 256  # of a text, with its two marks; what follows is not read (sentence_bert_config.json)


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """A text as the model reads it, with the marks of its beginning and end."""

    vectors: Vectors  # of the last layer, shape (pieces, dimensions)
    places: tuple[tuple[int, int], ...]  # of each piece in the text, (0, 0) for the marks


class Bert:
    """Turns word pieces into vectors, one a piece."""

    def __init__(self, folder: Path) -> None:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        self._heads, self._layers = config["num_attention_heads"], config["num_hidden_layers"]
        self._epsilon = config["layer_norm_eps"]
        self._weights = load_file(folder / "model.safetensors")
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(MOST_PIECES)
        self._tokenizer.enable_padding(pad_id=config["pad_token_id"])

    def encode(self, texts: Sequence[str]) -> Iterator[Pieces]:
        """The pieces of each text, all texts in one go."""
        found = self._tokenizer.encode_batch(list(texts))
        mask = torch.tensor([one.attention_mask for one in found])
        with torch.inference_mode():
            vectors = self._forward(torch.tensor([one.ids for one in found]), mask).numpy()
        for one, own in zip(found, vectors, strict=True):
            read = sum(one.attention_mask)
            yield Pieces(own[:read], tuple(one.offsets[:read]))

    def _forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        weights = self._weights
        positions = weights["embeddings.position_embeddings.weight"][: ids.shape[1]]
        kinds = weights["embeddings.token_type_embeddings.weight"][0]
        x = F.embedding(ids, weights["embeddings.word_embeddings.weight"]) + kinds + positions
        x = self._norm(x, "embeddings.LayerNorm")
        seen = None if bool(mask.all()) else mask[:, None, None, :].bool()
        for layer in range(self._layers):
            name = f"encoder.layer.{layer}"
            x = self._norm(self._attend(x, seen, name) + x, f"{name}.attention.output.LayerNorm")
            inner = F.gelu(self._linear(x, f"{name}.intermediate.dense"))
            x = self._norm(self._linear(inner, f"{name}.output.dense") + x, f"{name}.output.LayerNorm")
        return x

    def _attend(self, x: Tensor, seen: Tensor | None, name: str) -> Tensor:
        texts, pieces, size = x.shape

        def heads(part: str) -> Tensor:
            projected = self._linear(x, f"{name}.attention.self.{part}")
            return projected.view(texts, pieces, self._heads, -1).transpose(1, 2)

        mixed = F.scaled_dot_product_attention(heads("query"), heads("key"), heads("value"), attn_mask=seen)
        return self._linear(mixed.transpose(1, 2).reshape(texts, pieces, size), f"{name}.attention.output.dense")

    def _linear(self, x: Tensor, name: str) -> Tensor:
        return F.linear(x, self._weights[f"{name}.weight"], self._weights[f"{name}.bias"])

    def _norm(self, x: Tensor, name: str) -> Tensor:
        weights = self._weights
        return F.layer_norm(x, x.shape[-1:], weights[f"{name}.weight"], weights[f"{name}.bias"], self._epsilon)
