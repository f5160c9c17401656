"""Parses dates and times as typed in Dutch forms: 6-10-2023, 06/10/2023, 6 oktober 2023 or
2023-10-06; 15.00, 15:00 or 15 uur. Refuses what is not in the calendar or on the clock."""

import re
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

MONTHS = {
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "en": "january february march april may june july august september october november december",
}
_NUMBERS = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})")
_TIME = re.compile(r"(\d{1,2})(?:[.:](\d{2}))?(?: ?(?:uur|u|h))?", re.IGNORECASE)
_MOMENT = re.compile(r"(.{6,20}?),? ([\d.:]{1,5}(?: ?(?:uur|u|h))?)", re.IGNORECASE)
_AMSTERDAM = ZoneInfo("Europe/Amsterdam")
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


def time_of(text: str) -> time:
    """Raises ValueError if the text is not a time."""
    found = _TIME.fullmatch(text.strip())
    if not found:
        raise ValueError("write a time such as 15.00")
    return time(int(found[1]), int(found[2] or 0))


def moment_of(text: str) -> datetime:
    """A date and a time in Amsterdam, such as 6-10-2023 15.00. Raises ValueError."""
    found = _MOMENT.fullmatch(text.strip())
    if not found:
        raise ValueError("write a moment such as 6-10-2023 15.00")
    return at(date_of(found[1]), time_of(found[2]))


def at(day: date, moment: time) -> datetime:
    """In UTC, of a day and time in Amsterdam."""
    return datetime.combine(day, moment, _AMSTERDAM).astimezone(UTC)


def typed_day(day: date) -> str:
    return f"{day.day}-{day.month}-{day.year}"


def typed_time(moment: datetime) -> str:
    return f"{moment.astimezone(_AMSTERDAM):%H.%M}"


def typed_moment(moment: datetime) -> str:
    return f"{typed_day(moment.astimezone(_AMSTERDAM).date())} {typed_time(moment)}"


def _month(word: str) -> int:
    for months in MONTHS.values():
        names = months.split()
        if word in names:
            return names.index(word) + 1
    raise ValueError(word)
