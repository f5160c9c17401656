"""Measures registering attendees, and signing up for one session, here beside another checkout of
this project, such as an older commit after its own `make setup`: both run at the same time, and
bursts go to one and the other in turn. Judged by the median ratio."""

import argparse
import asyncio
import json
import os
import statistics
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tests.load import bench_seats
from tests.load.bench_register import CONNECTIONS, Bench
from tests.load.rows import Row, at_least, tell
from tests.load.side import Opened

HERE = Path(__file__).parents[2]
SIDE = HERE / "tests" / "load" / "side.py"
PORTS_APART = 200
LEAST = 0.95
SORTS = {"register": None, "register, capacity counted": 100_000}

Pair = tuple[float, float]  # requests per second there and here
Burst = Callable[[], Awaitable[float]]  # returns requests per second


@dataclass(frozen=True)
class Side:
    """Registration of one checkout."""

    attendees: Bench
    seats: bench_seats.Bench

    async def register(self, gathering_id: str, count: int, connections: int) -> float:
        return (await self.attendees.ours(gathering_id, count, connections)).per_second

    async def join(self, count: int) -> float:
        """New people ask for a seat in the one session."""
        _, joined = await bench_seats.joined_by_new(self.seats, count)
        if failed := bench_seats.failed(joined):
            raise SystemExit(f"{failed} sign-ups were refused")
        return joined.per_second


@asynccontextmanager
async def _side(checkout: Path, base_port: int) -> AsyncIterator[Side]:
    """The system of a checkout, ended with the block."""
    process = await asyncio.create_subprocess_exec(
        checkout / ".venv" / "bin" / "python",
        SIDE,
        str(base_port),
        cwd=checkout,
        env={**os.environ, "PYTHONPATH": str(checkout)},
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdin
    assert process.stdout
    try:
        said = await process.stdout.readline()
        if not said:
            raise SystemExit(f"the system of {checkout} did not start")
        told = json.loads(said)
        api = told.pop("api")
        yield Side(Bench(api, told["token"]), bench_seats.Bench([api], Opened(**told)))
    finally:
        process.stdin.close()
        await process.wait()


async def _measure(there: Side, here: Side, pairs: int, count: int) -> list[Row]:
    """A row for each sort and number of connections."""
    rows: list[Row] = []
    for sort, capacity in SORTS.items():
        ids = [await side.attendees.gathering(capacity) for side in (there, here)]
        for connections in CONNECTIONS:
            bursts = [
                partial(side.register, gathering_id, count, connections)
                for side, gathering_id in zip((there, here), ids, strict=True)
            ]
            found = await _in_turn(bursts, pairs)
            rows += _rows(f"{sort}, {connections} connections,", found)
    found = await _in_turn([partial(side.join, count) for side in (there, here)], pairs)
    return rows + _rows("sign-ups for one session,", found)


async def _in_turn(bursts: Sequence[Burst], pairs: int) -> list[Pair]:
    """Who goes first takes turns, too. The first pair is not counted."""
    (there, here), found = bursts, list[Pair]()
    for turn in range(pairs + 1):
        if turn % 2:
            before = await there()
            found.append((before, await here()))
        else:
            after = await here()
            found.append((await there(), after))
    return found[1:]


def _rows(name: str, pairs: list[Pair]) -> list[Row]:
    there, here = zip(*pairs, strict=True)
    return [
        Row(f"{name} there", statistics.median(there), "/s"),
        Row(f"{name} here", statistics.median(here), "/s"),
        at_least(f"{name} here/there", statistics.median(h / t for t, h in pairs), "x", LEAST),
    ]


async def _bench(other: Path, pairs: int, count: int, base_port: int) -> list[Row]:
    async with AsyncExitStack() as sides:
        there = await sides.enter_async_context(_side(other, base_port))
        here = await sides.enter_async_context(_side(HERE, base_port + PORTS_APART))
        return await _measure(there, here, pairs, count)


def main() -> None:
    """Reads the arguments; exits with 1 when a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("other", type=Path, help="the folder of the other checkout")
    parser.add_argument("--pairs", type=int, default=15, help="pairs per row")
    parser.add_argument("--count", type=int, default=800, help="registrations per burst")
    parser.add_argument("--base-port", type=int, default=18600)
    parser.add_argument("--json", type=Path, help="write the rows here as well")
    chosen = parser.parse_args()
    rows = asyncio.run(_bench(chosen.other.resolve(), chosen.pairs, chosen.count, chosen.base_port))
    sys.exit(0 if tell(rows, chosen.json) else 1)


if __name__ == "__main__":
    main()
