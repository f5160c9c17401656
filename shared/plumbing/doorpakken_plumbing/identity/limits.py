"""Rate limits per machine or name, for what costs or guesses: windows in this process's memory.
Refuses more with 429; staff are exempt, and so is loopback in a local trial."""

from typing import Any

from fastapi import Depends, FastAPI, Request
from limits import RateLimitItem, RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import FixedWindowRateLimiter

from doorpakken_plumbing.http.errors import TooMany
from doorpakken_plumbing.http.openapi import adds
from doorpakken_plumbing.identity.clients import address_of, client_of
from doorpakken_plumbing.identity.staff import SCHEMES, Staff, maybe_signed_in
from doorpakken_plumbing.settings import LOOPBACK
from doorpakken_plumbing.time import clock


def in_a_hall(name: str, *, each: int) -> Any:
    """A route dependency: allows a full hall behind one address `each` requests per person,
    mistakes included, in `hall_minutes`. All routes with the same `name` share the limit."""

    @adds(401, 429, security=SCHEMES)
    async def check(request: Request) -> None:
        # Staff is not a dependency: FastAPI takes as long to resolve it as all that is below.
        if _is_trial(request) or await maybe_signed_in(request):
            return
        settings = request.app.state.service.settings
        allowed = RateLimitItemPerMinute(settings.hall_people * each, settings.hall_minutes)
        await _hit(request.app, allowed, name, client_of(request))

    return Depends(check)


async def limit_same(request: Request, staff: Staff | None, name: str, *parts: str) -> None:
    """Limits requests with the same parts, such as a machine and a name; raises TooMany. May be far
    below the limit of a hall, where everybody uses their own name."""
    settings = request.app.state.service.settings
    allowed = RateLimitItemPerMinute(settings.same_person, settings.hall_minutes)
    if not (staff or _is_trial(request)):
        await _hit(request.app, allowed, name, *parts)


async def _hit(app: FastAPI, allowed: RateLimitItem, *names: str) -> None:
    limiter = _limiter_of(app)
    if not await limiter.hit(allowed, *names):
        window = await limiter.get_window_stats(allowed, *names)
        raise TooMany(
            "Too many requests of this kind. Wait a little and try again.",
            retry_after_seconds=window.reset_time - clock.real_now().timestamp(),
        )


def _limiter_of(app: FastAPI) -> FixedWindowRateLimiter:
    # One for the app: its windows live as long as the process.
    if not hasattr(app.state, "limiter"):
        app.state.limiter = FixedWindowRateLimiter(MemoryStorage())
    limiter: FixedWindowRateLimiter = app.state.limiter
    return limiter


def _is_trial(request: Request) -> bool:
    return bool(request.app.state.service.settings.is_local) and address_of(request) in LOOPBACK
