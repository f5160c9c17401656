"""Parses amounts as typed in Dutch forms; internally, money is whole euro cents.
Refuses zero, negative numbers, fractions of things, and anything above `AMOUNT_MAX`."""

import re

AMOUNT_MAX = 100_000_000_000

_EUROS = re.compile(
    r"(?:€|euro?)?\s{0,9}(\d{1,15}|\d{1,3}(?:\.\d{3}){1,5})(?:,(\d{2}|-))?\s{0,9}(?:euro)?", re.I
)
_WHOLE = re.compile(r"\d{1,15}|\d{1,3}(?:\.\d{3}){1,5}")


def euro_cents(text: str) -> int:
    """Parses `2500`, `2.500` or `2.500,00`; raises ValueError."""
    found = _EUROS.fullmatch(text.strip())
    if not found:
        raise ValueError("write an amount such as 2500 or 2.500,00")
    cents = found[2] if found[2] and found[2] != "-" else "00"
    return _checked(int(found[1].replace(".", "") + cents))


def whole(text: str) -> int:
    """Parses `12` or `1.200`; raises ValueError."""
    if not _WHOLE.fullmatch(text.strip()):
        raise ValueError("write a whole number such as 12")
    return _checked(int(text.strip().replace(".", "")))


def _checked(amount: int) -> int:
    if not 0 < amount <= AMOUNT_MAX:
        raise ValueError("write a number above 0, and not beyond all measure")
    return amount
