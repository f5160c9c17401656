"""What stands around an event's data: CloudEvents 1.0 in Kafka's binary mode, as record headers.
Refuses to read a record whose headers do not say which state of which aggregate it carries."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from doorpakken_events.event import SOURCE_PREFIX, Event

Headers = list[tuple[str, bytes]]

CONTENT_TYPE = "content-type"
SPEC_VERSION = "ce_specversion"
ID = "ce_id"
SOURCE = "ce_source"
TYPE = "ce_type"
SUBJECT = "ce_subject"
SEQUENCE = "ce_sequence"
TIME = "ce_time"
DATA_SCHEMA = "ce_dataschema"
GATHERING_ID = "ce_gatheringid"
CORRELATION_ID = "ce_correlationid"
CAUSATION_ID = "ce_causationid"
TRACEPARENT = "traceparent"
REQUIRED = (SPEC_VERSION, ID, SOURCE, TYPE, SUBJECT, SEQUENCE, TIME)

JSON = "application/json"
SCHEMA_BASE = "https://doorpakken.example/contracts/schemas/"
_VERSION = re.compile(r"[1-9][0-9]{0,17}")
_TYPE = re.compile(r"nl\.doorpakken\.([a-z]+(?:-[a-z]+)*)\.v1")


@dataclass(frozen=True)
class Envelope:
    """Which state of which aggregate a record carries, who said it and why."""

    event_id: str
    source: str
    type: str
    topic: str
    aggregate: str
    aggregate_id: str
    version: int
    time: datetime
    gathering_id: str | None = None
    correlation_id: str | None = None
    causation_id: str | None = None
    traceparent: str | None = None

    def headers(self) -> Headers:
        attributes = {
            CONTENT_TYPE: JSON,
            SPEC_VERSION: "1.0",
            ID: self.event_id,
            SOURCE: self.source,
            TYPE: self.type,
            SUBJECT: f"{self.aggregate}/{self.aggregate_id}",
            SEQUENCE: str(self.version),
            TIME: write_time(self.time),
            DATA_SCHEMA: dataschema(self.topic),
            GATHERING_ID: self.gathering_id,
            CORRELATION_ID: self.correlation_id,
            CAUSATION_ID: self.causation_id,
            TRACEPARENT: self.traceparent,
        }
        return [(name, value.encode()) for name, value in attributes.items() if value is not None]


def ce_type(topic: str) -> str:
    return f"nl.doorpakken.{topic}.v1"


def ce_source(service: str) -> str:
    return f"{SOURCE_PREFIX}{service}"


def dataschema(topic: str) -> str:
    """The `$id` of the JSON Schema of a topic's data."""
    return f"{SCHEMA_BASE}{topic}.v1.json"


def write_time(moment: datetime) -> str:
    """RFC 3339 in UTC with milliseconds; raises ValueError without a zone."""
    if moment.tzinfo is None:
        raise ValueError("a time needs its zone")
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def envelope_of(
    event: type[Event],
    key: str,
    *,
    service: str,
    event_id: str,
    version: int,
    time: datetime,
    gathering_id: str | None = None,
    correlation_id: str | None = None,
    causation_id: str | None = None,
    traceparent: str | None = None,
) -> Envelope:
    """For a state or, as it takes the key and no event, for a tombstone."""
    return Envelope(
        event_id=event_id,
        source=ce_source(service),
        type=ce_type(event.TOPIC),
        topic=event.TOPIC,
        aggregate=event.AGGREGATE,
        aggregate_id=key,
        version=version,
        time=time,
        gathering_id=gathering_id,
        correlation_id=correlation_id,
        causation_id=causation_id,
        traceparent=traceparent,
    )


def headers_of(
    event: Event,
    *,
    service: str,
    event_id: str,
    version: int,
    time: datetime,
    correlation_id: str | None = None,
    causation_id: str | None = None,
    traceparent: str | None = None,
) -> Headers:
    return envelope_of(
        type(event),
        event.key,
        service=service,
        event_id=event_id,
        version=version,
        time=time,
        gathering_id=event.gathering,
        correlation_id=correlation_id,
        causation_id=causation_id,
        traceparent=traceparent,
    ).headers()


def read_headers(headers: Headers) -> Envelope:
    """Raises ValueError that says which header is missing or wrong."""
    found = {name: _text(name, value) for name, value in headers}
    missing = [name for name in REQUIRED if not found.get(name)]
    if missing:
        raise ValueError(f"headers missing: {', '.join(missing)}")
    if found[SPEC_VERSION] != "1.0":
        raise ValueError(f"{SPEC_VERSION} is {found[SPEC_VERSION]!r}, not 1.0")
    aggregate, aggregate_id = _subject(found[SUBJECT])
    return Envelope(
        event_id=found[ID],
        source=found[SOURCE],
        type=found[TYPE],
        topic=_topic(found[TYPE]),
        aggregate=aggregate,
        aggregate_id=aggregate_id,
        version=_version(found[SEQUENCE]),
        time=_time(found[TIME]),
        gathering_id=found.get(GATHERING_ID),
        correlation_id=found.get(CORRELATION_ID),
        causation_id=found.get(CAUSATION_ID),
        traceparent=found.get(TRACEPARENT),
    )


def _text(name: str, value: bytes | None) -> str:
    try:
        return (value or b"").decode()
    except UnicodeDecodeError:
        raise ValueError(f"{name} is not UTF-8") from None


def _topic(text: str) -> str:
    found = _TYPE.fullmatch(text)
    if not found:
        raise ValueError(f"{TYPE} {text!r} is not a type known here")
    return found[1]


def _subject(text: str) -> tuple[str, str]:
    aggregate, slash, aggregate_id = text.partition("/")
    if not (aggregate and slash and aggregate_id):
        raise ValueError(f"{SUBJECT} {text!r} is not <aggregate>/<id>")
    return aggregate, aggregate_id


def _version(text: str) -> int:
    if not _VERSION.fullmatch(text):
        raise ValueError(f"{SEQUENCE} {text!r} is not a version from 1")
    return int(text)


def _time(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{TIME} {text!r} is not RFC 3339") from None
    if moment.tzinfo is None:
        raise ValueError(f"{TIME} {text!r} has no zone")
    return moment.astimezone(UTC)
