"""The Kafka client breaks in the ways it is known to: a transport that is closed under its hands
(aiokafka issue 1038), and background tasks that end without a word. Hearing goes on in seconds."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from aiokafka.conn import AIOKafkaConnection
from doorpakken_plumbing.service import Service

from shared.plumbing.tests.component.conftest import StartService
from shared.plumbing.tests.component.test_flow import FAST, Hearing, heard_versions, say
from shared.plumbing.tests.saying import attendee
from tests.probe import becomes, comes_true

QUICK = FAST | {"retry_delay_seconds_max": 0.2}


class Closed:
    """A transport as uvloop leaves it when the other side is gone."""

    def __init__(self, writer: asyncio.StreamWriter) -> None:
        self._writer = writer

    def write(self, _data: bytes) -> None:
        raise RuntimeError("unable to perform operation on <TCPTransport closed=True>")

    def close(self) -> None:
        self._writer.close()


@pytest.fixture
def connections(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[AIOKafkaConnection]]:
    """Every connection to Kafka that is made from now on."""
    made: list[AIOKafkaConnection] = []
    connect = AIOKafkaConnection.connect

    async def note(self: AIOKafkaConnection) -> Any:
        made.append(self)
        return await connect(self)

    monkeypatch.setattr(AIOKafkaConnection, "connect", note)
    yield made
    made.clear()


def close_under_the_client(connections: list[AIOKafkaConnection]) -> None:
    for one in connections:
        if one.connected():
            one._writer = Closed(one._writer)


async def test_a_closed_transport_is_a_lost_connection(
    start: StartService, connections: list[AIOKafkaConnection]
) -> None:
    saying, hearing = await start("registration"), await start("matching", Hearing().parts, **QUICK)
    await say(saying, (attendee("before"), 1))
    await hears(hearing, "before")

    reader = hearing.consumer._reader
    close_under_the_client(connections)
    await say(saying, (attendee("after"), 1))
    await hears(hearing, "after")
    # No watchdog and no new client was needed: it connected anew, as after any other loss.
    assert hearing.consumer._reader is reader
    assert hearing.failed_task is saying.failed_task is None


@pytest.mark.parametrize(
    "path", ["_fetcher._fetch_task", "_coordinator._coordination_task", "_client._sync_task"]
)
async def test_a_task_of_the_client_that_ended_is_noticed_at_the_next_read(
    start: StartService, path: str
) -> None:
    saying, hearing = await start("registration"), await start("matching", Hearing().parts, **QUICK)
    await is_ready(hearing)
    broken = hearing.consumer._reader
    assert broken is not None
    task: Any = broken._consumer
    for name in path.split("."):
        task = getattr(task, name)
    task.cancel()
    await say(saying, (attendee("again"), 1))
    await hears(hearing, "again")
    await comes_true(lambda: hearing.consumer._reader not in (broken, None))
    await is_ready(hearing)
    assert hearing.failed_task is None


async def hears(service: Service, somebody: str) -> None:
    """Waits until it heard of somebody, beside what other tests said on the same topics."""

    async def version() -> int:
        return (await heard_versions(service)).get(somebody, 0)

    await becomes(version, 1)


async def is_ready(service: Service) -> None:
    await comes_true(lambda: not service.why_not_ready())
