"""What came of work sessions, with their session."""

from collections.abc import Iterable

from doorpakken_events.matching import SessionState
from doorpakken_events.registration import SessionReported
from doorpakken_plumbing.messaging import newest
from doorpakken_plumbing.mongo.database import Documents

from doorpakken_notification.model.outcomes import Outcome


async def find_outcome(documents: Documents, session_id: str) -> Outcome | None:
    """None while the session or what came of it was not heard."""
    session = await newest.find(documents, SessionState, session_id)
    found = await _with_states(documents, [session] if session else [])
    return found[0] if found else None


async def list_led_by(documents: Documents, person_id: str) -> list[Outcome]:
    return await _with_states(
        documents, await newest.list_where(documents, SessionState, host=person_id)
    )


async def _with_states(documents: Documents, sessions: Iterable[SessionState]) -> list[Outcome]:
    by_id = {one.session_id: one for one in sessions}
    found = await newest.list_by_id(documents, SessionReported, by_id)
    return [Outcome(found[key], by_id[key]) for key in sorted(found)]
