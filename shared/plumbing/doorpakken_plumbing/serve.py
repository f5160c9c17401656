"""Runs a service's app as a process until it is asked to end. Refuses to call it well when the
start or a task failed: the exit code says so."""

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
    """Ends the process when it has served."""

    async def serve(self, sockets: list[socket] | None = None) -> None:
        """Serves and exits: with 1 when the start or a task failed."""
        was_asked = False
        try:
            await super().serve(sockets)
        except _Leaves:
            was_asked = True
        service: Service | None = cast(FastAPI, self.config.app).state.service
        has_failed = service is None or service.failed_task
        sys.stdout.flush()
        # At once. The service has disconnected; what is left are threads and transactions that
        # wait for a database, and the loop would wait for them even where it is silent for ever.
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
    # The server finishes, and then sends the signal on: to us it is the way out, and no death.
    signal.signal(signal.SIGTERM, _leave)
    _Server(config).run()


def _leave(_number: int, _frame: object) -> None:
    raise _Leaves
