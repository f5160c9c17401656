"""One trace leads from a POST through outbox and Kafka to the handlers of other services."""

import json
import secrets
from pathlib import Path
from typing import Any

import httpx
from doorpakken_local.demo.play import Play
from doorpakken_local.system import System

from tests.e2e.gatherings import person
from tests.probe import eventually

HANDLED = "handle attendee-registered"


def spans_of(folder: Path, trace_id: str) -> list[dict[str, Any]]:
    lines = (line for path in folder.glob("*.jsonl") for line in path.read_text().splitlines())
    return [span for span in map(json.loads, lines) if span["trace_id"] == trace_id]


async def test_a_post_and_its_handlers_are_one_trace(system: System, play: Play) -> None:
    trace_id, parent = secrets.token_hex(16), secrets.token_hex(8)
    async with httpx.AsyncClient(base_url=system.urls["registration"]) as client:
        answer = await client.post(
            f"{play.gathering_path}/attendees",
            json=person(1, of=play.gathering_id),  # known people only get a link
            headers={"traceparent": f"00-{trace_id}-{parent}-01"},
        )
    assert answer.status_code == 202

    async def told() -> set[tuple[str, str]]:
        spans = spans_of(system.folder.root / "spans", trace_id)
        handled = {(span["service"], "handled") for span in spans if span["name"] == HANDLED}
        return handled | {(span["service"], "asked") for span in spans if span["kind"] == "server"}

    # Each service writes its spans in its own time: those who hear may be before the one who said.
    expected = {("registration", "asked"), ("matching", "handled"), ("notification", "handled")}
    await eventually(told, lambda seen: seen >= expected)
    spans = {span["span_id"]: span for span in spans_of(system.folder.root / "spans", trace_id)}
    (post,) = [span for span in spans.values() if span["kind"] == "server"]
    assert (post["service"], post["parent_id"]) == ("registration", parent)
    handled = [span for span in spans.values() if span["name"] == HANDLED]
    assert all(ancestor(spans, span) == post["span_id"] for span in handled)
    assert not any(span["failed"] for span in spans.values())


def ancestor(spans: dict[str, dict[str, Any]], span: dict[str, Any]) -> str:
    """The first span of ours that this one comes from."""
    while span["parent_id"] in spans:
        span = spans[span["parent_id"]]
    return str(span["span_id"])
