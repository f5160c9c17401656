"""Formats several words as a list in a sentence; duplicates appear once."""

from collections.abc import Iterable

from babel.lists import format_list


def listed(words: Iterable[str], language: str) -> str:
    """naaien en koken · naaien and koken"""
    text: str = format_list(list(dict.fromkeys(words)), locale=language)
    return text
