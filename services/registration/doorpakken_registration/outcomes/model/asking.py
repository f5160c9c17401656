"""When the outcome of a session is asked, and when the names of who else was there go: days after
the session, in Amsterdam."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from doorpakken_registration.commitments.model import due
from doorpakken_registration.commitments.model.commitment import Told
from doorpakken_registration.commitments.model.due import Moment

LAST = "after_7_days"
_ASKED = (("morning_after", 1), ("after_3_days", 3), (LAST, 7))
NAMED_DAYS = 14


def untold(session_day: date, told: Iterable[Told], now: datetime) -> Moment | None:
    """The newest that is due, unless it or a later one was said about this day."""
    return due.newest_untold(due.after(session_day, _ASKED), told, now)


def was_asked_last(session_day: date, told: Iterable[Told]) -> Told | None:
    """The last asking about this day, when it was made."""
    return next((one for one in told if (one.what, one.due) == (LAST, session_day)), None)


def names_go_at(session_day: date) -> datetime:
    return due.at_nine(session_day + timedelta(days=NAMED_DAYS))


def next_at(session_day: date, now: datetime, *, is_done: bool) -> datetime | None:
    """Of an outcome that is done only the names go."""
    asked = [] if is_done else [one.at for one in due.after(session_day, _ASKED)]
    ahead = (one for one in (*asked, names_go_at(session_day)) if one > now)
    return min(ahead, default=None)
