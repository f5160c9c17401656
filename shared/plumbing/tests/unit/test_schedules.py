"""Relay, guard and offsets under thousands of schedules with crashes, zombies and rebalances.
The steps are the real ones; only the broker's log and the database are lists in memory."""

from typing import Any

from doorpakken_plumbing.messaging.inbox import Outcome, Seen, decide
from doorpakken_plumbing.messaging.relay import rounds_of, without_behind
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

Row = dict[str, Any]
KEYS = ("a", "b", "c")
TOPICS = ("registered", "checked-in")


class Flow(RuleBasedStateMachine):
    """One emitter with an outbox, two topics of the same aggregates, one that hears."""

    def __init__(self) -> None:
        super().__init__()
        self.versions = dict.fromkeys(KEYS, 0)
        self.outbox: list[Row] = []
        self.sent: set[str] = set()
        self.log: dict[str, list[Row]] = {topic: [] for topic in TOPICS}
        self.said: list[Row] = []
        self.slept_on: list[Row] = []
        self.seen = Seen()
        self.applied: list[Row] = []
        self.position = dict.fromkeys(TOPICS, 0)
        self.committed = dict.fromkeys(TOPICS, 0)

    @rule(key=st.sampled_from(KEYS), topic=st.sampled_from(TOPICS))
    def something_happens(self, key: str, topic: str) -> None:
        """A transaction commits a state with its event."""
        self.versions[key] += 1
        version = self.versions[key]
        row = {"_id": f"{key}{version}", "aggregate": "x", "key": key, "version": version}
        self.outbox.append(row | {"topic": topic})

    @rule(
        refused=st.sets(st.sampled_from(KEYS)),
        rounds=st.integers(1, 4),
        killed_before_mark=st.booleans(),
    )
    def relay_walks(self, refused: set[str], rounds: int, killed_before_mark: bool) -> None:
        """The broker may refuse rows at first; the relay may die after the broker has some."""
        failed: set[tuple[str, str]] = set()
        for number, batch in enumerate(rounds_of(self._pending())[:rounds]):
            tried = without_behind(batch, failed)
            lost = [row for row in tried if number == 0 and row["key"] in refused]
            failed |= {("x", row["key"]) for row in lost}
            acknowledged = [row for row in tried if row not in lost]
            self._send(acknowledged)
            if killed_before_mark:
                return
            self.sent |= {row["_id"] for row in acknowledged}

    @rule()
    def relay_falls_asleep(self) -> None:
        """It has read its rows, and is stopped; another one goes on."""
        self.slept_on = self._pending()

    @rule()
    def zombie_wakes_up(self) -> None:
        """It sends what it had read, long after others did."""
        for batch in rounds_of(self.slept_on):
            self._send(batch)
        self.slept_on = []

    @rule(topic=st.sampled_from(TOPICS), most=st.integers(1, 5), killed_before_commit=st.booleans())
    def consumer_reads(self, topic: str, most: int, killed_before_commit: bool) -> None:
        """Its transaction commits; it may die before the offset does."""
        start = self.position[topic]
        batch = self.log[topic][start : start + most]
        for row in batch:
            subject = f"x/{row['key']}"
            if decide(self.seen, row["_id"], subject, row["version"]) is Outcome.APPLIED:
                self.applied.append(row)
        self.position[topic] += len(batch)
        if killed_before_commit:
            self.position = dict(self.committed)
        else:
            self.committed[topic] = self.position[topic]

    @rule(topic=st.sampled_from(TOPICS), back=st.integers(0, 5))
    def partition_moves(self, topic: str, back: int) -> None:
        """Another member starts from an offset that may be older than what was applied."""
        self.position[topic] = max(0, self.committed[topic] - back)

    @invariant()
    def versions_are_said_in_order(self) -> None:
        """Only what was said before may come again out of order."""
        for key in KEYS:
            known: set[int] = set()
            first_times = []
            for row in self.said:
                if row["key"] == key and row["version"] not in known:
                    known.add(row["version"])
                    first_times.append(row["version"])
            assert first_times == list(range(1, len(first_times) + 1))

    @invariant()
    def applied_versions_strictly_increase(self) -> None:
        for key in KEYS:
            versions = [row["version"] for row in self.applied if row["key"] == key]
            assert versions == sorted(set(versions))

    def teardown(self) -> None:
        """When all is quiet nothing is lost, and nothing is done twice."""
        self.relay_walks(set(), 10_000, False)
        assert not self._pending()
        for topic in TOPICS:
            while self.position[topic] < len(self.log[topic]):
                self.consumer_reads(topic, 5, False)
        for key, version in self.versions.items():
            if version:
                assert self.seen.versions[f"x/{key}"] == version
        assert self.seen.events == {row["_id"] for row in self.outbox}
        done = [row["_id"] for row in self.applied]
        assert len(done) == len(set(done))

    def _send(self, rows: list[Row]) -> None:
        self.said.extend(rows)
        for row in rows:
            self.log[row["topic"]].append(row)

    def _pending(self) -> list[Row]:
        return [row for row in self.outbox if row["_id"] not in self.sent]


TestFlow = Flow.TestCase
TestFlow.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
