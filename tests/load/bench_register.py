"""Measures registering attendees against a bare floor: interleaved pairs, all in one run.
Judged by ratios; both absolute values are printed beside them."""

import argparse
import asyncio
import json
import os
import statistics
import subprocess
import sys
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
from doorpakken_local.system import System

from tests.load.http_load import Run, post_all
from tests.load.rows import Row, at_least, at_most, tell
from tests.load.side import registration_alone, sign_in
from tests.probe import becomes

CONNECTIONS = (16, 64)
FLOOR_PORT_OFFSET = 40
RATE_LEAST = 0.7
RATE_LEAST_LANES = 1.0
P99_MOST = 2.0
COUNTED_SHARE = 15
WAIT_SECONDS = 60


@dataclass
class Bench:
    """One system with registration alone, and the floor beside it where there is one."""

    api: str
    token: str
    floor: str = ""
    made: int = 0

    def bodies(self, count: int) -> list[bytes]:
        """New people, nobody twice in the whole bench."""
        first, self.made = self.made, self.made + count
        return [_body(number) for number in range(first, self.made)]

    async def gathering(self, capacity: int | None) -> str:
        """The id of a published gathering."""
        headers = {"Authorization": f"Bearer {self.token}"}
        async with httpx.AsyncClient(base_url=self.api, headers=headers, timeout=30) as client:
            made = await client.post("/api/v1/gatherings", json=_gathering(capacity))
            made.raise_for_status()
            found: str = made.json()["id"]
            (await client.post(f"/api/v1/gatherings/{found}/publish")).raise_for_status()
            if self.floor:
                (await client.put(f"{self.floor}/gatherings/{found}")).raise_for_status()
        return found

    async def ours(self, gathering_id: str, count: int, connections: int) -> Run:
        """Registrations at the product; returns when every event of them is on Kafka."""
        url = f"{self.api}/api/v1/gatherings/{gathering_id}/attendees"
        headers = {"Authorization": f"Bearer {self.token}"}
        run = await post_all(url, self.bodies(count), connections, headers)
        _require(run, count)
        await self._drained()
        return run

    async def bare(self, gathering_id: str, count: int, connections: int, counted: bool) -> Run:
        """The same number at the floor, with the same documents written."""
        url = f"{self.floor}/gatherings/{gathering_id}/attendees?counted={counted}"
        run = await post_all(url, self.bodies(count), connections)
        _require(run, count)
        return run

    async def _drained(self) -> None:
        async with httpx.AsyncClient(timeout=30) as client:

            async def pending() -> int:
                found: int = (await client.get(f"{self.api}/system/figures")).json()["pending"]
                return found

            await becomes(pending, 0, WAIT_SECONDS)


def _body(number: int) -> bytes:
    person = {
        "name": f"Bench Boterbloem {number}",
        "email": f"bench{number}@doorpakken.example",
        "language": "nl",
        "kind": "community_member",
        "interests": ["jongeren"],
        "offers": ["people"],
    }
    return json.dumps(person).encode()


def _gathering(capacity: int | None) -> dict[str, object]:
    return {
        "title": "Meting",
        "ambition": "Weten hoe snel het gaat",
        "starts_at": "2099-10-06T13:00:00Z",
        "ends_at": "2099-10-06T17:00:00Z",
        "venue": {"name": "Zaal", "address": "Plein 1"},
        "capacity": capacity,
    }


def _require(run: Run, count: int) -> None:
    if run.statuses != {201: count}:
        raise SystemExit(f"expected {count} times 201, got {run.statuses}")


def rows_of(name: str, pairs: list[tuple[Run, Run]], rate_least: float) -> list[Row]:
    """Absolute values, and medians of the ratios of (floor, ours) pairs."""
    floors, ours = zip(*pairs, strict=True)
    rate = statistics.median(our.per_second / floor.per_second for floor, our in pairs)
    p99 = statistics.median(
        our.percentile_ms(0.99) / floor.percentile_ms(0.99) for floor, our in pairs
    )
    return [
        Row(f"{name} floor", _median(run.per_second for run in floors), "/s"),
        Row(f"{name} ours", _median(run.per_second for run in ours), "/s"),
        at_least(f"{name} ours/floor", rate, "x", rate_least),
        Row(f"{name} floor p99", _median(run.percentile_ms(0.99) for run in floors), "ms"),
        Row(f"{name} ours p99", _median(run.percentile_ms(0.99) for run in ours), "ms"),
        at_most(f"{name} ours/floor p99", p99, "x", P99_MOST),
    ]


def _median(values: Iterable[float]) -> float:
    return statistics.median(values)


async def measure(bench: Bench, pairs: int, count: int) -> list[Row]:
    """All rows; one pair of each sort goes first and is not counted."""
    rows: list[Row] = []
    for sort, capacity, least, share in (
        ("register", None, RATE_LEAST, 1),
        # The floor's counter lets one transaction through at a time: fewer, or it takes for ever.
        ("register, capacity counted", 100_000, RATE_LEAST_LANES, COUNTED_SHARE),
    ):
        gathering_id = await bench.gathering(capacity)
        for connections in CONNECTIONS:
            found = [
                (
                    await bench.bare(gathering_id, count // share, connections, share > 1),
                    await bench.ours(gathering_id, count // share, connections),
                )
                for _ in range(pairs + 1)
            ]
            name = f"{sort}, {connections} connections,"
            rows += rows_of(name, found[1:], least)
    return rows


@asynccontextmanager
async def _floor(system: System, port: int) -> AsyncIterator[str]:
    environ = os.environ | {
        "MONGODB_URI": system.access.mongodb_admin_uri,
        "MONGODB_DATABASE": "bench_floor",
        "PORT": str(port),
    }
    # The reference is only a process of this bench; it is ended below however the bench ends.
    process = subprocess.Popen([sys.executable, "-m", "tests.load.floor"], env=environ)  # noqa: ASYNC220
    url = f"http://127.0.0.1:{port}"
    try:
        await _answers(url)
        yield url
    finally:
        process.terminate()
        process.wait(10)


async def _answers(url: str) -> None:
    async with httpx.AsyncClient() as client:

        async def is_well() -> bool:
            try:
                return (await client.get(f"{url}/healthz")).is_success
            except httpx.TransportError:
                return False

        await becomes(is_well, True, WAIT_SECONDS)


async def bench(pairs: int, count: int, base_port: int) -> list[Row]:
    """Starts Kafka, MongoDB and registration, measures, and stops them."""
    async with (
        registration_alone(base_port) as system,
        _floor(system, base_port + FLOOR_PORT_OFFSET) as floor,
    ):
        found = Bench(system.urls["registration"], await sign_in(system), floor)
        return await measure(found, pairs, count)


def main() -> None:
    """Reads the arguments; exits with 1 when a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=5, help="interleaved pairs per sort")
    parser.add_argument("--count", type=int, default=1500, help="registrations per run")
    parser.add_argument("--base-port", type=int, default=18400)
    parser.add_argument("--json", type=Path, help="write the rows here as well")
    chosen = parser.parse_args()
    rows = asyncio.run(bench(chosen.pairs, chosen.count, chosen.base_port))
    sys.exit(0 if tell(rows, chosen.json) else 1)


if __name__ == "__main__":
    main()
