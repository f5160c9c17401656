"""Similarity of two texts: the trigrams that their words share, so that "naaiatelier" resembles a
text with "atelier" and "naaien". Words that occur in every text are ignored."""

import math
import re

# Texts about different subjects score below 0.25, about the same subject above 0.33.
ALIKE_FROM = 0.3
WORDS_MAX = 60
_SHORTEST = 4
_WORD = re.compile(r"\w+")
_COMMON = """
    alle alleen andere bewoners buren buurt deze door elke geen goed haar heeft helpen hier
    hulp idee iedere iedereen jaar komt krijgt kunnen maar maken meer mensen naar niet nodig
    ondernemers onze over plan plek project samen staat uit voor waar week welkom wijk
    willen wordt worden zoeken zoekt zuidoost
    also area every everybody from have help idea look make more need neighbourhood people
    place plan that their them there they this together want week welcome where with
"""
_EVERYWHERE = frozenset(_COMMON.split())


def likeness(one: str, other: str) -> float:
    """From 0 (nothing in common) to 1 (the same words)."""
    first, second = _parts(one), _parts(other)
    if not first or not second:
        return 0.0
    return len(first & second) / math.sqrt(len(first) * len(second))


def _parts(text: str) -> set[str]:
    words = [
        word
        for word in _WORD.findall(text.casefold())
        if len(word) >= _SHORTEST and word not in _EVERYWHERE
    ]
    # Long texts share most trigrams, whatever they are about, so only the first words count.
    padded = [f" {word} " for word in words[:WORDS_MAX]]
    return {word[at : at + 3] for word in padded for at in range(len(word) - 2)}
