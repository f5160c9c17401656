"""Whatever happens to seats in whatever order, on two replicas: no session is overfilled, nobody
sits in two places at once, a place never returns to who gave it up, the line keeps its order."""

import asyncio
from collections import defaultdict
from datetime import timedelta
from typing import Any, ClassVar

from doorpakken_events.states import Answer
from doorpakken_local.system import System
from doorpakken_plumbing.time import clock
from doorpakken_registration.seats.sign_ups import Leave
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from services.registration.tests.component.seat_world import HOURS, PEOPLE, STARTS, SeatWorld

SESSIONS = ("s0", "s1", "s2")
TAKEN = {"active", "held", "offered", "conflict"}

SETTINGS = settings(
    max_examples=10,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
    # A failing story is told as it was found: each try to shorten it takes seconds here.
    phases=(Phase.explicit, Phase.generate),
)

people = st.integers(0, PEOPLE - 1)
session_ids = st.sampled_from(SESSIONS)
replicas = st.integers(0, 1)
answers = st.sampled_from([Answer.ACCEPTED, Answer.DECLINED, Answer.MAYBE])
several = st.lists(session_ids, min_size=1, max_size=2, unique=True)


class Seats(RuleBasedStateMachine):
    """One gathering; `uri` and the loop are given by the test."""

    uri: ClassVar[str]
    loop: ClassVar[asyncio.AbstractEventLoop]

    @initialize()
    def open(self) -> None:
        self.taken: dict[str, int] = {}
        self.world = SeatWorld(self.uri, "seats_stateful")
        self.run(self.world.open())
        for number, session_id in enumerate(SESSIONS):
            self.run(self.world.schedule(session_id, HOURS[number], 2))

    def run(self, work: Any) -> Any:
        return self.loop.run_until_complete(work)

    @rule(who=people, where=session_ids, replica=replicas)
    def join(self, who: int, where: str, replica: int) -> None:
        self.run(self.world.ask(replica, self.world.joining(who, where)))

    @rule(where=session_ids, which=people, replica=replicas)
    def leave(self, where: str, which: int, replica: int) -> None:
        here = self.run(self._open(where))
        if not here:
            return
        one = sorted(here, key=lambda found: found["_id"])[which % len(here)]
        before = self.run(self._waiting(where))
        self.run(self.world.ask(replica, Leave(one["_id"], where, one["attendee_id"])))
        _check_line(before, self.run(self._open(where)))

    @rule(where=session_ids, replica=replicas)
    def everybody_joins(self, where: str, replica: int) -> None:
        for who in range(PEOPLE):
            self.run(self.world.ask(replica, self.world.joining(who, where)))

    @rule(who=people, answer=answers, chosen=several, replica=replicas)
    def answer(self, who: int, answer: Answer, chosen: list[str], replica: int) -> None:
        self.run(self.world.ask(replica, self.world.answering(who, answer, chosen)))

    @rule(pairs=st.lists(st.tuples(people, session_ids), min_size=2, max_size=6))
    def at_once_on_two_replicas(self, pairs: list[tuple[int, str]]) -> None:
        self.run(self._at_once(pairs))

    async def _at_once(self, pairs: list[tuple[int, str]]) -> None:
        asked = []
        for number, (who, where) in enumerate(pairs):
            leaving = await self.world.leaving(who, where)
            command = leaving if leaving and number % 3 else self.world.joining(who, where)
            asked.append(self.world.ask(number % 2, command))
        await asyncio.gather(*asked)

    @rule(where=session_ids, seats=st.integers(0, 4))
    def resize(self, where: str, seats: int) -> None:
        self._say(where, capacity_max=max(1, seats))

    @rule(where=session_ids, hours=st.sampled_from(HOURS))
    def move(self, where: str, hours: int) -> None:
        self._say(where, hours=hours)

    @rule(where=session_ids)
    def call_off(self, where: str) -> None:
        self._say(where, state="cancelled")

    @rule(where=session_ids)
    def schedule_again(self, where: str) -> None:
        self._say(where, state="scheduled")

    def _say(self, where: str, *, hours: int | None = None, **more: Any) -> None:
        known = self.world.sessions[where]
        since = (known.starts_at - STARTS) // timedelta(hours=1)
        seats: int = more.pop("capacity_max", known.capacity_max)
        at = since if hours is None else hours
        self.run(self.world.schedule(where, at, seats, **{"state": known.state} | more))

    @rule(chosen=st.dictionaries(people, several.map(tuple), max_size=PEOPLE))
    def publish_a_plan(self, chosen: dict[int, tuple[str, ...]]) -> None:
        self.run(self.world.publish_plan(chosen))

    @rule(days=st.integers(1, 6))
    def time_passes(self, days: int) -> None:
        self.run(self.world.age(timedelta(days=days)))
        self.run(self.world.fire_timers())

    @invariant()
    def every_rule_holds(self) -> None:
        if hasattr(self, "world"):
            self.run(self._check())

    async def _open(self, where: str) -> list[Any]:
        return await self.world.documents["sign_ups"].find({"session_id": where, "is_open": True})

    async def _waiting(self, where: str) -> list[tuple[Any, bool]]:
        """Those in line, and whether they sit elsewhere at that time."""
        session = await self.world.documents["sessions"].find_one({"_id": where})
        found = []
        for one in await self._open(where):
            if one["state"] == "waitlisted":
                kept = await self.world.documents["calendars"].find_one({"_id": one["person_id"]})
                taken = [entry for entry in kept["entries"] if entry["is_taken"]] if kept else []
                found.append((one, any(_overlap(entry, session) for entry in taken)))
        return found

    async def _check(self) -> None:
        documents = self.world.documents
        sign_ups = await documents["sign_ups"].find({})
        open_ones = [one for one in sign_ups if one["state"] != "ended"]
        sessions = {one["_id"]: one for one in await documents["sessions"].find({})}
        _check_counts(sessions, open_ones)
        for name, session in sessions.items():
            # I4: nobody joins while as many seats are taken as there are.
            least = self.taken.get(name, 0)
            assert session["taken"] <= max(session["capacity_max"], least), "an overfull session"
            self.taken[name] = session["taken"]
        _check_calendars(await documents["calendars"].find({}), open_ones, sessions)
        _check_story(await self.world.said(), sign_ups)
        late = [one for one in open_ones if one["hold_until"] and one["hold_until"] <= clock.now()]
        assert late == [], "a hold outlived its time"

    def teardown(self) -> None:
        if hasattr(self, "world"):
            self.world.close()


