"""The judge of I1 knows what compaction takes from a topic, and nothing else."""

import pytest
from doorpakken_events.event import Event
from doorpakken_events.registration import AttendeeRegistered, PersonContact
from doorpakken_plumbing.mongo.database import Document

from shared.plumbing.tests.saying import gone
from tests.fault.invariants import Expected, Finding, i1_nothing_acknowledged_is_lost
from tests.fault.test_facts import facts


def row(event: type[Event], version: int) -> Document:
    """A row that was sent; its record is not on the topic."""
    return {
        "_id": "gone",
        "topic": event.TOPIC,
        "aggregate": event.AGGREGATE,
        "key": "somebody",
        "version": version,
        "state": "sent",
    }


@pytest.mark.parametrize("version", [1, 2])
def test_what_was_wiped_by_a_later_record_of_its_key_is_not_lost(version: int) -> None:
    """An erasure says its tombstone again, and compaction takes the first one."""
    seen = facts(row(PersonContact, version), said=[gone(PersonContact, "somebody", 2)])
    assert list(i1_nothing_acknowledged_is_lost(seen, Expected())) == []


@pytest.mark.parametrize(
    ("event", "key", "version"),
    [
        (PersonContact, "somebody", 3),  # newer than what stands there
        (PersonContact, "another", 2),
        (AttendeeRegistered, "somebody", 2),  # a topic that keeps its whole history
    ],
)
def test_all_else_that_is_on_no_topic_is_lost(event: type[Event], key: str, version: int) -> None:
    seen = facts(row(event, version), said=[gone(event, key, 2)])
    what = f"registration: {event.TOPIC} gone never came"
    assert list(i1_nothing_acknowledged_is_lost(seen, Expected())) == [Finding("I1", "lost", what)]
