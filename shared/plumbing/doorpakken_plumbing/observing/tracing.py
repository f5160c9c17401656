"""Tracing: the request or event that something comes from, carried through tasks and the outbox.
Ignores a traceparent that is not W3C's; spans contain no personal data."""

import asyncio
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Any

from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter
from opentelemetry.sdk.trace.sampling import ALWAYS_ON
from opentelemetry.trace import NoOpTracer, SpanKind, Status, StatusCode
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator
from opentelemetry.util.types import AttributeValue
from uuid_utils import uuid7

from doorpakken_plumbing.observing.spans import SpanFile
from doorpakken_plumbing.settings import ServiceSettings

_W3C = TraceContextTextMapPropagator()

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


def start_spans(settings: ServiceSettings) -> Callable[[], None]:
    """Writes to a file, and to an OpenTelemetry collector where one is set, from bounded queues in
    threads of their own; call the result to stop."""
    global _tracer  # noqa: PLW0603 - one process writes one file of spans
    names = {"service.name": settings.service, "service.instance.id": settings.instance}
    # Callers do not decide whether our part of a trace is recorded.
    provider = TracerProvider(shutdown_on_exit=False, resource=Resource(names), sampler=ALWAYS_ON)
    for exporter in _exporters(settings):
        # A full queue drops spans and never slows down the traced work.
        provider.add_span_processor(
            BatchSpanProcessor(
                exporter,
                max_queue_size=settings.span_queue_size,
                schedule_delay_millis=settings.span_delay_ms,
            )
        )
    _tracer = provider.get_tracer("doorpakken")
    return provider.shutdown


def _exporters(settings: ServiceSettings) -> Iterator[SpanExporter]:
    yield SpanFile(
        settings.span_file, settings.service, settings.instance, settings.span_file_bytes
    )
    if settings.otlp_url:
        # Imported here, since it loads protobuf and requests.
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter

        yield OTLPSpanExporter(settings.otlp_url)


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


def joined(traceparent: str | None) -> str | None:
    """The trace to join, in the form in which it is passed on; None for what is no W3C
    traceparent."""
    return _traceparent(trace.get_current_span(_parent(traceparent)))


def _parent(traceparent: str | None) -> Context:
    # In a context of its own: else the current span would become the parent.
    return _W3C.extract({"traceparent": traceparent or ""}, Context())


def _traceparent(made: trace.Span) -> str | None:
    carrier: dict[str, str] = {}
    _W3C.inject(carrier, trace.set_span_in_context(made, Context()))
    return carrier.get("traceparent")
