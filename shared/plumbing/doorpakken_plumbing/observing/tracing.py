"""Why something happens: the request or event it comes from, carried through tasks and the outbox,
and spans that tell it. Refuses a traceparent that is not W3C's; spans hold no personal data."""

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
    """What an event or a command comes from; None where it comes from nothing known."""

    correlation_id: str | None = None
    causation_id: str | None = None
    traceparent: str | None = None

    @classmethod
    def current(cls) -> "Origin":
        """The origin of what this task is doing now; outside of any, one of its own."""
        return _origin.get() or cls(correlation_id=str(uuid7()))

    @contextmanager
    def active(self) -> Iterator["Origin"]:
        """Makes this the origin of all that is done inside."""
        token = _origin.set(self)
        try:
            yield self
        finally:
            _origin.reset(token)


_origin: ContextVar[Origin | None] = ContextVar("origin", default=None)
_tracer: trace.Tracer = NoOpTracer()


def correlation_id() -> str | None:
    """The correlation id of what this task is doing now, for its log lines."""
    origin = _origin.get()
    return origin.correlation_id if origin else None


def start_spans(
    path: Path, service: str, instance: str, *, queue_size: int, delay_ms: int, file_bytes: int
) -> Callable[[], None]:
    """Writes spans to a file from a bounded queue of its own thread; call the result to stop."""
    global _tracer  # noqa: PLW0603 - one process writes one file of spans
    provider = TracerProvider(shutdown_on_exit=False, resource=_NAMES)
    exporter = SpanFile(path, service, instance, file_bytes)
    provider.add_span_processor(
        # A full queue drops spans, never slows the work they tell of.
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
    """A span below `origin.traceparent`, and what is done inside comes from it."""
    made = _tracer.start_span(
        name, _parent(origin.traceparent), kind=kind, attributes=attributes, record_exception=False
    )
    inside = replace(origin, traceparent=_traceparent(made) or origin.traceparent)
    try:
        with inside.active():
            yield made
    except BaseException as error:
        # Only the class: a message may quote what somebody typed.
        made.set_status(Status(StatusCode.ERROR, type(error).__name__))
        raise
    finally:
        made.end()


@contextmanager
def handler_span(topic: str, event_id: str, origin: Origin) -> Iterator[trace.Span]:
    """The handling of one event: in the trace of what said it, and the cause of what it says."""
    inside = replace(origin, causation_id=event_id)
    attributes = {"messaging.destination.name": topic, "messaging.message.id": event_id}
    with span(f"handle {topic}", inside, kind=SpanKind.CONSUMER, attributes=attributes) as made:
        yield made


def trace_sending(
    sending: "asyncio.Future[Any]", topic: str, event_id: str, headers: Iterable[tuple[str, bytes]]
) -> None:
    """A span from now until the broker has the event, in the trace of what said it."""
    traceparent = next((value.decode() for name, value in headers if name == "traceparent"), None)
    attributes = {"messaging.destination.name": topic, "messaging.message.id": event_id}
    made = _tracer.start_span(
        f"send {topic}", _parent(traceparent), kind=SpanKind.PRODUCER, attributes=attributes
    )
    sending.add_done_callback(lambda _: made.end())


def is_traceparent(text: str | None) -> bool:
    """Whether this is a W3C traceparent that may be joined."""
    return _remote(text) is not None


def _remote(traceparent: str | None) -> SpanContext | None:
    """The span it names; None unless it is of the known form and names one."""
    found = _TRACEPARENT.fullmatch(traceparent or "")
    if not found:
        return None
    remote = SpanContext(
        int(found[1], 16), int(found[2], 16), is_remote=True, trace_flags=TraceFlags(1)
    )
    return remote if remote.is_valid else None


def _parent(traceparent: str | None) -> Context:
    """The context to start below; an empty one, so that no other span becomes the parent."""
    remote = _remote(traceparent)
    if remote is None:
        return Context()
    return trace.set_span_in_context(trace.NonRecordingSpan(remote), Context())


def _traceparent(made: trace.Span) -> str | None:
    known = made.get_span_context()
    if not known.is_valid:
        return None
    return f"00-{known.trace_id:032x}-{known.span_id:016x}-01"
