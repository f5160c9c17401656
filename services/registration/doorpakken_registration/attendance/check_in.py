"""Check-in, undoing it, and cancelling, decided in the gathering's lane. An attendee who cancelled
cannot be checked in, and one who is checked in cannot be cancelled. A check-in is undone only until
their invitation has left. A scan that arrives again changes nothing."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from doorpakken_events import states
from doorpakken_plumbing.http.errors import Conflict, NotFound, Refusal
from doorpakken_plumbing.http.etags import ANYHOW, ChangedMeanwhile, Seen
from doorpakken_plumbing.http.idempotency import StoredResponse
from doorpakken_plumbing.identity import acts
from doorpakken_plumbing.messaging.lanes import Command
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.observing.tracing import Origin
from doorpakken_plumbing.time import clock

from doorpakken_registration.attendance.model.scan import CodeRead, Scan, at_the_door
from doorpakken_registration.attendance.store import scans as scans_store
from doorpakken_registration.gatherings.attendees import NO_SUCH, event_of, summary
from doorpakken_registration.gatherings.gatherings import places_came_free
from doorpakken_registration.gatherings.model.attendee import Attendee
from doorpakken_registration.gatherings.model.gathering import Gathering
from doorpakken_registration.gatherings.store import attendees as store
from doorpakken_registration.gatherings.store import gatherings as gatherings_store
from doorpakken_registration.people.store import persons as persons_store
from doorpakken_registration.seats.model.seating import Seating
from doorpakken_registration.seats.seats import Seats
from doorpakken_registration.seats.store import waves as waves_store

CANCELLED = "attendee_cancelled"
# The states of an invitation that arrived, may have, or is printed.
LEFT = (states.Mail.SENT, states.Mail.ON_PAPER, states.Mail.AMBIGUOUS, states.Mail.BOUNCED)


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


class InvitationSent(Conflict):
    """They were invited to the work sessions already."""

    slug = "invitation-sent"
    dutch = "De uitnodiging is al verstuurd. Inchecken kan niet meer terug."


class Act(StrEnum):
    """What is to be done about an attendee; the value is how it is kept that staff did it."""

    CHECK_IN = "attendee_checked_in"
    UNDO = "attendee_check_in_undone"
    CANCEL = "attendee_cancelled"


@dataclass(frozen=True)
class Change:
    """`seen` is the attendee as the client saw them; `scan` says when their code was read."""

    gathering_id: str
    attendee_id: str
    act: Act
    seen: Seen = ANYHOW
    scan: CodeRead | None = None
    # Who of staff asks it; None for the person.
    staff_id: str | None = None


async def decide(
    tx: Transaction, commands: Sequence[Command[Change]]
) -> list[StoredResponse | Refusal]:
    """For each command 200 with the attendee's state, or a refusal."""
    asked = [command.payload for command in commands]
    gathering = await gatherings_store.find_gathering(tx, asked[0].gathering_id)
    if gathering is None or gathering.is_cancelled:
        return [NotTakingPlace("This gathering was cancelled.") for _ in asked]
    batch = await CheckInBatch.open(tx, gathering, asked)
    answers = await batch.seats.settle(lambda: batch.decide_all(commands))
    await batch.save()
    await _note(tx, asked, batch.changed)
    return answers


async def _note(tx: Transaction, asked: Sequence[Change], changed: Mapping[str, Attendee]) -> None:
    """Of several requests for one attendee the first one did it."""
    first = {one.attendee_id: one for one in reversed(asked)}
    await acts.keep(tx, [_act(tx, first[one.id], one) for one in changed.values()])


def _act(tx: Transaction, asked: Change, changed: Attendee) -> acts.Act | None:
    about = {"gathering_id": changed.gathering_id, "person_id": changed.person_id}
    return acts.act(tx, asked.staff_id, asked.act, changed.id, **about)


