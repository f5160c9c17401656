"""Formats amounts of euros, given in cents, and whole numbers."""

from babel.numbers import format_currency, format_decimal

_EUROS = {"nl": "¤\N{NO-BREAK SPACE}#,##0", "en": "¤#,##0"}


def euros(cents: int, language: str) -> str:
    """€ 7.500 · €7,500, with cents only where there are some"""
    pattern = _EUROS[language] + (".00" if cents % 100 else "")
    text: str = format_currency(cents / 100, "EUR", pattern, locale=language, currency_digits=False)
    return text


def number(value: int, language: str) -> str:
    text: str = format_decimal(value, locale=language)
    return text
