"""Seats of one transaction: loads what a batch of commands needs, keeps and says what changed.
A refused command leaves no trace; the database decides between replicas."""

from collections.abc import Callable, Iterable

from doorpakken_events.registration import (
    SessionJoined,
    SessionLeft,
    SessionWaitlisted,
    SignUpState,
)
from doorpakken_plumbing.errors import Conflict, Refusal
from doorpakken_plumbing.tracing import Origin
from doorpakken_plumbing.transaction import Transaction

from doorpakken_registration.model.attendee import Attendee
from doorpakken_registration.model.seating import Seating, SeatRefused
from doorpakken_registration.model.sign_up import SignUp
from doorpakken_registration.store import sessions as sessions_store
from doorpakken_registration.store import sign_ups as store

SAID: dict[str, type[SignUpState]] = {
    "active": SessionJoined,
    "waitlisted": SessionWaitlisted,
    "ended": SessionLeft,
}


class SessionIsCancelled(Conflict):
    """It will not take place."""

    slug = "session-cancelled"


class SessionHasStarted(Conflict):
    """It is too late to join."""

    slug = "session-started"


class AttendeeIsCancelled(Conflict):
    """They said they would not come to the gathering."""

    slug = "attendee-cancelled"


class AlreadySignedUp(Conflict):
    """They have a seat or a place in line here; `sign_up_id` names it."""

    slug = "already-signed-up"


class TooManySessions(Conflict):
    """They have as many sessions as one person may choose."""

    slug = "too-many-sessions"


class SessionsOverlap(Conflict):
    """They have a seat at the same time; `sign_up_id` names it."""

    slug = "sessions-overlap"


_REFUSALS: dict[str, tuple[type[Conflict], str]] = {
    "session-cancelled": (SessionIsCancelled, "This session was cancelled. Choose another one."),
    "session-started": (SessionHasStarted, "This session has started. Choose a later one."),
    "attendee-cancelled": (AttendeeIsCancelled, "This participant cancelled. Register them again."),
    "already-signed-up": (AlreadySignedUp, "This participant is in this session already."),
    "too-many-sessions": (TooManySessions, "That is more sessions than one person may choose."),
    "sessions-overlap": (
        SessionsOverlap,
        "Two of these sessions are at the same time. Choose one.",
    ),
}


def refusal_of(refused: SeatRefused) -> Refusal:
    """The refusal for people, with its status and sentence."""
    kind, sentence = _REFUSALS[refused.slug]
    extra = {"sign_up_id": refused.sign_up_id} if refused.sign_up_id else {}
    return kind(sentence, **extra)


async def load(
    tx: Transaction, attendees: Iterable[Attendee], session_ids: Iterable[str] = ()
) -> Seating:
    """The open sign-ups and calendars of these people, and all sessions they are about."""
    attendees = [*attendees]
    calendars = await store.list_calendars(tx, {one.person_id for one in attendees})
    entries = [entry for calendar in calendars for entry in calendar.entries]
    sign_ups = await store.list_sign_ups(tx, {entry.sign_up_id for entry in entries})
    wanted = {*session_ids, *(entry.session_id for entry in entries)}
    sessions = await sessions_store.list_sessions(tx, wanted)
    return Seating(
        {one.id: one for one in sessions},
        {one.person_id: one for one in calendars},
        {one.id: one for one in sign_ups},
    )


def attempt(
    seating: Seating, tx: Transaction, origin: Origin | None, do: Callable[[Seating], None]
) -> tuple[Seating, Refusal | None]:
    """The seating after one command, whose changes are said; as it was when that is refused."""
    trial = seating.fork()
    try:
        do(trial)
    except SeatRefused as refused:
        return seating, refusal_of(refused)
    for sign_up in trial.said[len(seating.said) :]:
        tx.publish(_event(sign_up), sign_up.version, origin=origin)
    return trial, None


async def save(tx: Transaction, seating: Seating) -> None:
    """Keeps sessions, sign-ups and calendars that changed."""
    touched = {sign_up.id for sign_up in seating.said}
    made = [seating.sign_ups[one] for one in touched & seating.made]
    changed = [seating.sign_ups[one] for one in touched - seating.made]
    await sessions_store.set_seats(tx, [seating.sessions[one] for one in seating.changed_sessions])
    await store.add_sign_ups(tx, made)
    await store.put_sign_ups(tx, changed)
    await store.put_calendars(tx, [seating.calendars[one] for one in seating.changed_calendars])


def _event(sign_up: SignUp) -> SignUpState:
    kind = SAID[sign_up.state]
    fields = {name: value for name, value in vars(sign_up).items() if name in kind.model_fields}
    return kind(sign_up_id=sign_up.id, **fields)
