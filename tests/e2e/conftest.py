"""The story, played once in the system of the session, and a gathering of a
test's own that is open now."""

from collections.abc import AsyncIterator

import pytest_asyncio
from doorpakken_local.demo.performance import perform
from doorpakken_local.demo.place import Place
from doorpakken_local.demo.play import Play, opened
from doorpakken_local.demo.report import Report
from doorpakken_local.demo.story import load
from doorpakken_local.system import System

from tests.e2e.gatherings import open_now


@pytest_asyncio.fixture(scope="session")
async def report(system: System) -> Report:
    """What came of the story."""
    return await perform(Place.of(system), load(), lambda _stage, _state: None)


@pytest_asyncio.fixture
async def play(system: System) -> AsyncIterator[Play]:
    """A gathering that is open now, and staff who are signed in."""
    async with opened(Place.of(system), load()) as play:
        await open_now(play)
        yield play