def _check_counts(sessions: dict[str, Any], open_ones: list[Any]) -> None:
    for session in sessions.values():
        here = [one for one in open_ones if one["session_id"] == session["_id"]]
        states = [one["state"] for one in here]
        places = [one["place"] for one in here if one["state"] == "waitlisted"]
        assert session["taken"] == sum(state in TAKEN for state in states)
        assert (session["waiting"], session["offered"]) == (len(places), states.count("offered"))
        assert len(places) == len(set(places))
        assert all(place < session["next_place"] for place in places)
        # Only a room that became smaller is overfull, and then with active seats alone.
        if session["taken"] > session["capacity_max"]:
            assert {"held", "offered"} & set(states) == set()


def _check_calendars(calendars: list[Any], open_ones: list[Any], sessions: dict[str, Any]) -> None:
    kept = {entry["sign_up_id"]: entry for one in calendars for entry in one["entries"]}
    assert kept.keys() == {one["_id"] for one in open_ones}
    sitting = defaultdict(list)
    for one in open_ones:
        session = sessions[one["session_id"]]
        entry = kept[one["_id"]]
        assert entry["is_taken"] == (one["state"] in TAKEN)
        assert (entry["starts_at"], entry["ends_at"]) == (session["starts_at"], session["ends_at"])
        if one["state"] in TAKEN - {"conflict"}:
            sitting[one["person_id"]].append(session)
    for theirs in sitting.values():
        for first in theirs:
            others = [one for one in theirs if one is not first]
            assert not any(_overlap(first, other) for other in others), "two seats at one time"


def _check_line(before: list[tuple[Any, bool]], after: list[Any]) -> None:
    """A place went to the first in line who could have it."""
    now = {one["_id"]: one for one in after}
    known = {one["_id"] for one, _ in before}
    offered = [one for one in after if one["state"] == "offered" and one["_id"] in known]
    for offer in offered:
        for one, sits_elsewhere in before:
            is_passed = one["place"] < offer["place"] and now.get(one["_id"], {}).get("place")
            if is_passed and now[one["_id"]]["state"] == "waitlisted":
                assert sits_elsewhere or one["attendee_id"] in offer["passed_by"], "passed in line"


def _overlap(one: Any, other: Any) -> bool:
    return bool(one["starts_at"] < other["ends_at"] and other["starts_at"] < one["ends_at"])


def _check_story(said: list[Any], sign_ups: list[Any]) -> None:
    """Versions rise by one, and an offer passes by those who gave that place up."""
    versions: dict[str, int] = {}
    for event in said:
        assert event["version"] == versions.get(event["sign_up_id"], 0) + 1
        versions[event["sign_up_id"]] = event["version"]
    assert versions == {one["_id"]: one["version"] for one in sign_ups}
    for one in sign_ups:
        assert one["attendee_id"] not in one["passed_by"], "a place came back to who gave it up"


async def test_seats_on_two_replicas(infrastructure: System) -> None:
    # In a thread with a loop of its own: Hypothesis calls, and must not keep others waiting.
    await asyncio.to_thread(_play, infrastructure.access.mongodb_admin_uri)


def _play(uri: str) -> None:
    Seats.uri, Seats.loop = uri, asyncio.new_event_loop()
    asyncio.set_event_loop(Seats.loop)
    try:
        run_state_machine_as_test(Seats, settings=SETTINGS)
    finally:
        Seats.loop.close()
