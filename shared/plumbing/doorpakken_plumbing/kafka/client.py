"""Guards against a Kafka client that fails silently: its background tasks, cancellations and stop.
A client of which a task has ended counts as broken."""

import asyncio
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import Any

import structlog
from aiokafka import AIOKafkaConsumer
from aiokafka.errors import KafkaError

log = structlog.get_logger(__name__)

STOP_SECONDS = 5.0

# Kept until they end: the event loop has only weak references to tasks.
_ending: set["asyncio.Task[None]"] = set()


class ClientBroke(KafkaError):  # type: ignore[misc]  # aiokafka has no types
    """The Kafka client stopped by itself and has to be replaced."""


def require_alive(consumer: AIOKafkaConsumer) -> None:
    """Raises ClientBroke when a task that fetches, or keeps group or metadata, has ended: nothing
    restarts it, and callers would wait for ever."""
    for name, task in _tasks(consumer).items():
        if task.done():
            error = None if task.cancelled() else task.exception()
            log.error("a task of the Kafka client ended", task=name, exc_info=error)
            raise ClientBroke(f"its task for {name} ended") from error


@contextmanager
def own_trouble() -> Iterator[None]:
    """Turns the client's own cancellations and internal errors into ClientBroke; a cancellation of
    its own tasks would otherwise end ours silently."""
    try:
        yield
    except asyncio.CancelledError as error:
        ours = asyncio.current_task()
        if ours is not None and ours.cancelling():
            raise
        raise ClientBroke("it cancelled itself") from error
    except KafkaError:  # also a RuntimeError, but one that names the cause
        raise
    except (RuntimeError, LookupError, AssertionError, AttributeError) as error:
        log.exception("the Kafka client failed")
        raise ClientBroke(type(error).__name__) from error


async def ends(consumer: AIOKafkaConsumer) -> None:
    """Also stops a client whose tasks hang or raise; takes at most twice `STOP_SECONDS`."""
    tasks = [*_tasks(consumer).values()]
    if await _within(STOP_SECONDS, consumer.stop()):
        return
    for task in tasks:
        task.cancel()
    await _within(STOP_SECONDS, consumer._client.close())


async def _within(seconds: float, work: Coroutine[Any, Any, None]) -> bool:
    # In its own task: its errors and cancellations do not reach us, and slow work goes on.
    task = asyncio.create_task(work, name="Kafka client stops")
    _ending.add(task)
    task.add_done_callback(_forget)
    await asyncio.wait({task}, timeout=seconds)
    return task.done() and not task.cancelled() and task.exception() is None


def _forget(task: "asyncio.Task[None]") -> None:
    _ending.discard(task)
    if not task.cancelled() and (error := task.exception()):
        log.warning("the Kafka client did not stop well", reason=type(error).__name__)


def _tasks(consumer: AIOKafkaConsumer) -> dict[str, "asyncio.Task[Any]"]:
    # The library has no public way to inspect its tasks.
    parts = {
        "fetching": getattr(consumer._fetcher, "_fetch_task", None),
        "the group": getattr(consumer._coordinator, "_coordination_task", None),
        "metadata": consumer._client._sync_task,
    }
    return {name: task for name, task in parts.items() if task is not None}
