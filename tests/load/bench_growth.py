"""Measures what a system costs as it grows: the same acts with a thousand, ten thousand and a
hundred thousand attendees, and with a million rows of earlier years. Judged by last to first."""

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path
from statistics import median

from doorpakken_local.system import System

from tests.ageing import Age, age
from tests.load.acts import Acts
from tests.load.rows import Row, at_most, tell

SIZES = (1_000, 10_000, 100_000)
OLD_ROWS = 1_000_000
RATIO_MOST = 1.5


async def measure(system: System, sizes: tuple[int, ...], old_rows: int) -> list[Row]:
    """A row for each act and size in milliseconds, and one that compares the last to the first."""
    found: dict[str, list[tuple[str, float]]] = {}

    async def look(acts: Acts, when: str) -> None:
        sys.stderr.write(f"measuring with {when}\n")
        for name, samples in (await acts.all()).items():
            found.setdefault(name, []).append((when, 1000 * median(samples)))

    async with Acts.on(system) as acts:
        await acts.warm_up()
        for size in sizes:
            await acts.grow_to(size)
            await look(acts, f"{size:,} attendees")
        await age(acts.stores, Age(old_rows, old_rows, old_rows // 10, old_rows // 10))
        await look(acts, f"{old_rows:,} old rows")
    rows = [
        Row(f"{name}, {when}", value, "ms")
        for name, values in found.items()
        for when, value in values
    ]
    return rows + [
        at_most(f"{name}, last to first", values[-1][1] / values[0][1], "x", RATIO_MOST)
        for name, values in found.items()
    ]


async def bench(sizes: tuple[int, ...], old_rows: int, base_port: int) -> list[Row]:
    """Starts the whole system, measures, and stops it."""
    with tempfile.TemporaryDirectory() as folder:
        async with System(Path(folder), base_port) as system:
            return await measure(system, sizes, old_rows)


def main() -> None:
    """Reads the arguments; exits with 1 when a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="attendees, rising")
    parser.add_argument("--old-rows", type=int, default=OLD_ROWS)
    parser.add_argument("--base-port", type=int, default=18600)
    parser.add_argument("--json", type=Path, help="write the rows here as well")
    chosen = parser.parse_args()
    rows = asyncio.run(bench(tuple(chosen.sizes), chosen.old_rows, chosen.base_port))
    sys.exit(0 if tell(rows, chosen.json) else 1)


if __name__ == "__main__":
    main()
