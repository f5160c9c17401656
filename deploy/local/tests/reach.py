"""What the real broker lets somebody do, asked of all topics and groups without leaving a trace:
by reads that want no record, writes that hold none, and heartbeats of nobody."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from aiokafka.client import AIOKafkaClient
from aiokafka.errors import KafkaConnectionError
from aiokafka.protocol.fetch import FetchRequest
from aiokafka.protocol.group import HeartbeatRequest
from aiokafka.protocol.produce import ProduceRequest
from doorpakken_events.catalogue import CATALOGUE

# What the broker answers who has the right, and who has not.
READ, NOT_READ = {0}, 29
WRITTEN, NOT_WRITTEN = {87}, 29  # a record was missing
JOINED, NOT_JOINED = {15, 16, 25}, 30  # no such member, or no member yet


@dataclass(frozen=True)
class Reach:
    """All that somebody may do."""

    reads: frozenset[str] = frozenset()
    writes: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()


async def reach_of(options: dict[str, Any], groups: Iterable[str]) -> Reach:
    """What the broker says of every topic and of these groups; nothing to who is not let in."""
    client = AIOKafkaClient(**options)
    try:
        await client.bootstrap()
        (broker,) = client.cluster.brokers()
        return Reach(
            await _read(client, broker.nodeId),
            await _written(client, broker.nodeId),
            await _joined(client, broker.nodeId, groups),
        )
    except KafkaConnectionError:
        return Reach()
    finally:
        await client.close()


async def _read(client: Any, node: int) -> frozenset[str]:
    topics = [(topic, [(0, 0, 1)]) for topic in CATALOGUE]
    answer = await client.send(node, FetchRequest(0, 0, 1, 0, topics))
    codes = {topic: parts[0][1] for topic, parts in answer.topics}
    assert codes.keys() == CATALOGUE.keys()
    return _allowed(codes, READ, NOT_READ)


async def _written(client: Any, node: int) -> frozenset[str]:
    topics = [(topic, [(0, b"")]) for topic in CATALOGUE]
    answer = await client.send(node, ProduceRequest(None, -1, 1000, topics))
    codes = {topic: parts[0][1] for topic, parts in answer.topics}
    assert codes.keys() == CATALOGUE.keys()
    return _allowed(codes, WRITTEN, NOT_WRITTEN)


async def _joined(client: Any, node: int, groups: Iterable[str]) -> frozenset[str]:
    codes = {
        group: (await client.send(node, HeartbeatRequest(group, 1, "nobody"))).error_code
        for group in groups
    }
    return _allowed(codes, JOINED, NOT_JOINED)


def _allowed(codes: dict[str, int], yes: set[int], no: int) -> frozenset[str]:
    assert set(codes.values()) <= {*yes, no}
    return frozenset(name for name, code in codes.items() if code != no)
