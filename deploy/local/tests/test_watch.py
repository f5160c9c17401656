"""What `up` starts again by itself: each part on its own, and not for ever."""

import asyncio
import signal
import sys
from pathlib import Path
from typing import Any, cast

from doorpakken_local.folder import DataFolder
from doorpakken_local.processes import Part, Processes
from doorpakken_local.system import System
from doorpakken_local.watch import WITHIN_SECONDS, Restarts, Watch

from tests.probe import becomes

SLEEP = "import time; time.sleep(300)"


class Parts:
    """Two parts: the first is never ready, as a service is without its database."""

    def __init__(self, folder: Path) -> None:
        self.folder = DataFolder(folder)
        self.processes = Processes()
        for name in ("service", "mongod"):
            log = folder / f"{name}.log"
            self.processes.start(Part(name, [sys.executable, "-c", SLEEP], log, 0))

        self.before = self.pids()

    async def start_one(self, name: str) -> None:
        self.processes.start_again(name)
        if name == "service":
            await asyncio.Event().wait()

    async def restarted(self) -> int:
        return len(self.pids().items() - self.before.items())

    def pids(self) -> dict[str, int]:
        return {one.part.name: one.pid for one in self.processes.list() if one.is_alive()}


async def test_no_part_waits_for_another(tmp_path: Path) -> None:
    parts: Any = Parts(tmp_path)
    watching = asyncio.create_task(Watch(cast(System, parts), limit=1).run())
    for number, name in enumerate(parts.before, start=1):
        parts.processes.signal(name, signal.SIGKILL)
        await becomes(parts.restarted, number)
    watching.cancel()
    await asyncio.wait({watching})
    await parts.processes.stop_all(lambda _part, _state: None)


def test_restarts_are_counted_within_a_while() -> None:
    now = [0.0]
    restarts = Restarts(2, clock=lambda: now[0])
    assert [restarts.is_due("mongod") for _ in range(3)] == [True, True, False]
    assert restarts.is_due("kafka")
    now[0] = WITHIN_SECONDS + 1
    assert [restarts.is_due("mongod") for _ in range(3)] == [True, True, False]
