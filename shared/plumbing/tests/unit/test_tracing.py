"""What happens comes from something, and spans tell it in one file of bounded size."""

import asyncio
import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from doorpakken_plumbing.observing.tracing import (
    Origin,
    correlation_id,
    handler_span,
    joined,
    span,
    start_spans,
    trace_sending,
)
from doorpakken_plumbing.settings import ServiceSettings
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

REQUEST = Origin("c-1", None, "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")


MakeSettings = Callable[..., ServiceSettings]


class Spans:
    """Spans written to a file, read after the writer stopped."""

    def __init__(self, make_settings: MakeSettings, **given: object) -> None:
        usual = {"service": "matching", "instance": "2", "span_delay_ms": 10}
        settings = make_settings(**usual | given)
        self.path = settings.span_file
        self.stop = start_spans(settings)

    def read(self) -> list[dict[str, Any]]:
        self.stop()
        return [json.loads(line) for line in self.path.read_text().splitlines()]


@pytest.fixture
def spans(make_settings: MakeSettings) -> Iterator[Spans]:
    spans = Spans(make_settings)
    yield spans
    spans.stop()


def test_outside_of_anything_there_is_a_fresh_origin() -> None:
    assert correlation_id() is None
    assert Origin.current().correlation_id != Origin.current().correlation_id


async def test_an_origin_holds_inside_and_in_tasks_started_there() -> None:
    async def look() -> Origin:
        return Origin.current()

    with REQUEST.active():
        task = asyncio.create_task(look())
        with Origin("c-2").active():
            assert correlation_id() == "c-2"
        assert Origin.current() == REQUEST
    assert await task == REQUEST
    assert correlation_id() is None


def test_spans_nest_and_what_is_said_inside_joins_the_trace(spans: Spans) -> None:
    with span("outer", REQUEST), span("inner", Origin.current()):
        said = Origin.current()
    inner, outer = spans.read()

    assert inner["trace_id"] == outer["trace_id"] == "4bf92f3577b34da6a3ce929d0e0e4736"
    assert inner["parent_id"] == outer["span_id"]
    assert outer["parent_id"] == "00f067aa0ba902b7"
    assert said.traceparent == f"00-{inner['trace_id']}-{inner['span_id']}-01"
    assert said.correlation_id == "c-1"


def test_a_handler_is_in_the_events_trace_and_the_cause_of_what_it_says(spans: Spans) -> None:
    with handler_span("pitch-submitted", "e-1", REQUEST):
        said = Origin.current()
    (line,) = spans.read()

    assert (said.correlation_id, said.causation_id) == ("c-1", "e-1")
    assert line["name"] == "handle pitch-submitted"
    assert (line["kind"], line["parent_id"]) == ("consumer", "00f067aa0ba902b7")
    assert line["attributes"]["messaging.message.id"] == "e-1"
    assert (line["service"], line["instance"]) == ("matching", "2")


async def test_sending_lasts_until_the_broker_has_it(spans: Spans) -> None:
    sending: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    trace_sending(
        sending, "pitch-submitted", "e-1", [("traceparent", (REQUEST.traceparent or "").encode())]
    )
    await asyncio.sleep(0.02)  # what the broker takes
    sending.set_result(None)
    await asyncio.sleep(0)
    (line,) = spans.read()

    assert line["name"] == "send pitch-submitted"
    assert line["parent_id"] == "00f067aa0ba902b7"
    assert line["duration_us"] >= 20_000


def test_a_failure_is_told_by_its_class_only(spans: Spans) -> None:
    with pytest.raises(ValueError, match="amina"), span("work", Origin("c-1")):
        raise ValueError("amina@example.org")
    (line,) = spans.read()

    assert line["failed"] is True
    assert "amina" not in json.dumps(line)


def test_without_a_file_the_origin_passes_on_unchanged(spans: Spans) -> None:
    spans.stop()
    with span("work", Origin("c-1", None, None)):
        assert Origin.current().correlation_id == "c-1"


@pytest.mark.parametrize(
    ("text", "joins"),
    [
        (REQUEST.traceparent, True),
        (None, False),
        ("", False),
        ("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7", False),
        ("00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01", False),
        ("00-00000000000000000000000000000000-00f067aa0ba902b7-01", False),
        ("ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", False),
    ],
)
def test_which_traces_are_joined(text: str | None, joins: bool) -> None:
    assert joined(text) == (text if joins else None)


def test_nothing_else_of_a_callers_header_is_passed_on() -> None:
    trace = "4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
    assert joined(f"cc-{trace}-anything") == f"00-{trace}"


@pytest.fixture
def collector() -> Iterator[HTTPServer]:
    """An OpenTelemetry collector that takes traces; `bodies` has what it got."""

    class Collector(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.end_headers()

    bodies: list[bytes] = []
    with HTTPServer(("127.0.0.1", 0), Collector) as server:
        vars(server)["bodies"] = bodies
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_a_collector_gets_them_too(make_settings: MakeSettings, collector: HTTPServer) -> None:
    url = f"http://127.0.0.1:{collector.server_port}/v1/traces"
    spans = Spans(make_settings, otlp_url=url)
    with span("work", REQUEST):
        pass
    [line] = spans.read()
    [body] = vars(collector)["bodies"]
    [sent] = ExportTraceServiceRequest.FromString(body).resource_spans
    assert {one.key: one.value.string_value for one in sent.resource.attributes} == {
        "service.name": "matching",
        "service.instance.id": "2",
    }
    [told] = sent.scope_spans[0].spans
    assert (told.name, told.span_id.hex()) == ("work", line["span_id"])


def test_the_file_is_bounded(make_settings: MakeSettings) -> None:
    for _ in range(3):
        spans = Spans(make_settings, span_file_bytes=2000)
        for _ in range(5):
            with span("work", Origin("c-1")):
                pass
        spans.stop()

    files = sorted(spans.path.parent.iterdir())
    assert [file.name for file in files] == [spans.path.name, f"{spans.path.name}.1"]
    assert all(0 < file.stat().st_size <= 2000 for file in files)
