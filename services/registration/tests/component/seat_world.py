"""Two replicas of registration's seats on one real database, driven without HTTP and Kafka: lanes,
event handlers and timers as they run in the service, and everything that was said, in order."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from doorpakken_events import states
from doorpakken_events.matching import (
    PlanPublished,
    SessionScheduled,
    SessionsRecommended,
    SessionState,
    Suggestion,
)
from doorpakken_plumbing import service
from doorpakken_plumbing.http.errors import Refusal
from doorpakken_plumbing.messaging.lanes import Lanes
from doorpakken_plumbing.messaging.transaction import Transactions
from doorpakken_plumbing.mongo.database import Document, Mongo
from doorpakken_plumbing.settings import Limits
from doorpakken_plumbing.time import clock
from doorpakken_plumbing.time.timers import TIMERS, Timer
from doorpakken_registration.gatherings.model.attendee import Attendee
from doorpakken_registration.gatherings.store import attendees as attendees_store
from doorpakken_registration.indexes import INDEXES
from doorpakken_registration.seats import holds, seats_lane, sessions, waves
from doorpakken_registration.seats.answers import Answering
from doorpakken_registration.seats.model.answer import Wave
from doorpakken_registration.seats.sign_ups import Join, Leave
from pydantic_core import from_json

GATHERING = "g"
LIMIT = 2
PEOPLE = 8
STARTS = datetime.fromisoformat("2099-10-20T09:00:00+00:00")
HOURS = (0, 1, 72)
DUE = (
    ("sign_ups", "hold_until"),
    ("sessions", "lapses_at"),
    ("waves", "answer_by"),
    ("timers", "due"),
)
KEPT = (
    "attendees",
    "sessions",
    "sign_ups",
    "calendars",
    "waves",
    "recommendations",
    "answers",
    "outbox",
    "timers",
)


def attendee_of(number: int) -> Attendee:
    """Somebody present."""
    return Attendee(
        id=f"a{number}",
        version=1,
        gathering_id=GATHERING,
        person_id=f"p{number}",
        kind="other",
        organisation_id=None,
        language="nl",
        availability=(),
        interests=(),
        offers=(),
        state=states.Attendee.CHECKED_IN,
        registered_at=STARTS,
    )


class Replica:
    """One process's way to the database."""

    def __init__(self, uri: str, database: str) -> None:
        self.mongo = Mongo(uri, database, Limits())
        self.transactions = Transactions(self.mongo, "registration", Limits(), nudge=lambda: None)
        self.lanes = Lanes(self.transactions.run, Limits())


