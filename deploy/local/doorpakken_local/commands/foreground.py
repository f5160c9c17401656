"""Runs one system in the foreground until Ctrl-C, SIGTERM or `doorpakken down`, and restarts parts
that die. Stops all parts, however it ends."""

from collections.abc import Callable, Coroutine
from typing import Any

from rich.console import Console

from doorpakken_local.commands.display import progress
from doorpakken_local.commands.interrupts import Interrupted, stop_signal, unless
from doorpakken_local.system import System
from doorpakken_local.watch import Watch

Then = Callable[[], Coroutine[Any, Any, bool]]


async def run(system: System, console: Console, then: Then) -> None:
    """Start the system and await `then`; if that returns True, keep it running until a stop
    signal."""
    stop = stop_signal()
    try:
        await unless(stop, _start(system, console))
        if await unless(stop, then()):
            await unless(stop, Watch(system).run())
    except Interrupted:
        console.print()  # after the ^C that a terminal shows
    finally:
        with progress(console) as tell:
            await system.stop(tell)


async def _start(system: System, console: Console) -> None:
    with progress(console) as tell:
        await system.start(tell)
