"""Runs one system in the foreground until Ctrl-C, SIGTERM or `doorpakken down`, and starts again a
part that died. Refuses to leave anything behind, whatever ends it."""

import asyncio
import signal
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar

from rich.console import Console

from doorpakken_local.display import complain, progress
from doorpakken_local.processes import PartFailed
from doorpakken_local.system import System

WATCH_SECONDS = 0.5
RESTART_LIMIT = 5
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

T = TypeVar("T")


class Interrupted(Exception):
    """Somebody asked us to stop before the work was done."""


async def run(system: System, console: Console, then: Callable[[], Awaitable[bool]]) -> None:
    """Start the system and do `then`; stay up until told to stop if it returns True."""
    stop = asyncio.Event()
    for number in SIGNALS:
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    try:
        await _unless(stop, _start(system, console))
        if await _unless(stop, _call(then)):
            await _unless(stop, _watch(system))
    except Interrupted:
        pass  # that is how it is meant to end
    finally:
        with progress(console) as tell:
            await system.stop(tell)


async def _call(then: Callable[[], Awaitable[bool]]) -> bool:
    return await then()


async def _start(system: System, console: Console) -> None:
    with progress(console) as tell:
        await system.start(tell)


async def _unless(stop: asyncio.Event, work: Coroutine[Any, Any, T]) -> T:
    """The work's result; Interrupted, with the work cancelled, when `stop` is set first."""
    task, stopped = asyncio.create_task(work), asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({task, stopped}, return_when=asyncio.FIRST_COMPLETED)
        if not task.done():
            raise Interrupted
        return task.result()
    finally:
        task.cancel()
        stopped.cancel()
        await asyncio.wait({task, stopped})


async def _watch(system: System) -> None:
    restarts: Counter[str] = Counter()
    while True:
        await asyncio.sleep(WATCH_SECONDS)
        for running in system.processes.list():
            name = running.part.name
            if not running.is_alive() and restarts[name] <= RESTART_LIMIT:
                restarts[name] += 1
                await _restart(system, name, restarts[name])


async def _restart(system: System, name: str, time: int) -> None:
    log = system.folder.log_of(name)
    if time > RESTART_LIMIT:
        complain(f"{name} ended again; it stays stopped. Its log: {log}")
        return
    complain(f"{name} ended unasked; starting it again. Its log: {log}")
    try:
        await system.start_one(name)
    except PartFailed as failure:
        complain(str(failure))
