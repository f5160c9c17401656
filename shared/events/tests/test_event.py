"""Emitters are strict, readers are open, and times are moments in whole milliseconds."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from doorpakken_events.golden import EXAMPLE_OF, EXAMPLES
from doorpakken_events.golden.example import Example
from doorpakken_events.registration import AttendeeRegistered, PitchSubmitted
from pydantic import ValidationError


def _payload(topic: str, **changes: Any) -> bytes:
    return json.dumps(json.loads(EXAMPLE_OF[topic].event.payload()) | changes).encode()


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.topic)
def test_what_an_emitter_may_say_a_reader_reads_as_the_same(example: Example) -> None:
    payload, event = example.event.payload(), example.event
    assert type(event).check(payload) == event
    assert type(event).read(payload) == event


def test_an_unknown_field_is_refused_at_the_emitter_and_ignored_by_readers() -> None:
    payload = _payload("attendee-registered", shoe_size=43)
    with pytest.raises(ValidationError, match="shoe_size"):
        AttendeeRegistered.check(payload)
    assert AttendeeRegistered.read(payload) == EXAMPLE_OF["attendee-registered"].event


def test_an_unknown_word_is_refused_at_the_emitter_and_kept_by_readers() -> None:
    payload = _payload("attendee-registered", kind="journalist")
    with pytest.raises(ValidationError, match="must be one of covenant_partner"):
        AttendeeRegistered.check(payload)
    assert AttendeeRegistered.read(payload).kind == "journalist"


def test_unknown_fields_and_words_pass_deep_inside_too() -> None:
    needs = json.loads(EXAMPLE_OF["pitch-submitted"].event.payload())["needs"]
    needs[0] |= {"unit": "fathom", "colour": "red"}
    payload = _payload("pitch-submitted", needs=needs)
    assert PitchSubmitted.read(payload).needs[0].unit == "fathom"
    with pytest.raises(ValidationError):
        PitchSubmitted.check(payload)


@pytest.mark.parametrize("field", ["attendee_id", "state", "registered_at"])
def test_a_missing_field_is_refused_by_both(field: str) -> None:
    data = json.loads(_payload("attendee-registered"))
    del data[field]
    for door in (AttendeeRegistered.check, AttendeeRegistered.read):
        with pytest.raises(ValidationError, match=field):
            door(json.dumps(data).encode())


def test_a_time_is_kept_in_utc_and_whole_milliseconds() -> None:
    event = AttendeeRegistered.read(
        _payload("attendee-registered", registered_at="2023-10-06T15:00:00.123987+02:00")
    )
    assert event.registered_at == datetime(2023, 10, 6, 13, 0, 0, 123000, tzinfo=UTC)
    with pytest.raises(ValidationError, match="zone"):
        AttendeeRegistered.read(
            _payload("attendee-registered", registered_at="2023-10-06T15:00:00")
        )


def test_an_amount_is_a_whole_number_above_zero() -> None:
    needs = json.loads(EXAMPLE_OF["pitch-submitted"].event.payload())["needs"]
    for amount in (0, -1, 1.5):
        payload = _payload("pitch-submitted", needs=[needs[0] | {"amount": amount}])
        with pytest.raises(ValidationError, match="amount"):
            PitchSubmitted.read(payload)
