"""One trace from the request to the handler in another service, through outbox and Kafka."""

import json
from typing import Any

from doorpakken_plumbing.messaging.heard import ReceivedEvent
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Document
from doorpakken_plumbing.observing.tracing import Origin, span
from doorpakken_plumbing.service import Parts, Service

from shared.plumbing.tests.component.conftest import StartService
from shared.plumbing.tests.saying import TOLD, attendee
from tests.probe import eventually


async def note_origin(tx: Transaction, heard: ReceivedEvent[Any]) -> None:
    origin = Origin.current()
    row = {"correlation": origin.correlation_id, "causation": origin.causation_id}
    await tx["origins"].insert_one({"_id": heard.event_id, **row})


async def test_what_is_asked_here_and_done_there_is_one_trace(start: StartService) -> None:
    hearing = await start("matching", Parts(handlers=dict.fromkeys(TOLD, note_origin)))
    # Both run in this process, which writes the spans of the service started last.
    saying = await start("registration", span_delay_ms=10)

    async def register(tx: Transaction) -> str:
        return tx.publish(attendee("traced"), 1)

    with span("POST /attendees", Origin("c-1")) as made:
        event_id = await saying.transact(register)
    trace_id = f"{made.get_span_context().trace_id:032x}"

    async def origins() -> list[Document]:
        return await hearing.mongo["origins"].find({"_id": event_id})

    async def named() -> dict[str, dict[str, Any]]:
        return {one["name"]: one for one in spans_of(saying) if one["trace_id"] == trace_id}

    (origin,) = await eventually(origins, lambda rows: len(rows) == 1)
    found = await eventually(named, lambda spans: len(spans) == 3)

    assert origin == {"_id": event_id, "correlation": "c-1", "causation": event_id}
    asked = found["POST /attendees"]["span_id"]
    assert found["send attendee-registered"]["parent_id"] == asked
    assert found["handle attendee-registered"]["parent_id"] == asked


def spans_of(service: Service) -> list[dict[str, Any]]:
    path = service.settings.span_file
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []
