"""Parses when somebody can come: days and parts of the day, in Dutch or English words.
Unknown words are ignored; a person without any known word is available at all times."""

import re
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Europe/Amsterdam")
NOON, EVENING = 12, 17
DAYS = (
    ("monday", "mon", "maandag", "ma"),
    ("tuesday", "tue", "dinsdag", "di"),
    ("wednesday", "wed", "woensdag", "wo"),
    ("thursday", "thu", "donderdag", "do"),
    ("friday", "fri", "vrijdag", "vr"),
    ("saturday", "sat", "zaterdag", "za"),
    ("sunday", "sun", "zondag", "zo"),
)
DAY_NUMBERS = {word: {number} for number, words in enumerate(DAYS) for word in words} | {
    word: set(range(5)) for word in ("weekday", "weekdays", "doordeweeks", "werkdagen")
}
DAY_NUMBERS |= {word: {5, 6} for word in ("weekend", "weekends")}
PARTS = {
    "morning": "morning",
    "mornings": "morning",
    "ochtend": "morning",
    "ochtends": "morning",
    "afternoon": "afternoon",
    "afternoons": "afternoon",
    "middag": "afternoon",
    "middags": "afternoon",
    "evening": "evening",
    "evenings": "evening",
    "avond": "evening",
    "avonds": "evening",
}
_DAY_WITH_PART = re.compile("dag(?=ochtend|middag|avond)")
_WORD = re.compile(r"[a-z]+")


def part_of_day(moment: datetime) -> str:
    hour = moment.astimezone(LOCAL).hour
    if hour < NOON:
        return "morning"
    return "afternoon" if hour < EVENING else "evening"


def _allows(entry: str, moment: datetime) -> bool | None:
    """None when the entry contains no known word."""
    apart = _DAY_WITH_PART.sub("dag ", entry.casefold())
    words = _WORD.findall(apart)
    days = [DAY_NUMBERS[word] for word in words if word in DAY_NUMBERS]
    parts = {PARTS[word] for word in words if word in PARTS}
    if not days and not parts:
        return None
    on_day = not days or moment.astimezone(LOCAL).weekday() in set().union(*days)
    return on_day and (not parts or part_of_day(moment) in parts)


def can_come(availability: Sequence[str], moment: datetime) -> bool:
    answers = [answer for entry in availability if (answer := _allows(entry, moment)) is not None]
    return not answers or any(answers)
