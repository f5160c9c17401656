"""Makes the app of one service: its endpoints, its middleware, its start and stop."""

import asyncio
import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from fastapi import FastAPI

from doorpakken_plumbing import failpoints
from doorpakken_plumbing.http.middleware import install_middleware
from doorpakken_plumbing.http.openapi import describe
from doorpakken_plumbing.instance_lock import instance_lock
from doorpakken_plumbing.observing.logging import configure_logging
from doorpakken_plumbing.observing.tracing import start_spans
from doorpakken_plumbing.service import Parts, Service
from doorpakken_plumbing.settings import ServiceSettings
from doorpakken_plumbing.system import router as system
from doorpakken_plumbing.time import clock

COLLECT_AFTER_ALLOCATIONS = 20_000


def create_app(settings: ServiceSettings, parts: Parts) -> FastAPI:
    """Connects when it is started, not before."""
    configure_logging(settings.service, settings.instance, settings.log_level)
    failpoints.arm(settings.failpoints)
    clock.adopt(settings.clock_file, allowed=settings.is_local)
    # FastAPI's own /docs loads scripts of another host, which our pages' policy forbids.
    app = FastAPI(
        title=f"Doorpakken {settings.service}",
        servers=[{"url": settings.public_url}],
        lifespan=_lifespan,
        docs_url=None,
        redoc_url=None,
    )
    app.state.parts, app.state.settings, app.state.service = parts, settings, None
    install_middleware(app, settings)
    # The service's own routes come first, since each route that is tried takes time. Routers are
    # not included, because their routes would be tried twice.
    routers = (*parts.routers, system)
    for router in routers:
        app.router.routes.extend(router.routes)
    describe(app, routers, parts.examples)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    settings: ServiceSettings = app.state.settings
    stop_spans = start_spans(settings)
    with instance_lock(settings.lock_file):
        service = Service(settings, app.state.parts)
        app.state.service = service
        starting = asyncio.create_task(service.start(), name="start")
        starting.add_done_callback(_calm_collector)
        try:
            await _until_started_or_waiting(service, starting)
            yield
        finally:
            starting.cancel()
            await service.stop()
            stop_spans()


async def _until_started_or_waiting(service: Service, starting: asyncio.Task[None]) -> None:
    """Requests are served once the service has started or waits for something, which it then
    reports. Raises what the start raised."""
    waiting = asyncio.create_task(service.is_waiting.wait())
    await asyncio.wait({starting, waiting}, return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    if starting.done():
        starting.result()
    else:
        starting.add_done_callback(partial(service.notice_end, may_return=True))


def _calm_collector(_started: object) -> None:
    # Objects loaded by now stay, so the garbage collector need not scan them again and again. Under
    # load its scans took a fifth of the time, and made the slowest answers slow.
    gc.collect()
    gc.freeze()
    gc.set_threshold(COLLECT_AFTER_ALLOCATIONS, 20, 20)
