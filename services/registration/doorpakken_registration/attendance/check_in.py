"""Check-in and cancelling, decided in the gathering's lane.
An attendee who cancelled cannot be checked in, and one who is checked in cannot be cancelled."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from doorpakken_events import states
from doorpakken_plumbing.http.errors import Conflict, NotFound, Refusal
from doorpakken_plumbing.http.etags import ANYHOW, ChangedMeanwhile, Seen
from doorpakken_plumbing.http.idempotency import StoredResponse
from doorpakken_plumbing.messaging.lanes import Command
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.observing.tracing import Origin
from doorpakken_plumbing.time import clock

from doorpakken_registration.common import acts
from doorpakken_registration.gatherings.attendees import NO_SUCH, event_of, summary
from doorpakken_registration.gatherings.gatherings import places_came_free
from doorpakken_registration.gatherings.model.attendee import Attendee
from doorpakken_registration.gatherings.store import attendees as store
from doorpakken_registration.gatherings.store import gatherings as gatherings_store
from doorpakken_registration.seats.model.seating import Seating
from doorpakken_registration.seats.seats import Seats

CANCELLED = "attendee_cancelled"


class Cancelled(Conflict):
    """They said they would not come."""

    slug = "attendee-cancelled"
    dutch = "U bent afgemeld voor deze bijeenkomst. Meld u opnieuw aan."


class Present(Conflict):
    """They are checked in."""

    slug = "already-checked-in"
    dutch = "Deze persoon is al aangekomen."


class NotTakingPlace(Conflict):
    """The gathering was cancelled."""

    slug = "gathering-cancelled"
    dutch = "Deze bijeenkomst gaat niet door."


@dataclass(frozen=True)
class Change:
    """A request to check in (`is_coming`) or to cancel the attendee as the client saw them."""

    gathering_id: str
    attendee_id: str
    is_coming: bool
    seen: Seen = ANYHOW
    # Who of staff asks it; None for the person.
    staff_id: str | None = None

    @property
    def did(self) -> str:
        return "attendee_checked_in" if self.is_coming else "attendee_cancelled"


async def decide(
    tx: Transaction, commands: Sequence[Command[Change]]
) -> list[StoredResponse | Refusal]:
    """For each command 200 with the attendee's state, or a refusal."""
    asked = [command.payload for command in commands]
    gathering = await gatherings_store.find_gathering(tx, asked[0].gathering_id)
    if gathering is None or gathering.is_cancelled:
        return [NotTakingPlace("This gathering was cancelled.") for _ in asked]
    attendees = await store.list_attendees(tx, {one.attendee_id for one in asked})
    batch = CheckInBatch(await Seats.load(tx, attendees), {one.id: one for one in attendees})
    answers = await batch.seats.settle(lambda: batch.decide_all(commands))
    await store.put_attendees(tx, batch.changed.values())
    await _note(tx, asked, batch.changed)
    if batch.places_taken:
        taken = gathering.taken + batch.places_taken
        await gatherings_store.set_taken(tx, gathering.id, taken)
    if batch.places_taken < 0:
        await places_came_free(tx, gathering.id)
    return answers


async def _note(tx: Transaction, asked: Sequence[Change], changed: Mapping[str, Attendee]) -> None:
    """Of several requests for one attendee the first one did it."""
    first = {one.attendee_id: one for one in reversed(asked)}
    for one in changed.values():
        by = first[one.id]
        about = {"gathering_id": one.gathering_id, "person_id": one.person_id}
        await acts.note(tx, by.staff_id, by.did, one.id, **about)


class CheckInBatch:
    """The state of one batch; `places_taken` is below 0 when more places were freed than taken."""

    def __init__(self, seats: Seats, attendees: dict[str, Attendee]) -> None:
        self.seats = seats
        self._attendees = attendees
        self.changed: dict[str, Attendee] = {}
        self.places_taken = 0

    def decide_all(self, commands: Sequence[Command[Change]]) -> list[StoredResponse | Refusal]:
        self.changed, self.places_taken = {}, 0
        return [self.decide(command.payload, command.origin) for command in commands]

    def decide(self, asked: Change, origin: Origin) -> StoredResponse | Refusal:
        attendee = self.changed.get(asked.attendee_id) or self._attendees.get(asked.attendee_id)
        if attendee is None:
            return NotFound(NO_SUCH)
        try:
            asked.seen.check(attendee)
        except ChangedMeanwhile as refusal:
            return refusal
        if asked.is_coming:
            return self._check_in(attendee, origin)
        return self._cancel(attendee, origin)

    def _check_in(self, attendee: Attendee, origin: Origin) -> StoredResponse | Refusal:
        if attendee.is_cancelled:
            return Cancelled("This participant cancelled. Register them again, then check them in.")
        if attendee.state is not states.Attendee.CHECKED_IN:
            attendee = self._change(attendee, attendee.checked_in(clock.now()), origin)
        return StoredResponse(200, summary(attendee))

    def _cancel(self, attendee: Attendee, origin: Origin) -> StoredResponse | Refusal:
        if attendee.state is states.Attendee.CHECKED_IN:
            return Present("This participant is present. End the sign-ups for sessions instead.")
        if not attendee.is_cancelled:
            self._end_sign_ups(attendee, origin)
            attendee = self._change(attendee, attendee.cancelled(clock.now()), origin)
        return StoredResponse(200, summary(attendee))

    def _end_sign_ups(self, attendee: Attendee, origin: Origin) -> None:
        def leave_all(trial: Seating) -> None:
            trial.leave_all(trial.open_at(attendee), CANCELLED, clock.now())
            # Written even when empty, so that a concurrent sign-up conflicts with this change.
            trial.touch_calendar(attendee.person_id)

        self.seats.attempt(origin, leave_all)

    def _change(self, before: Attendee, after: Attendee, origin: Origin) -> Attendee:
        self.places_taken += after.has_place - before.has_place
        self.changed[after.id] = after
        self.seats.say(event_of(before, after), after.version, origin)
        return after
