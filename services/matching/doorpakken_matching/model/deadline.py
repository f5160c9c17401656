"""Computes the deadline for answers: days after publishing, and hours before the first session."""

from collections.abc import Iterable
from datetime import datetime, timedelta


def latest_answer(starts: Iterable[datetime], hours_before: float) -> datetime:
    return min(starts) - timedelta(hours=hours_before)


def answer_by(
    now: datetime, starts: Iterable[datetime], *, days: float, hours_before: float
) -> datetime:
    """`days` after `now`, at the latest `hours_before` the first session; if that has passed,
    halfway to the first session, so that a plan published late can still be answered. Without
    sessions just `days` after `now`."""
    first = min(starts, default=None)
    if first is None:
        return now + timedelta(days=days)
    latest = latest_answer([first], hours_before)
    if latest <= now:
        return now + (first - now) / 2
    return min(now + timedelta(days=days), latest)
