"""`doorpakken clock`: moves the domain time of a system, in the clock file that all its services
watch."""

import math
import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from doorpakken_plumbing.time.clock import read_offset

from doorpakken_local.folder import DataFolder, write_private

HERE = ZoneInfo("Europe/Amsterdam")
UNITS = {"w": "weeks", "d": "days", "h": "hours", "m": "minutes", "s": "seconds"}
FARTHEST = timedelta(days=36_500)
_PART = re.compile(r"(\d{1,9})([wdhms])")
DURATION = re.compile(r"(?P<sign>-?)(?P<parts>(?:\d{1,9}[wdhms]){1,9})")


class NotATime(Exception):
    """The text is not a time or duration, or the time is out of range."""


def set_time(folder: DataFolder, words: str) -> datetime:
    """Accepts `2023-09-15T09:00` (Amsterdam time), a time with an offset, or `real`; raises
    NotATime."""
    offset = timedelta(0) if words == "real" else _moment(words) - datetime.now(UTC)
    return _write(folder, math.ceil(offset.total_seconds()))


def advance(folder: DataFolder, words: str) -> datetime:
    """Move on by `3d`, `2w`, `1d12h` or `30m`; `-1h` moves back. Raises NotATime."""
    offset = read_offset(folder.clock) or 0
    return _write(folder, offset + round(_duration(words).total_seconds()))


def domain_time(folder: DataFolder) -> datetime:
    """In the time zone of Amsterdam."""
    return (datetime.now(UTC) + timedelta(seconds=read_offset(folder.clock) or 0)).astimezone(HERE)


def _write(folder: DataFolder, offset_seconds: int) -> datetime:
    _require_near(offset_seconds)
    folder.make()
    write_private(folder.clock, f"{offset_seconds}\n")
    return domain_time(folder)


def _require_near(offset_seconds: int) -> None:
    """Services add days to the clock, which fails near the end of the calendar."""
    if abs(offset_seconds) > FARTHEST.total_seconds():
        raise NotATime(f"That is more than {FARTHEST.days} days away.")


def _moment(words: str) -> datetime:
    try:
        moment = datetime.fromisoformat(words)
    except ValueError as error:
        raise NotATime(f"{words!r} is no time like 2023-09-15T09:00.") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=HERE)


def _duration(words: str) -> timedelta:
    found = DURATION.fullmatch(words)
    if found is None:
        raise NotATime(f"{words!r} is no duration like 3d, 2w, 1d12h or 30m.")
    parts = _PART.findall(found["parts"])
    try:
        length = sum(
            (timedelta(**{UNITS[unit]: int(count)}) for count, unit in parts), timedelta(0)
        )
    except OverflowError as error:
        raise NotATime(f"{words!r} is longer than any calendar.") from error
    return -length if found["sign"] else length
