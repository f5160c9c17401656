"""Formats days and times, in Amsterdam time: with the year if it is not the current one, and with
the day of the end if it differs from that of the start. A time without its zone is refused."""

from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time
from doorpakken_plumbing.time import clock

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
_TIMES = {"nl": "HH.mm", "en": "HH:mm"}
_HOURS = {"nl": "{} uur", "en": "{}"}
_UNTIL = {"nl": "{} tot {}", "en": "{} to {}"}
_THIS_YEAR, _OTHER_YEAR = "EEEE d MMMM", "EEEE d MMMM y"

# Stores keep a day as ISO text.
Day = date | str


def local(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a time needs its zone")
    return moment.astimezone(AMSTERDAM)


def day(value: Day, language: str) -> str:
    """vrijdag 6 oktober · Friday 6 October, and in another year vrijdag 6 oktober 2023"""
    if isinstance(value, str):
        value = datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
    if isinstance(value, datetime):
        value = local(value).date()
    is_this_year = value.year == local(clock.now()).year
    return _date(value, _THIS_YEAR if is_this_year else _OTHER_YEAR, language)


@lru_cache(4096)
def _date(value: date, pattern: str, language: str) -> str:
    """A long page shows the same days often, so what was formatted last is kept."""
    return format_date(value, pattern, locale=language)


def short_day(value: date, language: str) -> str:
    """6 okt · 6 Oct, for an axis"""
    return format_date(value, "d MMM", locale=language).rstrip(".")


def time(value: datetime, language: str) -> str:
    return _HOURS[language].format(_clock(value, language))


def hours(value: datetime, until: datetime, language: str) -> str:
    """15.00–17.00 uur · 15:00–17:00, and over days 20.00 uur tot zaterdag 7 oktober, 17.00 uur"""
    if local(value).date() != local(until).date():
        return _UNTIL[language].format(time(value, language), day_time(until, language))
    between = f"{_clock(value, language)}–{_clock(until, language)}"
    return _HOURS[language].format(between)


def day_time(value: datetime, language: str) -> str:
    """vrijdag 6 oktober, 15.00 uur · Friday 6 October, 15:00"""
    return f"{day(value, language)}, {time(value, language)}"


def beginning(text: str) -> str:
    """The same text for the beginning of a line: Vrijdag 6 oktober"""
    return text[:1].upper() + text[1:]


def _clock(value: datetime, language: str) -> str:
    return format_time(local(value), _TIMES[language], tzinfo=AMSTERDAM, locale=language)


FILTERS: dict[str, Callable[..., str]] = {
    "day": day,
    "short_day": short_day,
    "time": time,
    "hours": hours,
    "day_time": day_time,
}
