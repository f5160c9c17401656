"""Headers say which state of which aggregate a record carries; unreadable ones are refused."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from doorpakken_events.envelope import (
    REQUIRED,
    Envelope,
    ce_type,
    dataschema,
    envelope_of,
    read_headers,
    write_time,
)
from doorpakken_events.golden import EXAMPLE_OF, EXAMPLES
from doorpakken_events.golden.example import Example
from doorpakken_events.registration import PersonContact
from hypothesis import given
from hypothesis import strategies as st

NOON = datetime(2023, 10, 6, 12, tzinfo=UTC)
ENVELOPE = envelope_of(
    PersonContact, "p1", service="registration", event_id="e1", version=3, time=NOON
)


def _changed(name: str, value: bytes) -> list[tuple[str, bytes]]:
    return [(header, value if header == name else old) for header, old in ENVELOPE.headers()]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.topic)
def test_what_is_written_is_read_again(example: Example) -> None:
    read = read_headers(example.headers())
    assert read.headers() == example.headers()
    assert read.topic == example.topic
    assert (read.aggregate, read.aggregate_id) == (example.event.AGGREGATE, example.event.key)
    assert (read.version, read.time) == (example.version, example.time)
    assert read.gathering_id == example.event.gathering


def test_the_attributes_are_those_of_the_contract() -> None:
    example = EXAMPLE_OF["attendee-checked-in"]
    headers = {name: value.decode() for name, value in example.headers()}
    attendee, gathering = example.event.key, example.event.gathering
    assert headers == headers | {
        "content-type": "application/json",
        "ce_specversion": "1.0",
        "ce_source": "/doorpakken/registration",
        "ce_type": "nl.doorpakken.attendee-checked-in.v1",
        "ce_subject": f"attendee/{attendee}",
        "ce_sequence": "3",
        "ce_time": "2023-10-06T12:50:00.000Z",
        "ce_dataschema": dataschema("attendee-checked-in"),
        "ce_gatheringid": gathering,
    }
    assert headers["traceparent"].startswith("00-")


def test_a_tombstone_has_an_envelope_without_a_gathering() -> None:
    names = dict(ENVELOPE.headers())
    assert "ce_gatheringid" not in names
    assert read_headers(ENVELOPE.headers()) == ENVELOPE


@pytest.mark.parametrize("name", REQUIRED)
def test_a_missing_header_is_named(name: str) -> None:
    headers = [header for header in ENVELOPE.headers() if header[0] != name]
    with pytest.raises(ValueError, match=f"headers missing: {name}"):
        read_headers(headers)


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("ce_specversion", b"0.3", "not 1.0"),
        ("ce_type", b"nl.doorpakken.person-contact.v2", "not a type known here"),
        ("ce_type", b"com.elsewhere.person-contact.v1", "not a type known here"),
        ("ce_subject", b"contact", "not <aggregate>/<id>"),
        ("ce_subject", b"/p1", "not <aggregate>/<id>"),
        ("ce_sequence", b"0", "not a version"),
        ("ce_sequence", b"-1", "not a version"),
        ("ce_sequence", b"1e3", "not a version"),
        ("ce_sequence", "٣".encode(), "not a version"),
        ("ce_time", b"yesterday", "not RFC 3339"),
        ("ce_time", b"2023-10-06T12:00:00", "has no zone"),
        ("ce_id", b"\xff", "not UTF-8"),
    ],
)
def test_a_wrong_header_is_refused_with_its_reason(name: str, value: bytes, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        read_headers(_changed(name, value))


def test_an_id_may_hold_a_slash() -> None:
    envelope = replace(ENVELOPE, aggregate_id="a/b")
    assert read_headers(envelope.headers()).aggregate_id == "a/b"


def test_a_time_is_written_in_utc_and_needs_its_zone() -> None:
    amsterdam = datetime(2023, 10, 6, 15, tzinfo=timezone(timedelta(hours=2)))
    assert write_time(amsterdam) == "2023-10-06T13:00:00.000Z"
    with pytest.raises(ValueError, match="zone"):
        write_time(NOON.replace(tzinfo=None))


texts = st.text(min_size=1, max_size=40).filter(lambda text: text.isprintable())


@given(
    event_id=texts,
    aggregate_id=texts,
    version=st.integers(1, 10**17),
    time=st.datetimes(timezones=st.just(UTC)),
    gathering_id=st.none() | texts,
)
def test_any_envelope_survives(
    event_id: str, aggregate_id: str, version: int, time: datetime, gathering_id: str | None
) -> None:
    envelope = Envelope(
        event_id=event_id,
        source="/doorpakken/matching",
        type=ce_type("plan-published"),
        topic="plan-published",
        aggregate="plan",
        aggregate_id=aggregate_id,
        version=version,
        time=time.replace(microsecond=time.microsecond // 1000 * 1000),
        gathering_id=gathering_id,
    )
    assert read_headers(envelope.headers()) == envelope
