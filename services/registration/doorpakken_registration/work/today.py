"""Gathers what waits for staff: lines of this service as they are now, those of the other services
as they said them last, and the steps of each gathering."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from doorpakken_events import states
from doorpakken_events.staff_work import StaffWork, WorkLine
from doorpakken_plumbing.identity.staff import Staff
from doorpakken_plumbing.messaging import staff_work
from doorpakken_plumbing.mongo.database import Documents, Mongo

from doorpakken_registration.commitments import waiting as commitments
from doorpakken_registration.commitments.store import commitments as commitments_store
from doorpakken_registration.conversation import waiting as conversation
from doorpakken_registration.conversation.store import tables as tables_store
from doorpakken_registration.conversation.store import wishes as wishes_store
from doorpakken_registration.gatherings.model.gathering import Gathering
from doorpakken_registration.gatherings.store import attendees as attendees_store
from doorpakken_registration.gatherings.store import gatherings as gatherings_store
from doorpakken_registration.outcomes import waiting as outcomes
from doorpakken_registration.pitches import waiting as pitches
from doorpakken_registration.pitches.store import pitches as pitches_store
from doorpakken_registration.seats import waiting as seats
from doorpakken_registration.seats.store import waves as waves_store
from doorpakken_registration.work.model.checklist import Facts, Step, next_step, steps_of
from doorpakken_registration.work.store import said as store

LOOKS = (
    pitches.to_review,
    pitches.to_confirm,
    conversation.to_read,
    seats.for_answers,
    outcomes.to_write,
    commitments.for_promises,
    commitments.for_supporters,
)
OWN = "registration"


@dataclass(frozen=True)
class AtGathering:
    """What waits for staff at one gathering, and its steps."""

    gathering: Gathering
    lines: tuple[WorkLine, ...]
    steps: tuple[Step, ...]

    @property
    def next_step(self) -> Step | None:
        return next_step(self.steps)


@dataclass(frozen=True)
class Today:
    """The work at the gatherings where somebody is an organiser, and the other gatherings where
    they may stand at the door or read."""

    work: Sequence[AtGathering]
    others: Sequence[Gathering]


async def list_current(documents: Documents, now: datetime) -> list[str]:
    """Published gatherings that are not over, or where a promise still runs, newest first."""
    return [one.id for one in await _published(documents, now)]


async def for_staff(mongo: Mongo, staff: Staff, now: datetime) -> Today:
    """The next to come first; drafts too."""
    drafts, found = await asyncio.gather(
        gatherings_store.list_drafts(mongo), _published(mongo, now)
    )
    theirs = [one for one in (*found, *drafts) if staff.may("organiser", one.id)]
    theirs.sort(key=lambda one: (one.ends_at < now, abs(one.starts_at - now)))
    said = await store.list_said(mongo, [one.id for one in theirs])
    work = await asyncio.gather(*(_at(mongo, one, said[one.id], now) for one in theirs))
    others = [one for one in found if one not in theirs and _may_help(staff, one.id)]
    return Today(work, others)


def _may_help(staff: Staff, gathering_id: str) -> bool:
    return staff.may("door", gathering_id) or staff.may("reader", gathering_id)


async def at(mongo: Mongo, gathering: Gathering, now: datetime) -> AtGathering:
    said = await store.list_said(mongo, [gathering.id])
    return await _at(mongo, gathering, said[gathering.id], now)


async def _at(
    mongo: Mongo, gathering: Gathering, said: Sequence[StaffWork], now: datetime
) -> AtGathering:
    if gathering.version == 0:
        lines: tuple[WorkLine, ...] = ()
    else:
        own = await staff_work.lines_of(mongo, gathering.id, now, LOOKS)
        heard = [line for one in said if one.service != OWN for line in one.lines]
        lines = (*own, *heard)
    facts = await _facts(mongo, gathering, lines, said)
    return AtGathering(gathering, lines, steps_of(facts, now))


async def _facts(
    mongo: Mongo,
    gathering: Gathering,
    lines: Sequence[WorkLine],
    said: Sequence[StaffWork],
) -> Facts:
    known = gathering.id
    accepted, table, checked_in, wishes, wave, invitations = await asyncio.gather(
        pitches_store.has_any(mongo, known, states.Pitch.ACCEPTED),
        tables_store.has_any(mongo, known),
        attendees_store.has_any(mongo, known, states.Attendee.CHECKED_IN),
        wishes_store.has_any(mongo, known),
        waves_store.find_latest_wave(mongo, known),
        waves_store.has_invitations(mongo, known),
    )
    return Facts(
        gathering=gathering,
        waiting=frozenset(line.kind for line in lines),
        heard=frozenset(one.service for one in said),
        has_accepted_pitch=accepted,
        has_table=table,
        has_checked_in=checked_in,
        has_wishes=wishes,
        wave=wave,
        has_invitations=invitations,
    )


async def _published(documents: Documents, now: datetime) -> list[Gathering]:
    found = await gatherings_store.list_published(documents, now - staff_work.LOOKED_BACK)
    over = {one.id for one in found if staff_work.is_over(one.ends_at, one.follow_up_until, now)}
    running = await commitments_store.gatherings_with_open(documents, over)
    return [one for one in found if one.id not in over - running]
