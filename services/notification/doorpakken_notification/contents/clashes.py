"""Finds what a changed session now overlaps with, for one attendee. Reports an overlap only where
registration says that seats are in conflict."""

from doorpakken_events.matching import SessionState
from doorpakken_events.registration import SignUpState
from doorpakken_pages import moments

from doorpakken_notification.contents.writer import Values, Writer
from doorpakken_notification.model.contents import Unnamed

SEATED = ("active", "conflict", "held")


async def clash_of(writer: Writer, sign_up: SignUpState, session: SessionState) -> Values | None:
    """`until` is when to choose by, `other` the other session if it is known; None without
    conflict."""
    found = await writer.reading.list_where(SignUpState, "attendee_id", sign_up.attendee_id)
    others = [
        (other, their_session)
        for other in found
        if other.sign_up_id != sign_up.sign_up_id and other.state in SEATED
        if (their_session := await writer.reading.find(SessionState, other.session_id))
        and their_session.starts_at < session.ends_at
        and session.starts_at < their_session.ends_at
    ]
    waiting = [one for one in (sign_up, *(other for other, _ in others)) if one.state == "conflict"]
    if not waiting:
        return None
    until = waiting[0].hold_until
    return {
        "until": moments.day_time(until, writer.language) if until else None,
        "other": await _line(writer, others[0][1]) if others else None,
    }


async def _line(writer: Writer, session: SessionState) -> Values | None:
    try:
        return await writer.line(session)
    except Unnamed:
        return None
