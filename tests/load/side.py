"""One system with registration alone. Run as a program it is that of the checkout whose Python runs
it: says where it is and the token of its staff as a line of JSON, and stops when its input ends."""

import asyncio
import json
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
from doorpakken_local.system import System


@asynccontextmanager
async def registration_alone(base_port: int) -> AsyncIterator[System]:
    with tempfile.TemporaryDirectory() as folder:
        async with System(Path(folder), base_port) as system:
            for other in ("matching", "notification", "reporting"):
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


async def _serve(base_port: int) -> None:
    async with registration_alone(base_port) as system:
        said = {"api": system.urls["registration"], "token": await sign_in(system)}
        sys.stdout.write(f"{json.dumps(said)}\n")
        sys.stdout.flush()
        await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1])))
