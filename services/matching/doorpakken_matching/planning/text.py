"""Character TF-IDF: how alike a short text is to each of a few longer ones, 0-1, pure.
Knows no language: pieces of words, so that "stage" meets "stageplekken"."""

import re
from collections import Counter
from collections.abc import Sequence
from math import log

import numpy as np
from numpy.typing import NDArray

_WORD = re.compile(r"\w+")
GRAM_SIZES = (3, 4, 5)
DECIMALS = 6  # the last bits of a sum differ between machines, a plan may not


def words_of(text: str) -> list[str]:
    """The words in small letters."""
    return _WORD.findall(text.casefold())


def grams_of(text: str) -> Counter[str]:
    """The pieces of each word, its ends marked by a space."""
    return Counter(
        padded[start : start + size]
        for padded in (f" {word} " for word in words_of(text))
        for size in GRAM_SIZES
        for start in range(len(padded) - size + 1)
    )


class TextAffinity:
    """A few texts, ready to be compared with any other, one at a time."""

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
        """Weights of a text's pieces, made to length 1."""
        raw = {
            gram: (1 + log(count)) * self._weights.get(gram, self._unseen_weight)
            for gram, count in counted.items()
        }
        length = sum(value * value for value in raw.values()) ** 0.5
        return {gram: value / length for gram, value in raw.items()}

    def compare(self, text: str) -> NDArray[np.float64]:
        """The cosine with each text, in their order; all 0 for an empty one."""
        weighed = self._weigh(grams_of(text))
        known = sorted(gram for gram in weighed if gram in self._columns)
        columns = [self._columns[gram] for gram in known]
        values = np.array([weighed[gram] for gram in known])
        alike: NDArray[np.float64] = np.round(self._matrix[:, columns] @ values, DECIMALS)
        return alike
