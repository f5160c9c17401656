"""The periods of a gathering that follow from its day: sign-up until the day before, pitches until
a week before, work sessions from the Monday after."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

from doorpakken_registration.common.model.dates import at
from doorpakken_registration.gatherings.model.gathering import LOCAL, Gathering

CLOSES_AT = time(18)
PITCHES_BEFORE = timedelta(days=7)
PERIODS = (
    "registration_opens_at",
    "registration_closes_at",
    "pitches_open_at",
    "pitches_close_at",
)
MOMENTS = ("starts_at", "ends_at", *PERIODS)
# From a Monday until the Friday of the fifth week.
FOLLOW_UP = timedelta(days=32)


def windows_of(starts_at: datetime, ends_at: datetime, now: datetime) -> dict[str, Any]:
    """Registration closes at the start where the usual moment is over."""
    day, last = starts_at.astimezone(LOCAL).date(), ends_at.astimezone(LOCAL).date()
    closes = at(day - timedelta(days=1), CLOSES_AT)
    closes = closes if now < closes else starts_at
    pitches_close = at(day - PITCHES_BEFORE, CLOSES_AT)
    monday = last + timedelta(days=7 - last.weekday())
    return {
        "registration_closes_at": closes,
        "pitches_close_at": pitches_close if now < pitches_close else closes,
        "follow_up_from": monday,
        "follow_up_until": monday + FOLLOW_UP,
    }


def following(before: Gathering, fields: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """`fields` with the periods moved along that were as usual and are not changed themselves."""
    fields = _to_the_minute(before, fields)
    was = windows_of(before.starts_at, before.ends_at, now)
    becomes = windows_of(fields["starts_at"], fields["ends_at"], now)
    moved = {
        name: becomes[name]
        for name, usual in was.items()
        if fields[name] == getattr(before, name) == usual
    }
    return {**fields, **moved}


def _to_the_minute(before: Gathering, fields: Mapping[str, Any]) -> dict[str, Any]:
    """A form shows minutes: a time that is the same but for its seconds was not changed."""
    kept = {
        name: getattr(before, name)
        for name in MOMENTS
        if _minute(fields[name]) == _minute(getattr(before, name))
    }
    exact = {_minute(one.starts_at): one.starts_at for one in before.programme}
    programme = tuple(
        replace(one, starts_at=exact.get(_minute(one.starts_at), one.starts_at))
        for one in fields["programme"]
    )
    return {**fields, **kept, "programme": programme}


def _minute(moment: datetime | None) -> datetime | None:
    return moment and moment.replace(second=0, microsecond=0)
