"""Which sessions have a host: whether somebody agreed to lead each session that will take place.
Uses only the newest answer: matching publishes it again when the session moves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from doorpakken_events.matching import HostAsked, SessionState
from doorpakken_events.registration import PitchState
from doorpakken_plumbing.messaging import newest
from doorpakken_plumbing.mongo.database import Documents

TO_COME = ("scheduled", "rescheduled")
NOBODY_ASKED = "nobody_asked"


@dataclass(frozen=True)
class Unled:
    """A session nobody agreed to lead; `said` is asked, no, other_slot or nobody_asked."""

    title: str
    starts_at: datetime
    said: str


async def list_without(documents: Documents, gathering_id: str) -> tuple[str, ...]:
    return tuple(session.session_id for session in await _without(documents, gathering_id))


async def list_unled(documents: Documents, gathering_id: str) -> list[Unled]:
    """The same sessions, earliest first."""
    sessions = await _without(documents, gathering_id)
    pitch_ids = [session.pitch_id for session in sessions]
    pitches = await newest.list_by_id(documents, PitchState, pitch_ids)
    hostings = await newest.list_where(documents, HostAsked, gathering_id=gathering_id)
    found = [
        Unled(
            pitches[session.pitch_id].title if session.pitch_id in pitches else "?",
            session.starts_at,
            _said(hostings, session.session_id),
        )
        for session in sessions
    ]
    return sorted(found, key=lambda one: (one.starts_at, one.title))


async def _without(documents: Documents, gathering_id: str) -> list[SessionState]:
    sessions = await newest.list_where(documents, SessionState, gathering_id=gathering_id)
    hostings = await newest.list_where(documents, HostAsked, gathering_id=gathering_id)
    led = {hosting.session_id for hosting in hostings if hosting.state == "yes"}
    return [one for one in sessions if one.state in TO_COME and one.session_id not in led]


def _said(hostings: Sequence[HostAsked], session_id: str) -> str:
    asked = [one for one in hostings if one.session_id == session_id and one.state != "replaced"]
    return max(asked, key=lambda one: one.asked_at).state if asked else NOBODY_ASKED
