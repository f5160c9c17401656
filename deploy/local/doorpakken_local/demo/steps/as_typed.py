"""Amounts, days and times as people type them in the Dutch forms."""

from datetime import date, datetime, time

CENTS = 100


def amount(number: int, unit: str) -> str:
    return euros(number) if unit == "euro_cent" else str(number)


def euros(cents: int) -> str:
    """7.500 or 7.500,50."""
    whole, rest = divmod(cents, CENTS)
    typed = f"{whole:,}".replace(",", ".")
    return f"{typed},{rest:02d}" if rest else typed


def day(when: date) -> str:
    return f"{when.day}-{when.month}-{when.year}"


def clock(when: time | datetime) -> str:
    return f"{when:%H.%M}"


def moment(when: datetime) -> str:
    return f"{day(when)} {clock(when)}"
