"""One system with registration alone. Run as a program it is that of the checkout in whose folder
it runs, with a session that is open: says where and which it is and the token of its staff as a
line of JSON, and stops when its input ends."""

import asyncio
import json
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import httpx
from doorpakken_local.system import System

from tests.e2e.gatherings import open_now, open_session, person, play_at

OTHERS = ("matching", "notification", "reporting")
SEATS, FIRST = 40, 199_999


@asynccontextmanager
async def registration_alone(base_port: int) -> AsyncIterator[System]:
    with tempfile.TemporaryDirectory() as folder:
        async with System(Path(folder), base_port) as system:
            for other in OTHERS:
                await system.stop_one(other)
            yield system


async def sign_in(system: System) -> str:
    """The token of the first account at registration."""
    credentials = {"email": "staff@doorpakken.example", "password": system.staff_password}
    url = f"{system.urls['registration']}/api/v1/staff/login"
    async with httpx.AsyncClient(timeout=30) as client:
        answer = await client.post(url, json=credentials)
    answer.raise_for_status()
    return str(answer.json()["token"])


@dataclass(frozen=True)
class Opened:
    """A gathering with one session of 40 seats, and the token of staff."""

    token: str
    gathering_path: str
    session_id: str


async def open_session_at(system: System) -> Opened:
    async with play_at(system) as play:
        await open_now(play)
        here = person(FIRST)
        present = await play.desk.registration.post(f"{play.gathering_path}/attendees", here)
        session_id = await open_session(play, present["id"], seats=SEATS)
    return Opened(await sign_in(system), play.gathering_path, session_id)


async def _serve(base_port: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with System(Path(folder), base_port) as system:
            said = {"api": system.urls["registration"], **asdict(await open_session_at(system))}
            for other in OTHERS:
                await system.stop_one(other)
            sys.stdout.write(f"{json.dumps(said)}\n")
            sys.stdout.flush()
            await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1])))
