"""Restarts parts that ended unexpectedly, each independently of the others. Gives up on a part that
keeps ending."""

import asyncio
import time
from collections import defaultdict, deque
from collections.abc import Callable

from doorpakken_local.commands.display import complain
from doorpakken_local.processes import PartFailed
from doorpakken_local.system import System

WATCH_SECONDS = 0.5
RESTART_LIMIT = 5
WITHIN_SECONDS = 600.0


class Restarts:
    """Counts the restarts of each part within the last WITHIN_SECONDS."""

    def __init__(self, limit: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._limit = limit
        self._clock = clock
        self._at: defaultdict[str, deque[float]] = defaultdict(deque)

    def is_due(self, name: str) -> bool:
        """Whether the part may be restarted; if so, the restart is counted."""
        at, now = self._at[name], self._clock()
        while at and now - at[0] > WITHIN_SECONDS:
            at.popleft()
        if len(at) >= self._limit:
            return False
        at.append(now)
        return True


class Watch:
    """Watches the parts of one system."""

    def __init__(self, system: System, *, limit: int = RESTART_LIMIT) -> None:
        self._system = system
        self._restarts = Restarts(limit)
        self._starting: dict[str, asyncio.Task[None]] = {}
        self._given_up: set[str] = set()

    async def run(self) -> None:
        """Runs until cancelled, which also cancels restarts in progress."""
        try:
            while True:
                for running in self._system.processes.list():
                    if not running.is_alive():
                        self._notice(running.part.name)
                await asyncio.sleep(WATCH_SECONDS)
        finally:
            for task in self._starting.values():
                task.cancel()
            await asyncio.gather(*self._starting.values(), return_exceptions=True)

    def _notice(self, name: str) -> None:
        if name in self._starting or name in self._given_up:
            return
        log = self._system.folder.log_of(name)
        if not self._restarts.is_due(name):
            self._given_up.add(name)
            complain(f"{name} ended again; it stays stopped. Its log: {log}")
            return
        complain(f"{name} ended unasked; starting it again. Its log: {log}")
        self._starting[name] = asyncio.create_task(self._start(name), name=f"start {name}")

    async def _start(self, name: str) -> None:
        try:
            await self._system.start_one(name)
        except (PartFailed, OSError) as failure:
            complain(str(failure))
        finally:
            self._starting.pop(name, None)