class CheckInBatch:
    """The state of one batch; `places_taken` is below 0 when more places were freed than taken."""

    def __init__(
        self,
        gathering: Gathering,
        seats: Seats,
        attendees: Sequence[Attendee],
        invited: Container[str],
        scanned: Mapping[str, bool],
    ) -> None:
        self.seats = seats
        self._gathering = gathering
        self._attendees = {one.id: one for one in attendees}
        self._invited = invited
        self._scanned = scanned
        self.changed: dict[str, Attendee] = {}
        self._scans: dict[str, Scan] = {}
        self._places_taken = 0

    @classmethod
    async def open(
        cls, tx: Transaction, gathering: Gathering, asked: Sequence[Change]
    ) -> "CheckInBatch":
        attendees = await store.list_attendees(tx, {one.attendee_id for one in asked})
        undone = [one.attendee_id for one in asked if one.act is Act.UNDO]
        fared = await waves_store.invitation_states(tx, gathering.id, undone) if undone else {}
        invited = {one for one, state in fared.items() if state in LEFT}
        read = [(one.attendee_id, one.scan.id) for one in asked if one.scan]
        theirs = {attendee_id for attendee_id, _ in read}
        whose = [one.person_id for one in attendees if one.id in theirs]
        await persons_store.hold_persons(tx, whose)
        scanned = await scans_store.map_known(tx, [scan_id for _, scan_id in read])
        return cls(gathering, await Seats.load(tx, attendees), attendees, invited, scanned)

    async def save(self) -> None:
        tx, gathering = self.seats.tx, self._gathering
        await store.put_attendees(tx, self.changed.values())
        await scans_store.add_scans(tx, self._scans.values())
        if self._places_taken:
            await gatherings_store.set_taken(tx, gathering.id, gathering.taken + self._places_taken)
        if self._places_taken < 0:
            await places_came_free(tx, gathering.id)

    def decide_all(self, commands: Sequence[Command[Change]]) -> list[StoredResponse | Refusal]:
        self.changed, self._scans, self._places_taken = {}, {}, 0
        return [self.decide(command.payload, command.origin) for command in commands]

    def decide(self, asked: Change, origin: Origin) -> StoredResponse | Refusal:
        attendee = self.changed.get(asked.attendee_id) or self._attendees.get(asked.attendee_id)
        if attendee is None:
            return NotFound(NO_SUCH)
        try:
            asked.seen.check(attendee)
        except ChangedMeanwhile as refusal:
            return refusal
        if asked.act is Act.CANCEL:
            return self._cancel(attendee, origin)
        if asked.act is Act.UNDO:
            return self._undo(attendee, origin)
        return (
            self._take(asked.scan, attendee, origin)
            if asked.scan
            else self._check_in(attendee, clock.now(), origin)
        )

    def _take(self, read: CodeRead, attendee: Attendee, origin: Origin) -> StoredResponse | Refusal:
        """A scan that was handled before, and then undone, does not check them in again. `is_first`
        in the answer: this scan is what checked them in."""
        known = self._scans.get(read.id)
        is_first = known.is_first if known else self._scanned.get(read.id)
        if is_first is not None and not attendee.is_cancelled:
            return StoredResponse(200, summary(attendee) | {"is_first": is_first})
        now, was_known = clock.now(), is_first is not None
        is_first = attendee.may_check_in
        moment = at_the_door(read.at, self._gathering.starts_at, now)
        if not was_known:
            self._scans[read.id] = Scan(
                id=read.id,
                gathering_id=attendee.gathering_id,
                attendee_id=attendee.id,
                person_id=attendee.person_id,
                scanned_at=moment,
                received_at=now,
                is_first=is_first,
            )
        answer = self._check_in(attendee, moment, origin)
        if isinstance(answer, Refusal):
            return answer
        return replace(answer, body=answer.body | {"is_first": is_first})

    def _check_in(
        self, attendee: Attendee, moment: datetime, origin: Origin
    ) -> StoredResponse | Refusal:
        if attendee.is_cancelled:
            return Cancelled("This participant cancelled. Register them again, then check them in.")
        if attendee.state is not states.Attendee.CHECKED_IN:
            attendee = self._change(attendee, attendee.checked_in(moment), origin)
        return StoredResponse(200, summary(attendee))

    def _undo(self, attendee: Attendee, origin: Origin) -> StoredResponse | Refusal:
        if attendee.state is states.Attendee.CHECKED_IN:
            if attendee.id in self._invited:
                return InvitationSent("Their invitation was sent already. They stay checked in.")
            attendee = self._change(attendee, attendee.not_checked_in(), origin)
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
        self._places_taken += after.has_place - before.has_place
        self.changed[after.id] = after
        self.seats.say(event_of(before, after), after.version, origin)
        return after
