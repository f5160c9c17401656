"""How often one address may do something that costs or guesses: windows in this process's memory.
Refuses more with 429; staff are exempt, and so is loopback in a local trial."""

from typing import Any

from fastapi import Depends, Request
from limits import parse
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import FixedWindowRateLimiter

from doorpakken_plumbing import clock
from doorpakken_plumbing.clients import address_of, client_of
from doorpakken_plumbing.errors import TooMany
from doorpakken_plumbing.openapi import adds
from doorpakken_plumbing.settings import LOOPBACK
from doorpakken_plumbing.staff import MaybeSignedIn


def limited(name: str, rate: str) -> Any:
    """A route dependency: at most `rate` (such as `30/minute`) from one address, by `name`."""
    allowed = parse(rate)
    # One limiter a route: its windows live and die with the process.
    limiter = FixedWindowRateLimiter(MemoryStorage())

    @adds(429)
    async def check(request: Request, staff: MaybeSignedIn) -> None:
        client = client_of(request)
        if staff or _is_trial(request):
            return
        if not await limiter.hit(allowed, name, client):
            window = await limiter.get_window_stats(allowed, name, client)
            raise TooMany(
                "Too many requests from this address. Wait a little and try again.",
                retry_after_seconds=window.reset_time - clock.real_now().timestamp(),
            )

    return Depends(check)


def _is_trial(request: Request) -> bool:
    return bool(request.app.state.service.settings.is_local) and address_of(request) in LOOPBACK
