"""Until when people may answer: days after publishing, in good time before the first session."""

from collections.abc import Iterable
from datetime import datetime, timedelta


def latest_answer(starts: Iterable[datetime], hours_before: float) -> datetime:
    """The last moment that still leaves the hosts their time before the first session."""
    return min(starts) - timedelta(hours=hours_before)


def answer_by(
    now: datetime, starts: Iterable[datetime], *, days: float, hours_before: float
) -> datetime:
    """`days` after `now`, at the latest `hours_before` the first session; when that has passed,
    halfway to it, so that a plan published late can still be answered."""
    first = min(starts)
    latest = latest_answer([first], hours_before)
    if latest <= now:
        return now + (first - now) / 2
    return min(now + timedelta(days=days), latest)
