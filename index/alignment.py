"""How near each word of a question comes to the words of a sentence."""

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence

from index.types import Embedder, WordVectors

KEPT = 1000  # sentences whose word vectors stay in memory; about 70 kB each


class Aligner:
    """Aligns questions with sentences; keeps the word vectors of the sentences that were used last."""

    def __init__(self, embedder: Embedder, known: Mapping[str, WordVectors] | None = None) -> None:
        """`known` holds word vectors of sentences that need not be embedded."""
        self._embedder = embedder
        self._kept = OrderedDict(known or {})
        self._lock = threading.Lock()

    def align(self, question: WordVectors, sentences: Sequence[str]) -> list[dict[str, float]]:
        """For each sentence, every word of the question with the cosine of the sentence's nearest word."""
        known = self._known(sentences)
        return [self._nearest(question, known[text]) for text in sentences]

    def _known(self, sentences: Sequence[str]) -> dict[str, WordVectors]:
        with self._lock:
            known = {text: self._kept[text] for text in sentences if text in self._kept}
        missing = [text for text in dict.fromkeys(sentences) if text not in known]
        known |= zip(missing, self._embedder.embed_words(missing), strict=True)
        with self._lock:
            for text, words in known.items():
                self._kept[text] = words
                self._kept.move_to_end(text)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return known

    @staticmethod
    def _nearest(question: WordVectors, sentence: WordVectors) -> dict[str, float]:
        if not question.words or not sentence.words:
            return dict.fromkeys(question.words, 0.0)
        nearest = (question.vectors @ sentence.vectors.T).max(axis=1)
        aligned: dict[str, float] = {}
        for word, cosine in zip(question.words, nearest, strict=True):
            aligned[word] = max(float(cosine), aligned.get(word, -1.0))
        return aligned
