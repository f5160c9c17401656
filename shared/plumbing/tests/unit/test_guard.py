"""The guard applies each aggregate's versions strictly upwards, whatever is delivered."""

from doorpakken_plumbing.messaging.inbox import Outcome, Seen, decide
from doorpakken_plumbing.messaging.relay import rounds_of
from hypothesis import given
from hypothesis import strategies as st

deliveries = st.lists(
    st.tuples(st.sampled_from(["attendee/a", "attendee/b"]), st.integers(1, 8)), max_size=40
)


@given(deliveries)
def test_applied_versions_strictly_increase(delivered: list[tuple[str, int]]) -> None:
    seen, applied = Seen(), list[tuple[str, int]]()
    for subject, version in delivered:
        if decide(seen, f"{subject}#{version}", subject, version) is Outcome.APPLIED:
            applied.append((subject, version))
    for subject in {subject for subject, _ in delivered}:
        versions = [version for name, version in applied if name == subject]
        assert versions == sorted(set(versions))
        assert versions[-1] == max(version for name, version in delivered if name == subject)


@given(deliveries)
def test_what_comes_twice_is_a_duplicate(delivered: list[tuple[str, int]]) -> None:
    seen = Seen()
    for subject, version in delivered:
        decide(seen, f"{subject}#{version}", subject, version)
    again = {
        decide(seen, f"{subject}#{version}", subject, version) for subject, version in delivered
    }
    assert again <= {Outcome.DUPLICATE}


def test_a_parked_aggregate_queues_and_others_flow() -> None:
    seen = Seen(parked={"attendee/a"})
    assert decide(seen, "1", "attendee/a", 1) is Outcome.QUEUED
    assert decide(seen, "2", "attendee/b", 1) is Outcome.APPLIED


@given(deliveries)
def test_rounds_send_every_row_in_order_of_version(delivered: list[tuple[str, int]]) -> None:
    rows = [
        {"aggregate": "attendee", "key": subject, "version": version}
        for subject, version in delivered
    ]
    rounds = rounds_of(rows)
    assert sum(map(len, rounds)) == len(rows)
    for one in rounds:
        assert len({row["key"] for row in one}) == len(one)
    for key in {row["key"] for row in rows}:
        order = [row["version"] for one in rounds for row in one if row["key"] == key]
        assert order == sorted(order)
