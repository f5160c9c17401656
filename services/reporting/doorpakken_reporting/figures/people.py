"""Figures about people: registered and present, by kind and over time. Unknown kinds count too;
cancelled attendees do not count, also not in earlier totals. Merged organisations count as one."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from doorpakken_events.registration import AttendeeState, OrganisationDescribed
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


def count_people(
    attendees: Sequence[AttendeeState], organisations: Iterable[OrganisationDescribed] = ()
) -> People:
    coming = [one for one in attendees if one.state != "cancelled"]
    present = [one for one in coming if one.state == "checked_in"]
    return People(
        attendees=len(coming),
        checked_in=len(present),
        on_gathering_waitlist=sum(one.state in ("waitlisted", "offered") for one in coming),
        cancelled=len(attendees) - len(coming),
        organisations=_organisations(coming, organisations),
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


def _organisations(coming: Iterable[AttendeeState], known: Iterable[OrganisationDescribed]) -> int:
    merged = {one.organisation_id: one.merged_into for one in known if one.merged_into}
    return len({survivor(one.organisation_id, merged) for one in coming if one.organisation_id})


def survivor(organisation_id: str, merged: Mapping[str, str]) -> str:
    """The last organisation of a chain of merges; of a cycle, as partly received events can form,
    the lowest id."""
    seen = [organisation_id]
    while (onward := merged.get(seen[-1])) and onward not in seen:
        seen.append(onward)
    return min(seen) if onward else seen[-1]


def _came_at(attendee: AttendeeState) -> datetime:
    return attendee.checked_in_at or attendee.registered_at
