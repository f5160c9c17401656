"""Every query the product asked during a session, once for each shape, with who asked. The driver
tells of each command; who asked is noted where the product calls its collections."""

import sys
from collections.abc import Callable, Coroutine, Iterator
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from pathlib import Path
from threading import Lock
from types import FrameType
from typing import Any

from doorpakken_plumbing.mongo import database as mongo
from pymongo import monitoring

from tests.queries.commands import Query, arrays_in, queries_in, writes_in

FRAMES_TOLD = 3
FRAMES_MAX = 60
# Modules of the plumbing that ask a service's own collections.
FOR_OTHERS = ("acts.py", "newest.py", "owners.py")


@dataclass(frozen=True)
class Caller:
    """The part of the product that asked, and where in it."""

    owner: str
    functions: tuple[str, ...]


@dataclass
class Seen:
    """Queries by owner and shape, and the paths that hold arrays by owner and collection."""

    queries: dict[tuple[str, str], dict[Caller, Query]] = field(default_factory=dict)
    arrays: dict[tuple[str, str], set[str]] = field(default_factory=dict)

    def note(self, caller: Caller, query: Query) -> None:
        """Keeps one example for each place that asks it."""
        known = self.queries.setdefault((caller.owner, query.shape), {})
        if caller not in known or query.says_more_than(known[caller]):
            known[caller] = query


_asked_by: ContextVar[Caller | None] = ContextVar("asked_by", default=None)


class Listener(monitoring.CommandListener):
    """Hears what every client of this process sends."""

    def __init__(self, seen: Seen) -> None:
        self._seen = seen
        self._lock = Lock()

    def started(self, event: monitoring.CommandStartedEvent) -> None:
        """Keeps the command, if the product asked for it."""
        if (caller := _asked_by.get()) is None:
            return
        with self._lock:
            for query in queries_in(event.command):
                self._seen.note(caller, query)
            for collection, document in writes_in(event.command):
                paths = self._seen.arrays.setdefault((caller.owner, collection), set())
                paths |= set(arrays_in(document))

    def succeeded(self, event: monitoring.CommandSucceededEvent) -> None:
        """Is not looked at."""

    def failed(self, event: monitoring.CommandFailedEvent) -> None:
        """Neither."""


def listen() -> Seen:
    """From here on everything is seen; for clients that are made later."""
    seen = Seen()
    monitoring.register(Listener(seen))
    for name, method in list(vars(mongo.Collection).items()):
        if not name.startswith("_"):
            setattr(mongo.Collection, name, _with_caller(method))
    return seen


Asking = Callable[..., Coroutine[Any, Any, Any]]


def _with_caller(method: Asking) -> Asking:
    @wraps(method)
    def ask(*args: Any, **options: Any) -> Coroutine[Any, Any, Any]:
        # Here and not in the coroutine: `gather` runs that with nobody above it.
        return _asked(_caller(sys._getframe(1)), method(*args, **options))

    return ask


async def _asked(caller: Caller | None, asking: Coroutine[Any, Any, Any]) -> Any:
    token = _asked_by.set(caller)
    try:
        return await asking
    finally:
        _asked_by.reset(token)


def _caller(frame: FrameType) -> Caller | None:
    """Who of the product asked; nobody when a test did."""
    functions: list[str] = []
    owner = ""
    for path, name in _frames(frame):
        package = next((part for part in path.parts if part.startswith("doorpakken_")), None)
        if package is None:
            if not owner:
                return None
            continue
        if path.name not in FOR_OTHERS:
            owner = owner or package.removeprefix("doorpakken_")
        where = Path(*path.parts[path.parts.index(package) :])
        functions.append(f"{where}:{name}")
        if len(functions) == FRAMES_TOLD:
            break
    return Caller(owner, tuple(functions)) if owner else None


def _frames(frame: FrameType | None) -> Iterator[tuple[Path, str]]:
    for _ in range(FRAMES_MAX):
        if frame is None:
            return
        if frame.f_code.co_filename not in (__file__, mongo.__file__):
            yield Path(frame.f_code.co_filename), frame.f_code.co_name
        frame = frame.f_back
