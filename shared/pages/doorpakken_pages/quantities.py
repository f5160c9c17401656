"""Formats amounts of euros, given in cents, and whole numbers. A long page shows the same ones
often, so what was formatted last is kept."""

from functools import lru_cache

from babel.numbers import format_currency, format_decimal

_EUROS = {"nl": "¤\N{NO-BREAK SPACE}#,##0", "en": "¤#,##0"}

KEPT = 4096


@lru_cache(KEPT)
def euros(cents: int, language: str) -> str:
    """€ 7.500 · €7,500, with cents only where there are some"""
    pattern = _EUROS[language] + (".00" if cents % 100 else "")
    text: str = format_currency(cents / 100, "EUR", pattern, locale=language, currency_digits=False)
    return text


@lru_cache(KEPT)
def number(value: int, language: str) -> str:
    text: str = format_decimal(value, locale=language)
    return text
