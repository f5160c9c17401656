"""Measures registering attendees here beside another checkout of this project, such as an older
commit after its own `make setup`: both run at the same time, and bursts go to one and the other in
turn. Judged by the median ratio."""

import argparse
import asyncio
import json
import statistics
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from tests.load.bench_register import CONNECTIONS, Bench
from tests.load.rows import Row, at_least, tell

HERE = Path(__file__).parents[2]
SIDE = HERE / "tests" / "load" / "side.py"
PORTS_APART = 200
LEAST = 0.95
SORTS = {"register": None, "register, capacity counted": 100_000}

Pair = tuple[float, float]  # registrations per second there and here


@asynccontextmanager
async def _side(checkout: Path, base_port: int) -> AsyncIterator[Bench]:
    """The system of a checkout, ended with the block."""
    process = await asyncio.create_subprocess_exec(
        checkout / ".venv" / "bin" / "python",
        SIDE,
        str(base_port),
        cwd=checkout,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdin
    assert process.stdout
    try:
        said = await process.stdout.readline()
        if not said:
            raise SystemExit(f"the system of {checkout} did not start")
        yield Bench(**json.loads(said))
    finally:
        process.stdin.close()
        await process.wait()


async def _measure(there: Bench, here: Bench, pairs: int, count: int) -> list[Row]:
    """A row for each sort and number of connections; a pair goes first and is not counted."""
    rows: list[Row] = []
    for sort, capacity in SORTS.items():
        ids = {side.api: await side.gathering(capacity) for side in (there, here)}
        for connections in CONNECTIONS:
            found = list[Pair]()
            for turn in range(pairs + 1):
                rates = dict[str, float]()
                # Who goes first takes turns, too.
                for side in (there, here) if turn % 2 else (here, there):
                    run = await side.ours(ids[side.api], count, connections)
                    rates[side.api] = run.per_second
                found.append((rates[there.api], rates[here.api]))
            rows += _rows(f"{sort}, {connections} connections,", found[1:])
    return rows


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
