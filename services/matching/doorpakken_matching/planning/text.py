"""Character TF-IDF: the similarity of a short text to each of a few longer ones, 0-1. Pure.
Independent of the language: parts of words are compared, so that "stage" matches "stageplekken"."""

import re
from collections import Counter
from collections.abc import Sequence
from math import log

import numpy as np
from numpy.typing import NDArray

_WORD = re.compile(r"\w+")
GRAM_SIZES = (3, 4, 5)
DECIMALS = 6  # the last bits of a sum differ between machines; plans must not


def words_of(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def grams_of(text: str) -> Counter[str]:
    return Counter(
        padded[start : start + size]
        for padded in (f" {word} " for word in words_of(text))
        for size in GRAM_SIZES
        for start in range(len(padded) - size + 1)
    )


class TextAffinity:
    """A few texts, prepared for comparing any other text with them."""

    def __init__(self, texts: Sequence[str]) -> None:
        grams = [grams_of(text) for text in texts]
        found = Counter(gram for counted in grams for gram in counted)
        self._unseen_weight = log(1 + len(texts)) + 1
        self._weights = {
            gram: log((1 + len(texts)) / (1 + count)) + 1 for gram, count in found.items()
        }
        self._columns = {gram: column for column, gram in enumerate(sorted(found))}
        self._matrix = np.zeros((len(texts), len(found)))
        for row, counted in enumerate(grams):
            for gram, value in self._weigh(counted).items():
                self._matrix[row, self._columns[gram]] = value

    def _weigh(self, counted: Counter[str]) -> dict[str, float]:
        raw = {
            gram: (1 + log(count)) * self._weights.get(gram, self._unseen_weight)
            for gram, count in counted.items()
        }
        length = sum(value * value for value in raw.values()) ** 0.5
        return {gram: value / length for gram, value in raw.items()}

    def compare(self, text: str) -> NDArray[np.float64]:
        """Cosine similarity with each text, in their order; all 0 for an empty text."""
        weighed = self._weigh(grams_of(text))
        known = sorted(gram for gram in weighed if gram in self._columns)
        columns = [self._columns[gram] for gram in known]
        values = np.array([weighed[gram] for gram in known])
        alike: NDArray[np.float64] = np.round(self._matrix[:, columns] @ values, DECIMALS)
        return alike
