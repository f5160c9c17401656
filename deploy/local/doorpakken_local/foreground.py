"""Runs one system in the foreground until Ctrl-C, SIGTERM or `doorpakken down`, and starts again a
part that died. Refuses to leave anything behind, whatever ends it."""

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine
from typing import Any

from rich.console import Console

from doorpakken_local.display import complain, progress
from doorpakken_local.interrupts import Interrupted, stop_signal, unless
from doorpakken_local.processes import PartFailed
from doorpakken_local.system import System

WATCH_SECONDS = 0.5
RESTART_LIMIT = 5

Then = Callable[[], Coroutine[Any, Any, bool]]


async def run(system: System, console: Console, then: Then) -> None:
    """Start the system and do `then`; stay up until told to stop if it returns True."""
    stop = stop_signal()
    try:
        await unless(stop, _start(system, console))
        if await unless(stop, then()):
            await unless(stop, _watch(system))
    except Interrupted:
        console.print()  # after the ^C that a terminal shows
    finally:
        with progress(console) as tell:
            await system.stop(tell)


async def _start(system: System, console: Console) -> None:
    with progress(console) as tell:
        await system.start(tell)


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
