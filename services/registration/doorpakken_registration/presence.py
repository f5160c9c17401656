"""Who comes and who does not: check-in and cancelling, in the gathering's lane.
Refuses to check in who cancelled, and to cancel who is present."""

from collections.abc import Sequence
from dataclasses import dataclass

from doorpakken_events.registration import AttendeeCancelled, AttendeeCheckedIn, AttendeeState
from doorpakken_plumbing import clock
from doorpakken_plumbing.errors import Conflict, NotFound, Refusal
from doorpakken_plumbing.idempotency import Answer
from doorpakken_plumbing.lanes import Command
from doorpakken_plumbing.tracing import Origin
from doorpakken_plumbing.transaction import Transaction

from doorpakken_registration import seats
from doorpakken_registration.attendees import NO_SUCH, event_of, summary
from doorpakken_registration.model.attendee import Attendee
from doorpakken_registration.model.seating import Seating
from doorpakken_registration.store import attendees as store
from doorpakken_registration.store import gatherings as gatherings_store

CANCELLED = "attendee_cancelled"


class Cancelled(Conflict):
    """They said they would not come."""

    slug = "attendee-cancelled"


class Present(Conflict):
    """They are checked in."""

    slug = "already-checked-in"


class NotTakingPlace(Conflict):
    """The gathering was cancelled."""

    slug = "gathering-cancelled"


@dataclass(frozen=True)
class Change:
    """Somebody arrives (`is_coming`) or cancels."""

    gathering_id: str
    attendee_id: str
    is_coming: bool


async def decide(tx: Transaction, commands: Sequence[Command[Change]]) -> list[Answer | Refusal]:
    """200 with the attendee's state, or a refusal, for each."""
    asked = [command.payload for command in commands]
    attendees = await store.list_attendees(tx, {one.attendee_id for one in asked})
    desk = _Desk(tx, {one.id: one for one in attendees}, await seats.load(tx, attendees))
    gathering = await gatherings_store.find_gathering(tx, asked[0].gathering_id)
    if gathering is None or gathering.state == "cancelled":
        return [NotTakingPlace("This gathering was cancelled.") for _ in asked]
    answers = [desk.decide(command.payload, command.origin) for command in commands]
    await desk.save()
    if desk.places_taken:
        taken = gathering.taken + desk.places_taken
        await gatherings_store.set_taken(tx, gathering.id, taken)
    return answers


class _Desk:
    """One batch at work; `places_taken` is below 0 when more places were freed than taken."""

    def __init__(self, tx: Transaction, attendees: dict[str, Attendee], seating: Seating) -> None:
        self._tx = tx
        self._attendees = attendees
        self._seating = seating
        self._changed: set[str] = set()
        self.places_taken = 0

    def decide(self, asked: Change, origin: Origin) -> Answer | Refusal:
        attendee = self._attendees.get(asked.attendee_id)
        if attendee is None:
            return NotFound(NO_SUCH)
        if asked.is_coming:
            return self._check_in(attendee, origin)
        return self._cancel(attendee, origin)

    def _check_in(self, attendee: Attendee, origin: Origin) -> Answer | Refusal:
        if attendee.is_cancelled:
            return Cancelled("This participant cancelled. Register them again, then check them in.")
        if attendee.state != "checked_in":
            attendee = self._change(
                attendee, attendee.checked_in(clock.now()), AttendeeCheckedIn, origin
            )
        return Answer(200, summary(attendee))

    def _cancel(self, attendee: Attendee, origin: Origin) -> Answer | Refusal:
        if attendee.state == "checked_in":
            return Present("This participant is present. End the sign-ups for sessions instead.")
        if not attendee.is_cancelled:
            self._end_sign_ups(attendee, origin)
            attendee = self._change(
                attendee, attendee.cancelled(clock.now()), AttendeeCancelled, origin
            )
        return Answer(200, summary(attendee))

    def _end_sign_ups(self, attendee: Attendee, origin: Origin) -> None:
        def leave_all(trial: Seating) -> None:
            for sign_up in trial.open_at(attendee):
                trial.leave(sign_up.id, CANCELLED, clock.now())
            # Written even when empty: a sign-up at the same moment must meet this change.
            trial.touch_calendar(attendee.person_id)

        self._seating, _ = seats.attempt(self._seating, self._tx, origin, leave_all)

    def _change(
        self, before: Attendee, after: Attendee, said: type[AttendeeState], origin: Origin
    ) -> Attendee:
        self.places_taken += after.has_place - before.has_place
        self._attendees[after.id] = after
        self._changed.add(after.id)
        self._tx.publish(event_of(said, after), after.version, origin=origin)
        return after

    async def save(self) -> None:
        await store.put_attendees(self._tx, [self._attendees[one] for one in self._changed])
        await seats.save(self._tx, self._seating)
