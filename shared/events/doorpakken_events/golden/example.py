"""An event with everything around it on Kafka; its ids are the same at every run."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from doorpakken_events.catalogue import topic_of
from doorpakken_events.envelope import Headers, headers_of
from doorpakken_events.event import Event


def at(day: int, hour: int, minute: int = 0, month: int = 10) -> datetime:
    return datetime(2023, month, day, hour, minute, tzinfo=UTC)


def id_at(moment: datetime, number: int) -> str:
    """A UUIDv7 of that moment whose random part is the number."""
    milliseconds = int(moment.timestamp() * 1000)
    return str(UUID(int=milliseconds << 80 | 0x7 << 76 | 0b10 << 62 | number))


@dataclass(frozen=True)
class Example:
    """One said event; `because_of` is the event that caused it."""

    event: Event
    version: int
    time: datetime
    number: int
    because_of: "Example | None" = None
    said_by: str = ""  # only for events that several services publish

    @property
    def topic(self) -> str:
        return self.event.TOPIC

    @property
    def event_id(self) -> str:
        return id_at(self.time, self.number)

    def headers(self) -> Headers:
        trace = f"{self.number:032x}"
        return headers_of(
            self.event,
            service=self.said_by or topic_of(type(self.event)).emitter,
            event_id=self.event_id,
            version=self.version,
            time=self.time,
            correlation_id=id_at(self.time, 1000 + self.number),
            causation_id=self.because_of.event_id if self.because_of else None,
            traceparent=f"00-{trace}-{self.number:016x}-01",
        )