class SeatWorld:
    """The gathering of one example; what fails is told by `said`, from the beginning."""

    def __init__(self, uri: str, database: str) -> None:
        self.replicas = [Replica(uri, database) for _ in range(2)]
        self.documents = self.replicas[0].mongo
        self.sessions: dict[str, SessionState] = {}
        self.versions: dict[str, int] = {}
        self.waves: list[Wave] = []

    async def open(self) -> None:
        """Empties the database and lets people in; a first wave is open."""
        await self.documents.make_indexes([*service.INDEXES, *INDEXES])
        for name in KEPT:
            await self.documents[name].delete_many({})
        people = [attendee_of(number) for number in range(PEOPLE)]
        await self.replicas[0].transactions.run(
            lambda tx: attendees_store.add_attendees(tx, people)
        )
        await self.publish_plan({})

    def close(self) -> None:
        """Lets the connections go."""
        for replica in self.replicas:
            replica.mongo.close()

    async def schedule(self, session_id: str, hours: int, seats: int, **more: Any) -> None:
        """A session as matching would say it: new, moved, larger or smaller, or called off."""
        starts_at = STARTS + timedelta(hours=hours)
        fields = {
            "session_id": session_id,
            "gathering_id": GATHERING,
            "run_id": self.waves[-1].id,
            "pitch_id": f"pitch-{session_id}",
            "starts_at": starts_at,
            "ends_at": starts_at + timedelta(hours=2),
            "place": "Zaal",
            "capacity_min": 0,
            "capacity_max": seats,
            "state": "scheduled",
        }
        state = SessionScheduled.model_validate(fields | more)
        version = self.versions[session_id] = self.versions.get(session_id, 0) + 1
        self.sessions[session_id] = state
        await self.replicas[0].transactions.run(lambda tx: sessions.fold(tx, state, version))

    async def publish_plan(self, chosen: dict[int, tuple[str, ...]]) -> None:
        """A plan that chose these sessions for these people; its seats are held."""
        now, run_id = clock.now(), f"run-{len(self.waves)}"
        due = now + timedelta(days=5)
        plan = PlanPublished(
            run_id=run_id,
            gathering_id=GATHERING,
            recommendations=len(chosen),
            sessions=len(self.sessions),
            answer_by=due,
            published_at=now,
        )
        self.waves.append(Wave(run_id, 1, GATHERING, len(chosen), 0, due, now))
        run = self.replicas[0].transactions.run
        await run(lambda tx: waves.fold_plan(tx, plan, 1))
        for number, session_ids in chosen.items():
            await self._recommend(number, session_ids)
        await self.fire_timers()

    async def _recommend(self, number: int, session_ids: Sequence[str]) -> None:
        recommended = SessionsRecommended(
            attendee_id=f"a{number}",
            gathering_id=GATHERING,
            run_id=self.waves[-1].id,
            seats=tuple(Suggestion(session_id=one, score=100 * number) for one in session_ids),
        )
        version = len(self.waves)
        await self.replicas[0].transactions.run(
            lambda tx: waves.fold_recommendation(tx, recommended, version)
        )

    async def fire_timers(self) -> None:
        """Everything that is due fires, as both replicas would do it, until nothing is left."""
        while due := await self.documents[TIMERS].find({"due": {"$lte": clock.now()}}):
            for number, row in enumerate(due):
                await self._fire(self.replicas[number % 2], row)

    async def age(self, by: timedelta) -> None:
        """Everything that is due at some moment is due so much sooner: as if time had passed."""
        for name, field in DUE:
            sooner = {"$subtract": [f"${field}", int(by.total_seconds() * 1000)]}
            match = {field: {"$type": "date"}}
            await self.documents[name].update_many(match, [{"$set": {field: sooner}}])
        self.waves = [replace(one, answer_by=one.answer_by - by) for one in self.waves]

    async def _fire(self, replica: Replica, row: Document) -> None:
        async def work(tx: Any) -> None:
            claimed = await tx[TIMERS].find_one_and_delete({"_id": row["_id"]})
            if claimed:
                timer = Timer(claimed["_id"], claimed["kind"], claimed["due"], claimed["data"])
                await holds.TIMERS[timer.kind](tx, timer)

        await replica.transactions.run(work)

    async def ask(self, replica: int, asked: Join | Leave | Answering) -> object:
        """What one command was answered, or its refusal."""
        lanes = self.replicas[replica].lanes
        try:
            return await seats_lane.submit(lanes, GATHERING, asked, None)
        except Refusal as refusal:
            return refusal

    def joining(self, number: int, session_id: str) -> Join:
        """Somebody wants a seat."""
        return Join(session_id, f"a{number}", LIMIT)

    async def leaving(self, number: int, session_id: str) -> Leave | None:
        """Somebody gives up what they have there; None where they have nothing."""
        match = {"attendee_id": f"a{number}", "session_id": session_id, "is_open": True}
        found = await self.documents["sign_ups"].find_one(match)
        return Leave(found["_id"], session_id, f"a{number}") if found else None

    def answering(
        self, number: int, answer: states.Answer, session_ids: Sequence[str]
    ) -> Answering:
        """Somebody answers the last wave."""
        chosen = tuple(session_ids) if answer is states.Answer.ACCEPTED else ()
        return Answering(self.waves[-1], f"a{number}", answer, chosen, None, LIMIT)

    async def said(self) -> list[Document]:
        """Every event about a sign-up, as it was committed."""
        rows = await self.documents["outbox"].find({"aggregate": "sign-up"}, sort=[("_id", 1)])
        return [from_json(row["payload"]) | {"version": row["version"]} for row in rows]
