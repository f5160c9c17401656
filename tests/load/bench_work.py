"""Measures the page Vandaag with a thousand attendees: how long the server takes for it while it is
quiet, judged by the 95th percentile, and while people sign up."""

import argparse
import asyncio
import sys
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles

from doorpakken_local.system import System

from tests.load.acts import Acts
from tests.load.rows import Row, at_most, tell

ATTENDEES, LOOKS = 1_000, 200
P95_MOST_MS = 300
PAGES = {"Vandaag": "/staff", "Vandaag of a gathering": "/staff/g/{g}/today"}


async def measure(system: System, attendees: int, looks: int) -> list[Row]:
    """A median and a 95th percentile in milliseconds for each page."""
    rows: list[Row] = []
    async with Acts.on(system) as acts:
        await acts.warm_up(pages=False)
        await acts.grow_to(attendees)
        for name, path in PAGES.items():
            rows += _rows(f"{name}, quiet", await _look(acts, path, looks))
        signing_up = asyncio.create_task(acts.grow_to(2 * attendees))
        busy = await _look(acts, "/staff", looks)
        rows.append(Row("Vandaag, while people sign up, median", median(busy), "ms"))
        await signing_up
    return rows


async def _look(acts: Acts, path: str, looks: int) -> list[float]:
    url = f"{acts.system.urls['registration']}{path.format(g=acts.gathering_id)}"
    taken = []
    for _ in range(looks):
        began_at = time.perf_counter()
        (await acts.desk.client.get(url)).raise_for_status()
        taken.append(1000 * (time.perf_counter() - began_at))
    return taken


def _rows(name: str, taken: list[float]) -> list[Row]:
    p95 = quantiles(taken, n=20)[-1]
    return [
        Row(f"{name}, median", median(taken), "ms"),
        at_most(f"{name}, p95", p95, "ms", P95_MOST_MS),
    ]


async def bench(attendees: int, looks: int, base_port: int) -> list[Row]:
    """Starts the whole system, measures, and stops it."""
    with tempfile.TemporaryDirectory() as folder:
        async with System(Path(folder), base_port) as system:
            return await measure(system, attendees, looks)


def main() -> None:
    """Reads the arguments; exits with 1 when a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--attendees", type=int, default=ATTENDEES)
    parser.add_argument("--looks", type=int, default=LOOKS)
    parser.add_argument("--base-port", type=int, default=18700)
    parser.add_argument("--json", type=Path, help="write the rows here as well")
    chosen = parser.parse_args()
    rows = asyncio.run(bench(chosen.attendees, chosen.looks, chosen.base_port))
    sys.exit(0 if tell(rows, chosen.json) else 1)


if __name__ == "__main__":
    main()
