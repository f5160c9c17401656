"""Waits until a service reports that it is ready. Fails as soon as the process ends."""

import asyncio

import httpx

from doorpakken_local.processes import Running

READY_SECONDS = 60.0
POLL_SECONDS = 0.05


async def wait_until_ready(running: Running, url: str) -> None:
    """Return once `/readyz` answers 200; raises PartFailed with the last reason after
    READY_SECONDS."""
    reason = "no answer"
    deadline = asyncio.get_running_loop().time() + READY_SECONDS
    async with httpx.AsyncClient(trust_env=False) as client:
        while asyncio.get_running_loop().time() < deadline:
            running.check()
            try:
                answer = await client.get(f"{url}/readyz")
            except httpx.TransportError:
                reason = "no answer"
            else:
                if answer.is_success:
                    return
                reason = answer.text
            await asyncio.sleep(POLL_SECONDS)
    raise running.failure(f"was not ready within {READY_SECONDS:.0f} s ({reason})")
