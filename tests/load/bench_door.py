"""Measures how long staff at the door wait for a name or a code, at a gathering of many people:
search after search, as the page without scripts asks."""

import argparse
import asyncio
import json
import sys
import tempfile
import time
from pathlib import Path
from statistics import quantiles

import httpx
from doorpakken_local.demo.place import Place
from doorpakken_local.demo.play import Play, opened
from doorpakken_local.demo.stories.story import load
from doorpakken_local.system import System

from tests.e2e.gatherings import open_now, person
from tests.load.http_load import post_all
from tests.load.rows import Row, at_most, tell

CONNECTIONS, P95_MOST_MS = 16, 100.0
OTHERS = ("matching", "notification", "reporting")


async def fill(play: Play, url: str, people: int, headers: dict[str, str]) -> None:
    """So many people sign up."""
    bodies = [json.dumps(person(number)).encode() for number in range(people)]
    run = await post_all(f"{url}{play.gathering_path}/attendees", bodies, CONNECTIONS, headers)
    assert run.statuses == {201: people}, run.statuses


async def searches(play: Play, url: str, times: int, headers: dict[str, str]) -> list[float]:
    """How long each took, in milliseconds: names by their beginnings, and codes in turn."""
    async with httpx.AsyncClient(base_url=url, headers=headers) as client:
        path = f"{play.gathering_path}/door-list"
        listed = (await client.get(path)).json()["items"]
        page = f"/staff/g/{play.gathering_path.rpartition('/')[2]}/door"
        took = []
        for number in range(times):
            one = listed[number * 7 % len(listed)]
            typed = one["code"] if number % 2 else one["name"][:4]
            began = time.perf_counter()
            answer = await client.get(page, params={"q": typed})
            took.append((time.perf_counter() - began) * 1000)
            assert answer.status_code == 200, answer.text
        return took


async def bench(people: int, times: int, base_port: int) -> list[Row]:
    """Starts a whole system, leaves registration alone, measures and stops."""
    with tempfile.TemporaryDirectory() as folder:
        system = System(Path(folder), base_port)
        async with system, opened(Place.of(system), load()) as play:
            await open_now(play)
            headers = {"Authorization": f"Bearer {play.office.token}"}
            for other in OTHERS:
                await system.stop_one(other)
            url = system.urls["registration"]
            await fill(play, url, people, headers)
            await searches(play, url, 20, headers)
            took = quantiles(await searches(play, url, times, headers), n=100)
    return [
        Row("door search p50", took[49], "ms"),
        at_most("door search p95", took[94], "ms", P95_MOST_MS),
    ]


def main() -> None:
    """Reads the arguments; exits with 1 when a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=1000, help="at the gathering")
    parser.add_argument("--times", type=int, default=400, help="searches")
    parser.add_argument("--base-port", type=int, default=18700)
    parser.add_argument("--json", type=Path, help="write the rows here as well")
    chosen = parser.parse_args()
    rows = asyncio.run(bench(chosen.people, chosen.times, chosen.base_port))
    sys.exit(0 if tell(rows, chosen.json) else 1)


if __name__ == "__main__":
    main()
