"""Several words as people say them. What is said twice is said once."""

from collections.abc import Iterable

from babel.lists import format_list


def listed(words: Iterable[str], language: str) -> str:
    """naaien en koken · naaien and koken"""
    text: str = format_list(list(dict.fromkeys(words)), locale=language)
    return text
