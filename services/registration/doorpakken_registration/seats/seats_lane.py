"""The lane of a gathering's seats: joins, leaves, answers and handovers in order of arrival, many
in one transaction. A refused command does not affect the others of its batch."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from doorpakken_plumbing.http.errors import NotFound, Refusal
from doorpakken_plumbing.http.idempotency import Key, StoredResponse
from doorpakken_plumbing.identity import acts
from doorpakken_plumbing.messaging.lanes import Command, Lanes
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.observing.tracing import Origin

from doorpakken_registration.gatherings.attendees import NO_SUCH
from doorpakken_registration.gatherings.model.attendee import Attendee
from doorpakken_registration.gatherings.store import attendees as attendees_store
from doorpakken_registration.seats import answers, handovers, sign_ups
from doorpakken_registration.seats.answers import Answering
from doorpakken_registration.seats.handovers import Handing, HandoverBatch
from doorpakken_registration.seats.model import answer as model
from doorpakken_registration.seats.model.seating import Seating
from doorpakken_registration.seats.seats import Seats
from doorpakken_registration.seats.sign_ups import Join, Leave
from doorpakken_registration.seats.store import waves as waves_store

Asked = Join | Leave | Answering | Handing
ACTS = {Join: "session_joined", Leave: "session_left", Answering: "invitation_answered"}


async def submit(lanes: Lanes, gathering_id: str, asked: Asked, key: Key | None) -> StoredResponse:
    """One lane for all sessions of a gathering, since an answer may be about several."""
    return await lanes.submit(f"seats:{gathering_id}", asked, decide, idempotency=key)


async def decide(
    tx: Transaction, commands: Sequence[Command[Asked]]
) -> list[StoredResponse | Refusal]:
    table = await SeatBatch.open(tx, [command.payload for command in commands])
    decided = await table.seats.settle(lambda: table.decide(commands))
    await table.save()
    made = zip(commands, decided, strict=True)
    done = [one.payload for one, answer in made if isinstance(answer, StoredResponse)]
    await acts.keep(tx, [_act(tx, one, table.attendees[one.attendee_id]) for one in done])
    return decided


def _act(tx: Transaction, asked: Asked, attendee: Attendee) -> acts.Act | None:
    if isinstance(asked, Handing):
        return None
    about = {"gathering_id": attendee.gathering_id, "person_id": attendee.person_id}
    return acts.act(tx, asked.staff_id, ACTS[type(asked)], attendee.id, **about)


@dataclass
class SeatBatch:
    """The state of one batch of commands while it is decided."""

    seats: Seats
    attendees: dict[str, Attendee]
    known: dict[tuple[str, str], model.InvitationAnswer]
    hands: HandoverBatch
    answers: dict[tuple[str, str], model.InvitationAnswer] = field(default_factory=dict)

    @classmethod
    async def open(cls, tx: Transaction, asked: Sequence[Asked]) -> "SeatBatch":
        hands = await handovers.open_hands(tx, [one for one in asked if isinstance(one, Handing)])
        attendees = await attendees_store.list_attendees(tx, {one.attendee_id for one in asked})
        takers = [one.attendee for one in hands.takers.values()]
        seats = await Seats.load(tx, [*attendees, *takers], _session_ids(asked))
        answering = {one.attendee_id for one in asked if isinstance(one, Answering)}
        known = await waves_store.list_answers(tx, answering)
        return cls(
            seats,
            {one.id: one for one in attendees},
            {(one.wave_id, one.attendee_id): one for one in known},
            hands,
        )

    def decide(self, commands: Sequence[Command[Asked]]) -> list[StoredResponse | Refusal]:
        self.answers = {}
        self.hands.start_over()
        return [self._decide(command.payload, command.origin) for command in commands]

    def _decide(self, asked: Asked, origin: Origin) -> StoredResponse | Refusal:
        attendee = self.attendees.get(asked.attendee_id)
        if attendee is None:
            return NotFound(NO_SUCH)
        given = self.seats.attempt(origin, lambda trial: self._do(trial, asked, attendee))
        if isinstance(given, StoredResponse) and isinstance(asked, Answering):
            self._note(asked, origin)
        if isinstance(given, StoredResponse) and isinstance(asked, Handing):
            self.hands.note(asked, self.seats, origin)
        return given

    def _do(self, trial: Seating, asked: Asked, attendee: Attendee) -> StoredResponse:
        new_id = self.seats.tx.new_id
        if isinstance(asked, Join):
            return sign_ups.join(trial, asked, attendee, new_id)
        if isinstance(asked, Leave):
            return sign_ups.leave(trial, asked)
        if isinstance(asked, Handing):
            return self.hands.take(trial, asked, new_id)
        if attendee.gathering_id != asked.wave.gathering_id:
            raise NotFound("This participant was not invited to these sessions.")
        answers.seat(trial, asked, attendee, new_id)
        return StoredResponse(200, answers.body_of(asked, attendee, trial))

    def _note(self, asked: Answering, origin: Origin) -> None:
        key = (asked.wave.id, asked.attendee_id)
        before = self.answers.get(key) or self.known.get(key)
        if before and before.says(asked.answer, asked.reason):
            return
        answer = answers.replace(before, asked, self.seats.tx.new_id())
        self.answers[key] = answer
        self.seats.say(answers.event_of(answer), answer.version, origin)

    async def save(self) -> None:
        await waves_store.put_answers(self.seats.tx, self.answers.values())
        await self.hands.save()


def _session_ids(asked: Sequence[Asked]) -> set[str]:
    joined = {one.session_id for one in asked if isinstance(one, Join)}
    answered = {
        session_id for one in asked if isinstance(one, Answering) for session_id in one.session_ids
    }
    return joined | answered
