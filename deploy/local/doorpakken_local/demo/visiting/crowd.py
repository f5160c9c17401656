"""Lets many people act concurrently, up to a limit."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import TypeVar

from doorpakken_local.processes import together

T = TypeVar("T")
R = TypeVar("R")

AT_ONCE = 12


async def each(
    people: Iterable[T], act: Callable[[T], Awaitable[R]], *, at_once: int = AT_ONCE
) -> list[R]:
    """Results in the order of `people`; the first failure cancels the rest and is raised."""
    turn = asyncio.Semaphore(at_once)

    async def take_turn(person: T) -> R:
        async with turn:
            return await act(person)

    async with together() as group:
        tasks = [group.create_task(take_turn(person)) for person in people]
    return [task.result() for task in tasks]
