"""A small HTTP/1.1 load generator: bodies over kept-alive connections, each answer timed.
It costs far less than the servers it measures, because all of them share two cores."""

import asyncio
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Run:
    """What one run showed: seconds in all, latency of each request, and answers by status."""

    seconds: float
    latencies_seconds: Sequence[float]
    statuses: dict[int, int]

    @property
    def per_second(self) -> float:
        """Requests answered per second."""
        return len(self.latencies_seconds) / self.seconds

    def percentile_ms(self, share: float) -> float:
        """The latency that `share` of the requests did not exceed."""
        ordered = sorted(self.latencies_seconds)
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))]


async def post_all(
    url: str, bodies: Sequence[bytes], connections: int, headers: dict[str, str] | None = None
) -> Run:
    """Posts every body once, over so many connections at the same time."""
    parts = urlsplit(url)
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    head = _head(path, parts.netloc, headers or {})
    waiting = iter(bodies)
    latencies: list[float] = []
    statuses: dict[int, int] = {}
    started_at = time.perf_counter()
    await asyncio.gather(
        *(
            _connection(
                str(parts.hostname), int(parts.port or 80), head, waiting, latencies, statuses
            )
            for _ in range(connections)
        )
    )
    return Run(time.perf_counter() - started_at, latencies, statuses)


def _head(path: str, host: str, headers: dict[str, str]) -> bytes:
    fields = {"Host": host, "Content-Type": "application/json", **headers}
    lines = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"POST {path} HTTP/1.1\r\n{lines}Content-Length: ".encode()


async def _connection(
    host: str,
    port: int,
    head: bytes,
    bodies: Iterator[bytes],
    latencies: list[float],
    statuses: dict[int, int],
) -> None:
    reader, writer = await asyncio.open_connection(host, port)
    for body in bodies:
        sent_at = time.perf_counter()
        writer.write(head + str(len(body)).encode() + b"\r\n\r\n" + body)
        status = await _read_answer(reader)
        latencies.append(time.perf_counter() - sent_at)
        statuses[status] = statuses.get(status, 0) + 1
    writer.close()
    await writer.wait_closed()


async def _read_answer(reader: asyncio.StreamReader) -> int:
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    at = head.index(b"content-length:") + len(b"content-length:")
    await reader.readexactly(int(head[at : head.index(b"\r\n", at)]))
    return int(head[9:12])
