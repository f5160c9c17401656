"""What notification keeps of the states it received, with the indexes of its own queries on them.
The link of a session is told apart from it, in whatever order."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from doorpakken_events import states
from doorpakken_events.catalogue import states_heard_by
from doorpakken_events.event import Event
from doorpakken_events.matching import HostAsked, SessionLink, SessionsRecommended, SessionState
from doorpakken_events.registration import (
    AttendeeState,
    GatheringState,
    InvitationAnswered,
    PitchState,
    SignUpState,
)
from doorpakken_events.staff import StaffState
from doorpakken_plumbing.messaging import newest, owners
from doorpakken_plumbing.messaging.heard import ReceivedEvent
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import ASCENDING, DESCENDING, Document, Documents, Index

STATES: tuple[type[Event], ...] = (*states_heard_by("notification"), StaffState)
INDEXES = (
    *owners.indexes(STATES),
    Index(AttendeeState.AGGREGATE, [("data.gathering_id", ASCENDING)]),
    Index(
        SessionsRecommended.AGGREGATE,
        [("data.run_id", ASCENDING), ("data.is_taken_back", ASCENDING)],
    ),
    Index(SignUpState.AGGREGATE, [("data.session_id", ASCENDING)]),
    Index(SessionState.AGGREGATE, [("data.gathering_id", ASCENDING)]),
    Index(PitchState.AGGREGATE, [("data.gathering_id", ASCENDING)]),
    Index(HostAsked.AGGREGATE, [("data.gathering_id", ASCENDING)]),
    Index(GatheringState.AGGREGATE, [("data.starts_at", DESCENDING)]),
)


async def put(tx: Transaction, heard: ReceivedEvent[Any]) -> None:
    """Replaces the previous state; a session keeps its link."""
    if isinstance(heard.data, SessionState):
        own = {"link": await _hold_link(tx, heard.aggregate_id, heard.data.link)}
    else:
        own = {}

    def keep(event: Event) -> Document:
        return newest.whole(event) | own

    await newest.put(tx, heard, keep)


async def put_link(tx: Transaction, state: SessionLink) -> None:
    """Also keeps the link of a session that was not received yet."""
    told = {"$set": {"link": state.link}}
    await tx[SessionLink.AGGREGATE].update_one({"_id": state.session_id}, told, upsert=True)
    known = {"$set": {"data.link": state.link}}
    await tx[SessionState.AGGREGATE].update_one({"_id": state.session_id}, known)


async def list_begun_after(documents: Documents, moment: datetime) -> list[GatheringState]:
    """Newest first."""
    found = await documents[GatheringState.AGGREGATE].find(
        {"data.starts_at": {"$gt": moment}}, sort=[("data.starts_at", DESCENDING)]
    )
    return [newest.read(GatheringState, document) for document in found]


async def list_answered(documents: Documents, attendee_ids: Iterable[str]) -> set[str]:
    """Those of these attendees who said yes, no or maybe."""
    wanted = {
        "data.attendee_id": {"$in": [*attendee_ids]},
        "data.answer": {"$ne": str(states.Answer.PENDING)},
    }
    found = await documents[InvitationAnswered.AGGREGATE].find(wanted)
    return {one["data"]["attendee_id"] for one in found}


async def _hold_link(tx: Transaction, session_id: str, known: str | None) -> str | None:
    """The session's link, or `known` where none was received. Writes the row, so that a concurrent
    `put_link` conflicts."""
    row = await tx[SessionLink.AGGREGATE].find_one_and_update(
        {"_id": session_id}, {"$set": {"held_by": tx.new_id()}}, upsert=True
    )
    link: str | None = row.get("link", known) if row else known
    return link
