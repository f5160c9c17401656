"""Runs one system in the foreground until Ctrl-C, SIGTERM or `doorpakken down`, and starts again a
part that died. Refuses to leave anything behind, whatever ends it."""

from collections.abc import Callable, Coroutine
from typing import Any

from rich.console import Console

from doorpakken_local.commands.display import progress
from doorpakken_local.commands.interrupts import Interrupted, stop_signal, unless
from doorpakken_local.system import System
from doorpakken_local.watch import Watch

Then = Callable[[], Coroutine[Any, Any, bool]]


async def run(system: System, console: Console, then: Then) -> None:
    """Start the system and do `then`; stay up until told to stop if it returns True."""
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
