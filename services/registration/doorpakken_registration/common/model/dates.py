"""Parses dates as typed in Dutch forms: 6-10-2023, 06/10/2023, 6 oktober 2023 or 2023-10-06.
Refuses a day that is not in the calendar."""

import re
from datetime import date

MONTHS = {
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "en": "january february march april may june july august september october november december",
}
_NUMBERS = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})")
_WORDS = re.compile(r"(\d{1,2})\s{1,9}([^\W\d_]{3,12})\s{1,9}(\d{4})")


def date_of(text: str) -> date:
    """Raises ValueError if the text is not a date."""
    text = text.strip().lower()
    try:
        if found := _NUMBERS.fullmatch(text):
            return date(int(found[3]), int(found[2]), int(found[1]))
        if found := _WORDS.fullmatch(text):
            return date(int(found[3]), _month(found[2]), int(found[1]))
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError("write a date such as 6-10-2023") from None


def _month(word: str) -> int:
    for months in MONTHS.values():
        names = months.split()
        if word in names:
            return names.index(word) + 1
    raise ValueError(word)
