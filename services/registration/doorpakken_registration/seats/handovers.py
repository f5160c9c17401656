"""Handing a seat over: its owner names a colleague or neighbour, who gets a link of their own; the
seat moves when they accept. Refuses a seat that is gone, and anybody who was not asked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from doorpakken_events import states
from doorpakken_events.registration import MailRequested
from doorpakken_plumbing.http.errors import Conflict, NotFound
from doorpakken_plumbing.http.idempotency import StoredResponse
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Documents
from doorpakken_plumbing.observing.tracing import Origin
from doorpakken_plumbing.time import clock

from doorpakken_registration.common.store import taking
from doorpakken_registration.gatherings import gatherings
from doorpakken_registration.gatherings.attendees import event_of
from doorpakken_registration.gatherings.model.attendee import Attendee
from doorpakken_registration.gatherings.room import Room, has_waiting
from doorpakken_registration.gatherings.store import attendees as attendees_store
from doorpakken_registration.gatherings.store import gatherings as gatherings_store
from doorpakken_registration.people import persons
from doorpakken_registration.people.model.person import Introduction, Person
from doorpakken_registration.people.persons import People
from doorpakken_registration.seats.model.handover import Handover, HandoverState
from doorpakken_registration.seats.model.seat_rules import SeatRefused
from doorpakken_registration.seats.model.seating import Seating
from doorpakken_registration.seats.model.sign_up import SignUp
from doorpakken_registration.seats.seat_refusals import SeatIsGone
from doorpakken_registration.seats.seats import Seats
from doorpakken_registration.seats.sign_ups import summary
from doorpakken_registration.seats.store import handovers as store
from doorpakken_registration.seats.store import sign_ups as sign_ups_store

A_DAY = timedelta(days=1)
NOBODY_ASKED = "Nobody is asked to take a seat here."


class OwnSeat(Conflict):
    """Nobody hands a seat over to themselves."""

    slug = "own-seat"
    dutch = "Dit is uw eigen plaats. Vul de naam van iemand anders in."


class TooManyAsked(Conflict):
    """They had enough people asked for one day."""

    slug = "too-many-asked"
    dutch = "U vroeg vandaag genoeg mensen. Vraag de volgende morgen."


@dataclass(frozen=True)
class Handing:
    """The person who was asked accepts; `attendee_id` is the attendee who gives the seat."""

    handover_id: str
    attendee_id: str
    limit: int


async def get(documents: Documents, handover_id: str) -> Handover:
    found = await store.find_handover(documents, handover_id)
    if found is None:
        raise NotFound(NOBODY_ASKED)
    return found


async def ask(
    tx: Transaction, sign_up: SignUp, who: Introduction, *, most: int | None = None
) -> Handover:
    """Withdraws earlier requests for this seat. `most` limits how many different people its owner
    may ask in a day. Raises SeatIsGone, OwnSeat or TooManyAsked."""
    current = await sign_ups_store.find_sign_up(tx, sign_up.id)
    if current is None or not current.is_taken:
        raise SeatIsGone("There is no seat here to hand over. Look at your sessions again.")
    await persons.hold(tx, sign_up.person_id)
    people = await People.meet(tx, [who])
    person = people.find_or_make(who)
    if person.id == sign_up.person_id:
        raise OwnSeat("This is your own seat. Name a colleague or a neighbour.")
    now = clock.now()
    if most is not None:
        asked = await store.list_asked_since(tx, sign_up.person_id, now - A_DAY)
        if len(asked | {person.id}) > most:
            raise TooManyAsked("You asked enough people today. Ask the next one tomorrow.")
    await people.save()
    replaced = [
        one.answered(HandoverState.WITHDRAWN, now)
        for one in await store.list_open_of(tx, [sign_up.id])
    ]
    made = _handover(tx, current, person)
    await store.put_handovers(tx, [*replaced, made])
    tx.publish(_mail(made), 1)
    return made


def _handover(tx: Transaction, sign_up: SignUp, taker: Person) -> Handover:
    return Handover(
        id=tx.new_id(),
        gathering_id=sign_up.gathering_id,
        session_id=sign_up.session_id,
        sign_up_id=sign_up.id,
        attendee_id=sign_up.attendee_id,
        from_person_id=sign_up.person_id,
        person_id=taker.id,
        state=HandoverState.ASKED,
        asked_at=clock.now(),
    )


def _mail(handover: Handover) -> MailRequested:
    return MailRequested(
        mail_request_id=handover.id,
        person_id=handover.person_id,
        kind="handover",
        object_id=handover.id,
        gathering_id=handover.gathering_id,
        session_id=handover.session_id,
        from_person_id=handover.from_person_id,
        requested_at=handover.asked_at,
    )


async def decline(tx: Transaction, handover_id: str) -> Handover:
    """Changes nothing when the handover was answered before; the seat stays with its owner."""
    handover = await get(tx, handover_id)
    if not handover.is_open:
        return handover
    declined = handover.answered(HandoverState.DECLINED, clock.now())
    await store.put_handovers(tx, [declined])
    return declined


async def forget(tx: Transaction, person_id: str, attendee_ids: Sequence[str]) -> int:
    found = await store.list_handovers_of(tx, person_id)
    for one in found:
        tx.publish_tombstones(MailRequested, one.id, 1)
    await store.remove_handovers(tx, [one.id for one in found])
    return len(found)


async def give(tx: Transaction, gone: str, stays: str) -> None:
    """Withdraws those that they would ask of themselves."""
    await taking.give(tx, "handovers", ("person_id", "from_person_id"), gone, stays)
    await store.end_own_handovers(tx, stays, clock.now())


async def open_hands(tx: Transaction, asked: Sequence[Handing]) -> "HandoverBatch":
    """Also holds the persons who take a seat, so that a concurrent erasure conflicts."""
    hands = HandoverBatch(tx)
    for handover in await store.list_handovers(tx, [one.handover_id for one in asked]):
        person = await persons.hold(tx, handover.person_id)
        hands.handovers[handover.id] = handover
        hands.takers[handover.id] = await _taker(tx, handover, person)
    guests = [taker.attendee for taker in hands.takers.values() if taker.is_new]
    for gathering_id in {guest.gathering_id for guest in guests}:
        gathering = await gatherings.get(tx, gathering_id)
        is_awaited = await has_waiting(tx, gathering)
        hands.rooms[gathering_id] = Room(gathering, is_awaited, gathering.taken)
    return hands


async def _taker(tx: Transaction, handover: Handover, person: Person) -> "Taker":
    gathering_id = handover.gathering_id
    [giver] = await attendees_store.list_attendees(tx, [handover.attendee_id])
    known = await attendees_store.list_attendees_of(tx, gathering_id, [person.id])
    before = known[0] if known else None
    if before and not before.is_cancelled:
        return Taker(before, before)
    id_, version = (before.id, before.version + 1) if before else (tx.new_id(), 1)
    guest = replace(
        giver,
        id=id_,
        version=version,
        person_id=person.id,
        language=person.language,
        availability=(),
        interests=(),
        offers=(),
        state=states.Attendee.REGISTERED,
        registered_at=clock.now(),
        checked_in_at=None,
        hold_until=None,
    )
    return Taker(guest, before)


@dataclass(frozen=True)
class Taker:
    """Who takes a seat; `before` is who they were at the gathering until now."""

    attendee: Attendee
    before: Attendee | None

    @property
    def is_new(self) -> bool:
        return self.before is None or self.before.is_cancelled


@dataclass
class HandoverBatch:
    """The handovers of one batch of commands, takers by handover, and rooms by gathering."""

    tx: Transaction
    handovers: dict[str, Handover] = field(default_factory=dict)
    takers: dict[str, Taker] = field(default_factory=dict)
    rooms: dict[str, Room] = field(default_factory=dict)
    done: list[str] = field(default_factory=list)
    guests: list[Attendee] = field(default_factory=list)

    def start_over(self) -> None:
        self.done, self.guests = [], []
        for room in self.rooms.values():
            room.taken = room.gathering.taken

    def take(self, trial: Seating, asked: Handing, new_id: Callable[[], str]) -> StoredResponse:
        """200 with the sign-up of the person who takes the seat; raises NotFound or SeatRefused."""
        handover = self.handovers.get(asked.handover_id)
        if handover is None:
            raise NotFound(NOBODY_ASKED)
        given = trial.sign_ups.get(handover.sign_up_id)
        if given is None or not given.is_taken or not handover.is_open:
            raise SeatRefused("seat-gone")
        taker = self.takers[handover.id].attendee
        moved = trial.hand_over(given, new_id(), taker, clock.now(), limit=asked.limit)
        return StoredResponse(200, summary(moved))

    def note(self, asked: Handing, seats: Seats, origin: Origin) -> None:
        """Publishes AttendeeRegistered for a person who is new at the gathering."""
        taker = self.takers[asked.handover_id]
        self.done.append(asked.handover_id)
        if taker.is_new:
            guest = self.rooms[taker.attendee.gathering_id].admit(taker.attendee)
            self.guests.append(guest)
            seats.say(event_of(taker.before, guest), guest.version, origin)

    async def save(self) -> None:
        now = clock.now()
        over = [self.handovers[one].answered(HandoverState.ACCEPTED, now) for one in self.done]
        await store.put_handovers(self.tx, over)
        await attendees_store.put_attendees(self.tx, self.guests)
        for gathering_id in {guest.gathering_id for guest in self.guests}:
            taken = self.rooms[gathering_id].taken
            await gatherings_store.set_taken(self.tx, gathering_id, taken)
