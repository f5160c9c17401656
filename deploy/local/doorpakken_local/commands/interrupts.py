"""Ctrl-C and SIGTERM as an event to wait for beside the work. Refuses to drop work half-way: what
is interrupted is cancelled and waited for."""

import asyncio
import signal
from collections.abc import Coroutine
from typing import Any, TypeVar

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

T = TypeVar("T")


class Interrupted(Exception):
    """Somebody asked us to stop before the work was done."""


def stop_signal() -> asyncio.Event:
    """An event that is set by the first signal and by every further one, which changes nothing."""
    stop = asyncio.Event()
    for number in SIGNALS:
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    return stop


async def unless(stop: asyncio.Event, work: Coroutine[Any, Any, T]) -> T:
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
