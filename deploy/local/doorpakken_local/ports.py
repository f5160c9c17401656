"""Assigns a port to each part, counted from one base port so that several systems can run side by
side. Refuses to start when a port is in use."""

import asyncio
import errno
import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass

from doorpakken_events.catalogue import SERVICES

DEFAULT_BASE_PORT = 8400
FIRST_REPLICA = 20
# In the order of the catalogue; those between are the ports of servers.
OF_SERVICES: tuple[int, ...] = (*range(1, 5), *range(10, FIRST_REPLICA))
HIGHEST_BASE_PORT = 65_400
POLL_SECONDS = 0.1
LOOPBACK = "127.0.0.1"


class PortTaken(Exception):
    """Another process uses a port that a part needs."""


@dataclass(frozen=True)
class Ports:
    """The ports of one system."""

    base: int = DEFAULT_BASE_PORT

    def service(self, name: str) -> int:
        return self.base + OF_SERVICES[SERVICES.index(name)]

    @property
    def mailbox(self) -> int:
        return self.base + 5

    @property
    def smtp(self) -> int:
        return self.base + 6

    @property
    def kafka(self) -> int:
        return self.base + 7

    @property
    def kafka_controller(self) -> int:
        return self.base + 8

    @property
    def mongod(self) -> int:
        return self.base + 9

    def replica(self, number: int) -> int:
        """`number` counts from 0 over all replicas of all services."""
        return self.base + FIRST_REPLICA + number


async def wait_until_free(ports: Mapping[str, int], patience_seconds: float) -> None:
    """Like `check_free`, but retries for `patience_seconds` while an earlier system stops."""
    deadline = time.monotonic() + patience_seconds
    while True:
        try:
            return check_free(ports)
        except PortTaken:
            if time.monotonic() >= deadline:
                raise
        await asyncio.sleep(POLL_SECONDS)


def check_free(ports: Mapping[str, int]) -> None:
    """Raises PortTaken for the first part whose port is in use."""
    for part, port in ports.items():
        if not _is_free(port):
            raise PortTaken(
                f"Port {port} ({part}) is in use by another program. "
                "Choose another range with --base-port, for example --base-port "
                f"{(port // 100 + 2) * 100}."
            )


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError as error:
            if error.errno in (errno.EADDRINUSE, errno.EACCES):
                return False
            raise
    return True
