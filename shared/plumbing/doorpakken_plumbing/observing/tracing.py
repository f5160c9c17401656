"""Tracing: the request or event that something comes from, carried through tasks and the outbox.
Ignores a traceparent that is not W3C's; spans contain no personal data."""

import asyncio
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import NoOpTracer, SpanContext, SpanKind, Status, StatusCode, TraceFlags
from opentelemetry.util.types import AttributeValue
from uuid_utils import uuid7

from doorpakken_plumbing.observing.spans import SpanFile

_TRACEPARENT = re.compile(r"00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}")
_NAMES = Resource.create({})

Attributes = Mapping[str, AttributeValue]


@dataclass(frozen=True)
class Origin:
    """What an event or a command comes from; None where that is unknown."""

    correlation_id: str | None = None
    causation_id: str | None = None
    traceparent: str | None = None

    @classmethod
    def current(cls) -> "Origin":
        """The origin of the current task; outside of any, a new one."""
        return _origin.get() or cls(correlation_id=str(uuid7()))

    @contextmanager
    def active(self) -> Iterator["Origin"]:
        token = _origin.set(self)
        try:
            yield self
        finally:
            _origin.reset(token)


_origin: ContextVar[Origin | None] = ContextVar("origin", default=None)
_tracer: trace.Tracer = NoOpTracer()


def correlation_id() -> str | None:
    origin = _origin.get()
    return origin.correlation_id if origin else None


def start_spans(
    path: Path, service: str, instance: str, *, queue_size: int, delay_ms: int, file_bytes: int
) -> Callable[[], None]:
    """Writes from a bounded queue in its own thread; call the result to stop."""
    global _tracer  # noqa: PLW0603 - one process writes one file of spans
    provider = TracerProvider(shutdown_on_exit=False, resource=_NAMES)
    exporter = SpanFile(path, service, instance, file_bytes)
    provider.add_span_processor(
        # A full queue drops spans and never slows down the traced work.
        BatchSpanProcessor(exporter, max_queue_size=queue_size, schedule_delay_millis=delay_ms)
    )
    _tracer = provider.get_tracer("doorpakken")
    return provider.shutdown


@contextmanager
def span(
    name: str,
    origin: Origin,
    *,
    kind: SpanKind = SpanKind.INTERNAL,
    attributes: Attributes | None = None,
) -> Iterator[trace.Span]:
    """A child of `origin.traceparent`, and the origin of what is done inside."""
    made = _tracer.start_span(
        name, _parent(origin.traceparent), kind=kind, attributes=attributes, record_exception=False
    )
    inside = replace(origin, traceparent=_traceparent(made) or origin.traceparent)
    try:
        with inside.active():
            yield made
    except BaseException as error:
        # Only the class: a message may quote user input.
        made.set_status(Status(StatusCode.ERROR, type(error).__name__))
        raise
    finally:
        made.end()


@contextmanager
def handler_span(topic: str, event_id: str, origin: Origin) -> Iterator[trace.Span]:
    """In the trace of the event's publisher; the event is the cause of those published inside."""
    inside = replace(origin, causation_id=event_id)
    attributes = {"messaging.destination.name": topic, "messaging.message.id": event_id}
    with span(f"handle {topic}", inside, kind=SpanKind.CONSUMER, attributes=attributes) as made:
        yield made


def trace_sending(
    sending: "asyncio.Future[Any]", topic: str, event_id: str, headers: Iterable[tuple[str, bytes]]
) -> None:
    """A span from now until the broker acknowledges, in the trace of the event's publisher."""
    traceparent = next((value.decode() for name, value in headers if name == "traceparent"), None)
    attributes = {"messaging.destination.name": topic, "messaging.message.id": event_id}
    made = _tracer.start_span(
        f"send {topic}", _parent(traceparent), kind=SpanKind.PRODUCER, attributes=attributes
    )
    sending.add_done_callback(lambda _: made.end())


def is_traceparent(text: str | None) -> bool:
    return _remote(text) is not None


def _remote(traceparent: str | None) -> SpanContext | None:
    found = _TRACEPARENT.fullmatch(traceparent or "")
    if not found:
        return None
    remote = SpanContext(
        int(found[1], 16), int(found[2], 16), is_remote=True, trace_flags=TraceFlags(1)
    )
    return remote if remote.is_valid else None


def _parent(traceparent: str | None) -> Context:
    remote = _remote(traceparent)
    if remote is None:
        # Without a context of its own, the current span would become the parent.
        return Context()
    return trace.set_span_in_context(trace.NonRecordingSpan(remote), Context())


def _traceparent(made: trace.Span) -> str | None:
    known = made.get_span_context()
    if not known.is_valid:
        return None
    return f"00-{known.trace_id:032x}-{known.span_id:016x}-01"
