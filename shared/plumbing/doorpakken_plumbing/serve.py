"""Runs a service's app as a process until it is asked to end.
The exit code is 1 when the start or a task failed."""

import os
import signal
import sys
from socket import socket
from typing import cast

import uvicorn
from fastapi import FastAPI

from doorpakken_plumbing.service import Service
from doorpakken_plumbing.settings import ServiceSettings


class _Leaves(BaseException):
    """Somebody asked the process to end."""


class _Server(uvicorn.Server):
    """Exits the process after serving."""

    async def serve(self, sockets: list[socket] | None = None) -> None:
        was_asked = False
        try:
            await super().serve(sockets)
        except _Leaves:
            was_asked = True
        service: Service | None = cast(FastAPI, self.config.app).state.service
        has_failed = service is None or service.failed_task
        sys.stdout.flush()
        # Exits at once. The service has disconnected; what is left are threads and transactions
        # that wait for a database, and the loop would wait for them even if it never answers.
        os._exit(1 if has_failed or not (self.started or was_asked) else 0)


def run(app: FastAPI) -> None:
    """Serves until SIGTERM or Ctrl-C; never returns."""
    settings: ServiceSettings = app.state.settings
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=settings.trusted_proxies,
        timeout_graceful_shutdown=settings.requests_finish_seconds,
    )
    # The server finishes and then raises the signal again: handled as an exit, not as a kill.
    signal.signal(signal.SIGTERM, _leave)
    _Server(config).run()


def _leave(_number: int, _frame: object) -> None:
    raise _Leaves
