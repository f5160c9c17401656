"""One system with registration alone, of the checkout whose Python runs this; says where it is and
the token of its staff as a line of JSON, and stops when its input ends."""

import asyncio
import json
import sys
import tempfile
from pathlib import Path

import httpx
from doorpakken_local.system import System


async def _serve(base_port: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with System(Path(folder), base_port) as system:
            for other in ("matching", "notification", "reporting"):
                await system.stop_one(other)
            api = system.urls["registration"]
            said = {"api": api, "token": await _sign_in(api, system.staff_password)}
            sys.stdout.write(f"{json.dumps(said)}\n")
            sys.stdout.flush()
            await asyncio.to_thread(sys.stdin.read)


async def _sign_in(api: str, password: str) -> str:
    credentials = {"email": "staff@doorpakken.example", "password": password}
    async with httpx.AsyncClient(timeout=30) as client:
        answer = await client.post(f"{api}/api/v1/staff/login", json=credentials)
    answer.raise_for_status()
    return str(answer.json()["token"])


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1])))
