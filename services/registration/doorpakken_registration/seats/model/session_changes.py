"""Changes the seats of a session that was moved, made smaller or larger, or got another host. Ends
no active seat but the host's own; who has two seats at one time must choose before a deadline."""

from collections.abc import Sequence
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from doorpakken_events import states

from doorpakken_registration.gatherings.model.holding import offer_until
from doorpakken_registration.seats.model.seating import Seating
from doorpakken_registration.seats.model.sign_up import SignUp

REDUCED = "capacity_reduced"
LEADS = "leads_session"


def move(
    seating: Seating,
    session_id: str,
    sign_ups: Sequence[SignUp],
    now: datetime,
    *,
    answer_by: datetime | None,
) -> None:
    """Seats stay; of two at the same time the later sign-up is in conflict until the deadline."""
    sign_ups = _as_they_are(seating, sign_ups)
    for sign_up in sign_ups:
        seating.move_entry(sign_up)
    session = seating.sessions[session_id]
    until = _resolved_by(session.starts_at, now, answer_by)
    for sign_up in sign_ups:
        if sign_up.is_taken:
            _settle_conflicts(seating, sign_up.id, until)
    seating.offer_free(session_id, now)
    for person_id in dict.fromkeys(one.person_id for one in sign_ups):
        seating.reconsider(person_id, now)


def resize(seating: Seating, session_id: str, sign_ups: Sequence[SignUp], now: datetime) -> None:
    """Offers added seats to the line. With fewer seats, those that are only held or offered end,
    lowest score first; a person with an offer returns to their old place in line."""
    sign_ups = _as_they_are(seating, sign_ups)
    kept = [one for one in sign_ups if states.SignUp.ACTIVE not in (one.state, one.before_conflict)]
    kept = [one for one in kept if one.is_taken]
    # Two stable sorts: by score, and the newest first among equal scores.
    newest_first = sorted(kept, key=lambda one: (one.signed_up_at, one.id), reverse=True)
    for sign_up in sorted(newest_first, key=lambda one: one.score):
        if not seating.sessions[session_id].over_by:
            break
        seating.leave(sign_up.id, REDUCED, now)
        if states.SignUp.OFFERED in (sign_up.state, sign_up.before_conflict):
            seating.wait_again(sign_up, _again(sign_up))
    seating.offer_free(session_id, now)


def change_host(seating: Seating, host: str, sign_ups: Sequence[SignUp], now: datetime) -> None:
    """Ends the host's own seat: who leads a session has no seat in it."""
    theirs = [one for one in sign_ups if one.person_id == host]
    seating.leave_all(theirs, LEADS, now)


def lead(
    seating: Seating, host: str, session_id: str, now: datetime, *, answer_by: datetime | None
) -> None:
    """Adds the session to its host's calendar: their seats at that time are put in conflict, and
    seats that are no longer in conflict are restored."""
    seating.lead(host, session_id)
    session = seating.sessions[session_id]
    until = _resolved_by(session.starts_at, now, answer_by)
    for entry in seating.calendar(host).entries:
        sign_up = seating.sign_ups[entry.sign_up_id]
        meets = entry.is_taken and entry.overlaps(session.starts_at, session.ends_at)
        if meets and not sign_up.is_in_conflict and not session.has_started(now):
            seating.put_in_conflict(sign_up, until)
    seating.reconsider(host, now)


def _resolved_by(starts_at: datetime, now: datetime, answer_by: datetime | None) -> datetime:
    """The deadline for a conflict: `answer_by` if that is still to come and before the start, else
    the term of an offer."""
    if answer_by and now < answer_by < starts_at:
        return answer_by
    return offer_until(now, starts_at)


def _as_they_are(seating: Seating, sign_ups: Sequence[SignUp]) -> list[SignUp]:
    current = [seating.sign_ups[one.id] for one in sign_ups]
    return [one for one in current if one.is_open]


def _again(sign_up: SignUp) -> str:
    return str(uuid5(NAMESPACE_URL, f"doorpakken:sign-up-again:{sign_up.id}"))


def _settle_conflicts(seating: Seating, sign_up_id: str, until: datetime) -> None:
    sign_up = seating.sign_ups[sign_up_id]
    session = seating.sessions[sign_up.session_id]
    for entry in seating.calendar(sign_up.person_id).entries:
        other = seating.sign_ups[entry.sign_up_id]
        mine = seating.sign_ups[sign_up_id]
        meets = entry.is_taken and entry.overlaps(session.starts_at, session.ends_at)
        if other.id == mine.id or not meets or mine.is_in_conflict or other.is_in_conflict:
            continue
        later = max(mine, other, key=lambda one: (one.signed_up_at, one.id))
        seating.put_in_conflict(later, until)
