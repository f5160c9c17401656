"""The sessions of a gathering for staff: seats by state, the host, and the slot they prefer."""

from collections import Counter
from datetime import datetime
from typing import Any

from doorpakken_events.registration import PitchState
from doorpakken_plumbing.messaging import newest
from doorpakken_plumbing.mongo.database import Document, Documents

from doorpakken_matching.agenda import is_to_come, read_agenda
from doorpakken_matching.model.agenda import Agenda
from doorpakken_matching.model.hosting import Hosting, hosting_id_of
from doorpakken_matching.model.places import Slot
from doorpakken_matching.seats import TAKEN, count_seats, over_by
from doorpakken_matching.store import hostings, sessions

SHOWN = (
    "gathering_id",
    "pitch_id",
    "state",
    "reason",
    "starts_at",
    "ends_at",
    "place",
    "address",
    "capacity_min",
    "capacity_max",
    "host",
    "version",
)


async def list_told(docs: Documents, gathering_id: str, *, now: datetime) -> list[Document]:
    counts = await count_seats(docs, gathering_id)
    asked = {one.hosting_id: one for one in await hostings.list_hostings(docs, gathering_id)}
    agenda = await read_agenda(docs, gathering_id, now=now)
    pitches = await newest.list_where(docs, PitchState, gathering_id=gathering_id)
    titles = {one.pitch_id: one.title for one in pitches}
    return [
        _told(one, titles.get(one["pitch_id"], ""), counts[one["_id"]])
        | {"hosting": _hosting(one, asked, agenda, now)}
        for one in await sessions.list_sessions(docs, gathering_id)
    ]


def _told(session: Document, title: str, counts: Counter[str]) -> Document:
    return {
        "id": session["_id"],
        "title": title,
        **{name: session[name] for name in SHOWN},
        "slot_id": session["slot"],
        "room_id": session["room"],
        "taken": {state: counts[state] for state in TAKEN},
        "waitlisted": counts["waitlisted"],
        "over_by": over_by(counts, session["capacity_max"]),
    }


def _hosting(
    session: Document, asked: dict[str, Hosting], agenda: Agenda, now: datetime
) -> dict[str, Any] | None:
    """The current host's answer; `slot` is the slot they prefer, with whether it is still free."""
    host = session["host"]
    hosting = asked.get(hosting_id_of(session["_id"], host)) if host else None
    if hosting is None:
        return None
    slot = hosting.wished
    is_free = bool(slot and is_to_come(session, now) and _is_free(session, slot, agenda))
    return {
        "id": hosting.hosting_id,
        "state": hosting.state,
        "ask": hosting.ask,
        "slot": slot and {**slot.model_dump(), "is_free": is_free},
    }


def _is_free(session: Document, slot: Slot, agenda: Agenda) -> bool:
    session_id, host = session["_id"], session["host"]
    return bool(
        slot in agenda.slots
        and agenda.find_room(session_id, slot)
        and agenda.is_person_free(host, slot, session_id=session_id)
    )
