"""Derives which mails one seat calls for: offered, taken, changed, ended. Pure; called by
`mail_rules`. Once a calendar entry was sent, a change or an end is owed instead of a new
confirmation."""

from doorpakken_events.registration import SignUpState

from doorpakken_notification.model.calendar_notices import last_told, moment_of
from doorpakken_notification.model.facts import Facts
from doorpakken_notification.model.mail import OwedMail, Reason, State
from doorpakken_notification.model.mail_kinds import key_of

# States in which a seat is kept, so that a change must be mailed to its attendee.
KEPT = ("active", "conflict", "held")


def seat_mails(facts: Facts, sign_up: SignUpState, stop: Reason | None) -> list[OwedMail]:
    found = (
        _offer(facts, sign_up, stop),
        _confirmation(facts, sign_up, stop),
        _session_changed(facts, sign_up, stop),
        _seat_ended(facts, sign_up),
    )
    return [row for row in found if row]


def _offer(facts: Facts, sign_up: SignUpState, stop: Reason | None) -> OwedMail | None:
    if sign_up.state != "offered":
        return None
    return _row(facts, sign_up, "offer", key_of("offer", sign_up=sign_up.sign_up_id), stop)


def _confirmation(facts: Facts, sign_up: SignUpState, stop: Reason | None) -> OwedMail | None:
    """Not derived once it was sent; a seat that ended before that is never confirmed."""
    if sign_up.state not in ("active", "ended") or last_told(facts.told, sign_up.sign_up_id):
        return None
    session, _ = facts.sessions.get(sign_up.session_id, (None, 0))
    is_cancelled = session is not None and session.state == "cancelled"
    ended = Reason.SEAT_ENDED if sign_up.state == "ended" else None
    cancelled = Reason.SESSION_CANCELLED if is_cancelled else None
    key = key_of("confirmation", sign_up=sign_up.sign_up_id)
    return _row(facts, sign_up, "confirmation", key, ended or stop or cancelled)


def _session_changed(facts: Facts, sign_up: SignUpState, stop: Reason | None) -> OwedMail | None:
    """Numbered by the changes that were sent before, so that quick changes share one row."""
    told = last_told(facts.told, sign_up.sign_up_id)
    session, _ = facts.sessions.get(sign_up.session_id, (None, 0))
    if not told or not session or sign_up.state not in KEPT or session.state == "cancelled":
        return None
    if told.moment == moment_of(session):
        return None
    before = [
        one
        for one in facts.told
        if one.sign_up_id == sign_up.sign_up_id and one.kind == "session_changed"
    ]
    key = key_of("session_changed", sign_up=sign_up.sign_up_id, number=len(before) + 1)
    return _row(facts, sign_up, "session_changed", key, stop)


def _seat_ended(facts: Facts, sign_up: SignUpState) -> OwedMail | None:
    """Also for somebody who cancelled the gathering: their calendar still shows the seat."""
    if sign_up.state != "ended" or not last_told(facts.told, sign_up.sign_up_id):
        return None
    # A cancellation would remove the new seat too: it has the same calendar entry.
    if any(_is_new_seat(other, sign_up) for other in facts.sign_ups):
        return None
    stop = Reason.ERASED if facts.is_erased else None
    key = key_of("seat_ended", sign_up=sign_up.sign_up_id)
    return _row(facts, sign_up, "seat_ended", key, stop)


def _is_new_seat(other: SignUpState, ended: SignUpState) -> bool:
    return other.session_id == ended.session_id and other.state in ("active", "conflict")


def _row(facts: Facts, sign_up: SignUpState, kind: str, key: str, stop: Reason | None) -> OwedMail:
    found = facts.sessions.get(sign_up.session_id)
    return OwedMail(
        key=key,
        kind=kind,
        state=State.STOPPED if stop else State.QUEUED,
        gathering_id=sign_up.gathering_id,
        attendee_id=sign_up.attendee_id,
        object_id=sign_up.sign_up_id,
        reason=stop,
        session_version=found[1] if found else None,
    )
