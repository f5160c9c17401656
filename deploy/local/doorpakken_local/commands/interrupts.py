"""SIGINT, SIGTERM and SIGHUP as an event to wait for while working. Interrupted work is cancelled
and awaited."""

import asyncio
import signal
from collections.abc import Coroutine
from typing import Any, TypeVar

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

T = TypeVar("T")


class Interrupted(Exception):
    """A stop signal arrived before the work was done."""


def stop_signal() -> asyncio.Event:
    stop = asyncio.Event()
    for number in SIGNALS:
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    return stop


async def unless(stop: asyncio.Event, work: Coroutine[Any, Any, T]) -> T:
    """The result of `work`; when `stop` is set first, cancels the work and raises Interrupted."""
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
