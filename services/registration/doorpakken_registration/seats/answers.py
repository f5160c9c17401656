"""Answers to an invitation: the last one counts, and its sessions replace what the attendee has. A
`maybe` keeps what is held for them. Refuses `accepted` without a session, and any other answer with
one."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from doorpakken_events import states
from doorpakken_events.registration import InvitationAnswered
from doorpakken_plumbing.http.errors import Invalid, NotFound
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Documents
from doorpakken_plumbing.time import clock

from doorpakken_registration.gatherings.model.attendee import Attendee
from doorpakken_registration.seats.model.answer import InvitationAnswer, Wave
from doorpakken_registration.seats.model.seating import Seating
from doorpakken_registration.seats.model.session import Session
from doorpakken_registration.seats.model.sign_up import SignUp
from doorpakken_registration.seats.sign_ups import summary
from doorpakken_registration.seats.store import waves as store

DECLINED, CHANGED = "declined", "answer_changed"


class ChooseASession(Invalid):
    """A yes is a yes to something."""

    slug = "choose-a-session"
    dutch = "Kies minstens één sessie."


class NoSessionsWithThis(Invalid):
    """Who cannot come, or does not know yet, has no sessions."""

    slug = "no-sessions-with-this-answer"
    dutch = "Bij dit antwoord horen geen sessies."


@dataclass(frozen=True)
class Answering:
    """What an attendee answers to a wave."""

    wave: Wave
    attendee_id: str
    answer: states.Answer
    session_ids: tuple[str, ...]
    reason: str | None
    limit: int
    staff_id: str | None = None


async def get_wave(documents: Documents, wave_id: str) -> Wave:
    found = await store.find_wave(documents, wave_id)
    if found is None:
        raise NotFound("There are no invitations with this id.")
    return found


def check(answer: states.Answer, session_ids: tuple[str, ...]) -> None:
    """Raises ChooseASession or NoSessionsWithThis."""
    if answer is states.Answer.ACCEPTED and not session_ids:
        raise ChooseASession("Choose at least one session.")
    if answer is not states.Answer.ACCEPTED and session_ids:
        raise NoSessionsWithThis("Only an accepted invitation has sessions.")


def seat(seating: Seating, asked: Answering, attendee: Attendee, new_id: Callable[[], str]) -> None:
    """Ends the sign-ups that were not chosen, then joins the chosen sessions. Raises NotFound or
    SeatRefused."""
    now = clock.now()
    # Also when nothing changes: a concurrent erasure of this person must conflict with this.
    seating.touch_calendar(attendee.person_id)
    if asked.answer is states.Answer.MAYBE:
        for sign_up in seating.open_at(attendee):
            seating.unsure(sign_up, asked.wave.answer_by, now)
        return
    _end_others(seating, asked, attendee, now)
    for session_id in asked.session_ids:
        session = seating.sessions.get(session_id)
        if session is None or session.gathering_id != asked.wave.gathering_id:
            raise NotFound("One of these sessions does not exist. Look at the list again.")
        if _is_settled(seating.find_open(attendee, session_id), session):
            continue
        seating.join(new_id(), session_id, attendee, now, limit=asked.limit)


def _end_others(seating: Seating, asked: Answering, attendee: Attendee, now: datetime) -> None:
    unwanted = [one for one in seating.open_at(attendee) if one.session_id not in asked.session_ids]
    for sign_up in sorted(unwanted, key=lambda one: one.is_taken):
        was_theirs = sign_up.is_active or sign_up.is_waiting
        is_change = asked.answer is states.Answer.ACCEPTED and was_theirs
        seating.leave(sign_up.id, CHANGED if is_change else DECLINED, now)


def _is_settled(known: SignUp | None, session: Session) -> bool:
    return known is not None and (known.is_active or (known.is_waiting and session.is_full))


async def reopen(tx: Transaction, attendee_ids: Iterable[str], gathering_id: str) -> None:
    """Sets accepted answers back to `pending`, because one of their sessions was moved."""
    pending = [
        answer.changed(states.Answer.PENDING, None, clock.now())
        for answer in await store.list_answers(tx, attendee_ids)
        if answer.gathering_id == gathering_id and answer.answer is states.Answer.ACCEPTED
    ]
    await store.put_answers(tx, pending)
    for answer in pending:
        tx.publish(event_of(answer), answer.version)


def replace(before: InvitationAnswer | None, asked: Answering, answer_id: str) -> InvitationAnswer:
    if before:
        return before.changed(asked.answer, asked.reason, clock.now())
    return InvitationAnswer(
        id=answer_id,
        version=1,
        gathering_id=asked.wave.gathering_id,
        wave_id=asked.wave.id,
        attendee_id=asked.attendee_id,
        answer=asked.answer,
        reason=asked.reason,
        answered_at=clock.now(),
    )


def event_of(answer: InvitationAnswer) -> InvitationAnswered:
    return InvitationAnswered(
        answer_id=answer.id,
        gathering_id=answer.gathering_id,
        wave_id=answer.wave_id,
        attendee_id=answer.attendee_id,
        answer=answer.answer,
        reason=answer.reason,
        answered_at=answer.answered_at,
    )


def body_of(asked: Answering, attendee: Attendee, seating: Seating) -> dict[str, object]:
    return {
        "answer": asked.answer,
        "sign_ups": [summary(sign_up) for sign_up in seating.open_at(attendee)],
    }
