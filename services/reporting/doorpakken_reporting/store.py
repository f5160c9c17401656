"""Every query of reporting: what was folded about one gathering, as typed states.
Refuses nothing; a parent that has not been heard of yet is simply missing."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from doorpakken_events.event import READING, Event
from doorpakken_events.matching import PlanPublished, SessionState
from doorpakken_events.notification import InvitationState
from doorpakken_events.registration import (
    AttendeeState,
    EndorsementState,
    GatheringState,
    InvitationAnswered,
    PitchState,
    SignUpState,
)
from doorpakken_plumbing.mongo import ASCENDING, Document, Documents, Index

E = TypeVar("E", bound=Event)

_BY_GATHERING: tuple[type[Event], ...] = (
    AttendeeState,
    PitchState,
    EndorsementState,
    PlanPublished,
    SessionState,
    SignUpState,
    InvitationState,
    InvitationAnswered,
)
INDEXES = [Index(event.AGGREGATE, [("gathering_id", ASCENDING)]) for event in _BY_GATHERING]

# What an open dashboard follows.
SHOWN = (GatheringState.AGGREGATE, "contact", *(event.AGGREGATE for event in _BY_GATHERING))


@dataclass(frozen=True)
class Picture:
    """The newest state of everything at one gathering."""

    gathering: GatheringState
    attendees: Sequence[AttendeeState]
    pitches: Sequence[PitchState]
    endorsements: Sequence[EndorsementState]
    plans: Sequence[PlanPublished]
    sessions: Sequence[SessionState]
    sign_ups: Sequence[SignUpState]
    invitations: Sequence[InvitationState]
    answers: Sequence[InvitationAnswered]


async def list_gatherings(documents: Documents) -> list[GatheringState]:
    """All gatherings, the latest first."""
    found = await documents[GatheringState.AGGREGATE].find(
        {"data": {"$ne": None}}, sort=[("data.starts_at", -1), ("_id", ASCENDING)]
    )
    return [_state(GatheringState, document) for document in found]


async def find_picture(documents: Documents, gathering_id: str) -> Picture | None:
    """Everything about a gathering; None for one nobody told of."""
    found = await documents[GatheringState.AGGREGATE].find_one({"_id": gathering_id})
    if not found or found["data"] is None:
        return None
    lists = await asyncio.gather(
        _list(documents, AttendeeState, gathering_id),
        _list(documents, PitchState, gathering_id),
        _list(documents, EndorsementState, gathering_id),
        _list(documents, PlanPublished, gathering_id),
        _list(documents, SessionState, gathering_id),
    )
    answers = await asyncio.gather(
        _list(documents, SignUpState, gathering_id),
        _list(documents, InvitationState, gathering_id),
        _list(documents, InvitationAnswered, gathering_id),
    )
    return Picture(_state(GatheringState, found), *lists, *answers)


async def get_names(documents: Documents, person_ids: Sequence[str]) -> dict[str, str]:
    """The names of these persons, as far as they are known."""
    found = await documents["contact"].find({"_id": {"$in": list(person_ids)}})
    return {one["_id"]: one["data"]["name"] for one in found if one["data"]}


async def _list(documents: Documents, event: type[E], gathering_id: str) -> list[E]:
    """In the order of their ids, which is the order in which they came to be."""
    found = await documents[event.AGGREGATE].find(
        {"gathering_id": gathering_id, "data": {"$ne": None}}, sort=[("_id", ASCENDING)]
    )
    return [_state(event, document) for document in found]


def _state(event: type[E], document: Document) -> E:
    return event.model_validate(document["data"], extra="ignore", context=READING)
