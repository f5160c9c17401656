"""Measures sign-ups for one session, all at once, against uncontended registrations of the same
people: interleaved pairs, all in one run; and then on two replicas. Judged by the ratio."""

import argparse
import asyncio
import json
import sys
import tempfile
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from statistics import median

import httpx
from doorpakken_local.system import System

from tests.e2e.gatherings import API, person
from tests.load.http_load import Run, post_all
from tests.load.rows import Row, at_least, at_most, tell
from tests.load.side import OTHERS, Opened, open_session_at
from tests.probe import eventually

CONNECTIONS = 64
RATE_LEAST, P99_MOST_MS = 0.8, 250.0
PAGE, FIRST = 500, 200_000
REPLICA = "registration-2"


@dataclass
class Bench:
    """A gathering with one session; people come to be as they are measured."""

    urls: Sequence[str]
    opened: Opened
    made: int = FIRST

    @property
    def headers(self) -> dict[str, str]:
        """Staff's."""
        return {"Authorization": f"Bearer {self.opened.token}"}

    @property
    def _attendees(self) -> str:
        return f"{self.urls[0]}{self.opened.gathering_path}/attendees"

    async def register(self, count: int) -> Run:
        """So many new people."""
        bodies = [json.dumps(person(self.made + number)).encode() for number in range(count)]
        self.made += count
        return await post_all(
            f"{self.urls[0]}{self.opened.gathering_path}/attendees",
            bodies,
            CONNECTIONS,
            self.headers,
        )

    async def join(self, ids: Sequence[str]) -> Run:
        """Each of these people asks for a seat in the one session, half of them at each replica."""
        path = f"{API}/sessions/{self.opened.session_id}/sign-ups"
        bodies = [json.dumps({"attendee_id": one}).encode() for one in ids]
        parts = len(self.urls)
        runs = await asyncio.gather(
            *(
                post_all(f"{url}{path}", bodies[at::parts], CONNECTIONS // parts, self.headers)
                for at, url in enumerate(self.urls)
            )
        )
        return Run(
            max(run.seconds for run in runs),
            [one for run in runs for one in run.latencies_seconds],
            _added([run.statuses for run in runs]),
        )

    async def newest(self, count: int) -> list[str]:
        """The attendees who registered last."""
        found: deque[str] = deque(maxlen=count)
        query = {"limit": str(PAGE)}
        async with httpx.AsyncClient(timeout=30, headers=self.headers) as client:
            while True:
                page = (await client.get(self._attendees, params=query)).raise_for_status().json()
                found += [item["id"] for item in page["items"]]
                if page["next"] is None:
                    return [*found]
                query["cursor"] = page["next"]

    async def drained(self) -> None:
        """Everything that was said is on Kafka."""
        async with httpx.AsyncClient(timeout=30) as client:
            for url in self.urls:
                figures = partial(client.get, f"{url}/system/figures")
                await eventually(figures, lambda answer: not answer.json()["pending"], seconds=60)


def _added(counts: Sequence[dict[int, int]]) -> dict[int, int]:
    return {status: sum(one.get(status, 0) for one in counts) for one in counts for status in one}


def failed(run: Run) -> int:
    """Answers that were not a seat or a place in line."""
    return sum(count for status, count in run.statuses.items() if status != 201)


async def measure(bench: Bench, pairs: int, count: int) -> list[Row]:
    """Sign-ups against registrations; the first pair warms up and is not counted."""
    found = [await joined_by_new(bench, count) for _ in range(pairs + 1)]
    counted = found[1:]
    rates = [joined.per_second / registered.per_second for registered, joined in counted]
    p99 = median(joined.percentile_ms(0.99) for _, joined in counted)
    return [
        Row("registrations", median(one.per_second for one, _ in counted), "/s"),
        Row("sign-ups for one session", median(one.per_second for _, one in counted), "/s"),
        at_least("sign-ups/registrations", median(rates), "x", RATE_LEAST),
        at_most("sign-ups p99", p99, "ms", P99_MOST_MS),
        at_most("sign-ups failed", sum(failed(one) for _, one in found), "", 0),
        at_most("registrations failed", sum(failed(one) for one, _ in found), "", 0),
    ]


async def joined_by_new(bench: Bench, count: int) -> tuple[Run, Run]:
    """How so many people registered, and how they all asked for a seat."""
    registered = await bench.register(count)
    await bench.drained()
    joined = await bench.join(await bench.newest(count))
    await bench.drained()
    return registered, joined


async def measure_replicas(bench: Bench, count: int) -> list[Row]:
    """The same session asked for at two replicas at once."""
    _, joined = await joined_by_new(bench, count)
    return [
        Row("two replicas, sign-ups for one session", joined.per_second, "/s"),
        Row("two replicas, sign-ups p99", joined.percentile_ms(0.99), "ms"),
        at_most("two replicas, sign-ups failed", failed(joined), "", 0),
    ]


async def bench(pairs: int, count: int, base_port: int) -> list[Row]:
    """Starts a whole system, opens a session, leaves registration alone, measures and stops."""
    with tempfile.TemporaryDirectory() as folder:
        system = System(Path(folder), base_port, replicas={"registration": 2})
        async with system:
            opened = await open_session_at(system)
            for other in (REPLICA, *OTHERS):
                await system.stop_one(other)
            first = system.urls["registration"]
            alone = Bench([first], opened)
            rows = await measure(alone, pairs, count)
            await system.start_one(REPLICA)
            both = [first, system.instances[REPLICA].url]
            return rows + await measure_replicas(replace(alone, urls=both), count)


def main() -> None:
    """Reads the arguments; exits with 1 when a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=5, help="interleaved pairs")
    parser.add_argument("--count", type=int, default=1500, help="people per run")
    parser.add_argument("--base-port", type=int, default=18600)
    parser.add_argument("--json", type=Path, help="write the rows here as well")
    chosen = parser.parse_args()
    rows = asyncio.run(bench(chosen.pairs, chosen.count, chosen.base_port))
    sys.exit(0 if tell(rows, chosen.json) else 1)


if __name__ == "__main__":
    main()
