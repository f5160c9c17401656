"""Measures the public page of what was promised, at a gathering with a hundred needs and three
hundred promises: how long the server takes for it, judged by the 95th percentile."""

import argparse
import asyncio
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import httpx
from doorpakken_local.system import System
from doorpakken_plumbing.time import clock

from tests.fault.desk import Desk
from tests.load.rows import Row, at_most, tell

PITCHES, NEEDS_EACH, PROMISES_EACH, LOOKS = 10, 10, 3, 200
P95_MOST_MS = 40
WARM_UP = 20


async def measure(system: System, looks: int) -> list[Row]:
    """A median and a 95th percentile in milliseconds."""
    desk = await Desk.open(system)
    gathering_id = await desk.gathering()
    organisation_id = await _promising(desk, gathering_id)
    for number in range(PITCHES):
        await _pitch(desk, gathering_id, number, organisation_id)
    url = f"{system.urls['registration']}/g/{gathering_id}/promises"
    async with httpx.AsyncClient() as anybody:
        await _look(anybody, url, WARM_UP)
        taken = await _look(anybody, url, looks)
    await desk.close()
    name = f"page of {PITCHES * NEEDS_EACH} needs, {PITCHES * NEEDS_EACH * PROMISES_EACH} promises"
    p95 = quantiles(taken, n=20)[-1]
    return [
        Row(f"{name}, median", median(taken), "ms"),
        at_most(f"{name}, p95", p95, "ms", P95_MOST_MS),
    ]


async def _look(anybody: httpx.AsyncClient, url: str, looks: int) -> list[float]:
    taken = []
    for _ in range(looks):
        began_at = time.perf_counter()
        (await anybody.get(url)).raise_for_status()
        taken.append(1000 * (time.perf_counter() - began_at))
    return taken


async def _promising(desk: Desk, gathering_id: str) -> str:
    """The id of an organisation that promises."""
    somebody = {"name": "Marloes Esdoorn", "email": "marloes@reigerbank.example"}
    kind = {"language": "nl", "kind": "covenant_partner", "organisation": "Reigerbank"}
    made = await _post(desk, f"gatherings/{gathering_id}/attendees", somebody | kind)
    return str(made["organisation_id"])


async def _pitch(desk: Desk, gathering_id: str, number: int, organisation_id: str) -> None:
    """With its needs, and a few accepted promises for each."""
    need = {"category": "placement", "description": "stageplekken", "amount": 15, "unit": "place"}
    who = {"name": f"Rowena Zilverspar {number}", "email": f"rowena.{number}@octa.example"}
    plan = {"kind": "project", "title": f"Plan {number}", "summary": "Jongeren en bedrijven"}
    body = who | plan | {"needs": [need] * NEEDS_EACH}
    pitch = await _post(desk, f"gatherings/{gathering_id}/pitches", body)
    await _post(desk, f"pitches/{pitch['id']}/review", {"decision": "accepted"})
    due = (clock.now() + timedelta(days=60)).date().isoformat()
    publication = {"publication": "with_name", "due": due}
    for asked in pitch["needs"] * PROMISES_EACH:
        promise = {"what": "stageplekken", "need_id": asked["need_id"], "amount": 4}
        whose = {"unit": "place", "organisation_id": organisation_id}
        made = await _post(
            desk, f"pitches/{pitch['id']}/commitments", promise | whose | publication
        )
        await _post(desk, f"commitments/{made['id']}/accept", publication)


async def _post(desk: Desk, path: str, body: dict[str, Any]) -> dict[str, Any]:
    answer = await desk.client.post(f"/api/v1/{path}", json=body)
    answer.raise_for_status()
    found: dict[str, Any] = answer.json()
    return found


async def bench(looks: int, base_port: int) -> list[Row]:
    """Starts the whole system, measures, and stops it."""
    with tempfile.TemporaryDirectory() as folder:
        async with System(Path(folder), base_port) as system:
            return await measure(system, looks)


def main() -> None:
    """Reads the arguments; exits with 1 when a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--looks", type=int, default=LOOKS)
    parser.add_argument("--base-port", type=int, default=18800)
    parser.add_argument("--json", type=Path, help="write the rows here as well")
    chosen = parser.parse_args()
    rows = asyncio.run(bench(chosen.looks, chosen.base_port))
    sys.exit(0 if tell(rows, chosen.json) else 1)


if __name__ == "__main__":
    main()
