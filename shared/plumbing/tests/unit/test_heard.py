"""Records are read into messages, and what cannot be read says why without quoting it."""

from typing import Any

import pytest
from doorpakken_events.envelope import headers_of
from doorpakken_events.registration import AttendeeRegistered
from doorpakken_plumbing.kafka.records import Partition, Record
from doorpakken_plumbing.messaging.heard import Message, message_of, next_offsets, read_message
from doorpakken_plumbing.time import clock

from shared.plumbing.tests.saying import attendee

EVENT = attendee("a-1")
HEADERS = headers_of(
    EVENT,
    service="registration",
    event_id="e-1",
    version=3,
    time=clock.real_now(),
    correlation_id="c-1",
    causation_id="before",
)


def message(**given: Any) -> Message:
    usual: dict[str, Any] = {
        "topic": EVENT.TOPIC,
        "partition": 1,
        "offset": 7,
        "key": "a-1",
        "headers": tuple(HEADERS),
        "value": EVENT.payload(),
    }
    return read_message(**(usual | given))


def without(name: str) -> tuple[tuple[str, bytes], ...]:
    return tuple(header for header in HEADERS if header[0] != name)


def changed(name: str, value: bytes) -> tuple[tuple[str, bytes], ...]:
    return (*without(name), (name, value))


def test_a_sound_record() -> None:
    heard = message().heard()
    assert heard.data == EVENT
    assert (heard.topic, heard.aggregate, heard.aggregate_id) == (EVENT.TOPIC, "attendee", "a-1")
    assert (heard.event_id, heard.version, heard.gathering_id) == ("e-1", 3, "g1")


def test_what_a_handler_says_is_caused_by_the_event() -> None:
    origin = message().origin
    assert (origin.correlation_id, origin.causation_id) == ("c-1", "e-1")


def test_a_null_value_is_sound_and_has_no_data() -> None:
    gone = message(value=None)
    assert (gone.problem, gone.data, gone.event) == (None, None, AttendeeRegistered)


def test_unknown_fields_and_words_are_read_over() -> None:
    newer = EVENT.payload().replace(b'"kind":"other"', b'"kind":"robot","shoe_size":43')
    read = message(value=newer)
    assert read.problem is None
    assert isinstance(read.data, AttendeeRegistered)
    assert read.data.kind == "robot"


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"value": b"{"}, "schema: value (json_invalid)"),
        ({"value": b"\xff"}, "schema: value (json_invalid)"),
        ({"value": b"{}"}, "missing"),
        ({"value": EVENT.payload().replace(b"g1", b"x" * 81)}, "gathering_id (string_too_long)"),
        ({"headers": ()}, "headers missing"),
        ({"headers": without("ce_id")}, "ce_id"),
        ({"headers": changed("ce_sequence", b"0")}, "ce_sequence"),
        ({"headers": changed("ce_subject", b"attendee/a-2")}, "not the id in ce_subject"),
        ({"headers": changed("ce_subject", b"pitch/a-1")}, "does not fit the topic"),
        ({"headers": changed("ce_type", b"nl.doorpakken.pitch-reviewed.v1")}, "does not fit"),
        ({"topic": "gossip"}, "no such topic"),
        ({"key": "a-2"}, "not the id in ce_subject"),
    ],
)
def test_poison_says_why(given: dict[str, Any], problem: str) -> None:
    poison = message(**given)
    assert problem in (poison.problem or "")
    assert "x" * 81 not in (poison.problem or "")


def test_poison_without_a_subject_stands_for_itself() -> None:
    one, two = message(headers=()), message(headers=(), offset=8)
    assert one.subject != two.subject
    assert one.id != two.id
    assert one.version == 0


def test_poison_with_a_subject_stands_for_its_aggregate() -> None:
    assert message(value=b"{").subject == "attendee/a-1"


def record(topic: str, partition: int, offset: int) -> Record:
    return Record(
        topic=topic,
        partition=partition,
        offset=offset,
        timestamp=0,
        timestamp_type=0,
        key=b"a-1",
        value=EVENT.payload(),
        checksum=None,
        serialized_key_size=3,
        serialized_value_size=0,
        headers=tuple(HEADERS),
    )


def test_a_record_of_an_environment_with_a_prefix() -> None:
    read = message_of(record(f"trial-{EVENT.TOPIC}", 0, 4), prefix="trial-")
    assert (read.topic, read.problem, read.offset) == (EVENT.TOPIC, None, 4)


def test_what_to_commit_is_after_the_last_of_each_partition() -> None:
    records = [record("t", 0, 5), record("t", 1, 2), record("t", 0, 9), record("u", 0, 1)]
    assert next_offsets(records) == {
        Partition("t", 0): 10,
        Partition("t", 1): 3,
        Partition("u", 0): 2,
    }
