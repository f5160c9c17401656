"""Who signed up and who came, by kind and over time. Refuses nothing: kinds that are not known yet
count too. Whoever cancelled is not counted, also not in the past."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from doorpakken_events.registration import AttendeeState
from doorpakken_events.words import KINDS
from pydantic import BaseModel

from doorpakken_reporting.figures.growth import Growth, grow


class OfKind(BaseModel):
    """People of one kind; who is present is also registered."""

    registered: int
    present: int


class People(BaseModel):
    """The people of a gathering."""

    attendees: int
    checked_in: int
    on_gathering_waitlist: int
    cancelled: int
    organisations: int
    people_by_kind: dict[str, OfKind]
    registered_over_time: Growth
    present_over_time: Growth


def count_people(attendees: Sequence[AttendeeState]) -> People:
    """The figures of these attendees."""
    coming = [one for one in attendees if one.state != "cancelled"]
    present = [one for one in coming if one.state == "checked_in"]
    return People(
        attendees=len(coming),
        checked_in=len(present),
        on_gathering_waitlist=sum(one.state in ("waitlisted", "offered") for one in coming),
        cancelled=len(attendees) - len(coming),
        organisations=len({one.organisation_id for one in coming} - {None}),
        people_by_kind=_by_kind(coming, present),
        registered_over_time=grow([(one.registered_at, one.kind) for one in coming]),
        present_over_time=grow([(_came_at(one), one.kind) for one in present]),
    )


def _by_kind(
    coming: Sequence[AttendeeState], present: Sequence[AttendeeState]
) -> dict[str, OfKind]:
    registered, there = (Counter(one.kind for one in some) for some in (coming, present))
    kinds = dict.fromkeys((*KINDS, *sorted(registered)))
    return {kind: OfKind(registered=registered[kind], present=there[kind]) for kind in kinds}


def _came_at(attendee: AttendeeState) -> datetime:
    return attendee.checked_in_at or attendee.registered_at
