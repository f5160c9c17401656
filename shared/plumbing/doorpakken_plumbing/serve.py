"""Runs a service's app as a process until it is asked to end. Refuses to call it well when the
start or a task failed: the exit code says so."""

import signal
import sys

import uvicorn
from fastapi import FastAPI

from doorpakken_plumbing.service import Service
from doorpakken_plumbing.settings import ServiceSettings


class _Leaves(BaseException):
    """Somebody asked the process to end."""


def run(app: FastAPI) -> None:
    """Serves until SIGTERM or Ctrl-C; exits with 1 when the start or a task failed."""
    settings: ServiceSettings = app.state.settings
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=settings.trusted_proxies,
        timeout_graceful_shutdown=int(settings.shutdown_seconds),
    )
    server, was_asked = uvicorn.Server(config), False
    # The server finishes, and then sends the signal on: to us it is the way out, and no death.
    signal.signal(signal.SIGTERM, _leave)
    try:
        server.run()
    except _Leaves:
        was_asked = True
    service: Service | None = app.state.service
    has_failed = service is None or service.failed_task
    if has_failed or not (server.started or was_asked):
        sys.exit(1)


def _leave(_number: int, _frame: object) -> None:
    raise _Leaves
