"""The story, played once in the system of the session, and a gathering of a test's own that is
open now."""

from collections.abc import AsyncIterator

import pytest_asyncio
from doorpakken_local.demo.counting.report import Report
from doorpakken_local.demo.performance import perform
from doorpakken_local.demo.place import Place
from doorpakken_local.demo.play import Play
from doorpakken_local.demo.stories.story import load
from doorpakken_local.system import System

from tests.e2e.gatherings import open_now, play_at
from tests.e2e.stores import mails_on_their_way
from tests.probe import becomes


@pytest_asyncio.fixture(scope="session")
async def report(system: System) -> Report:
    """What came of the story; it counts every mail from now on, so those of before go first."""
    place = Place.of(system)
    async with play_at(system) as before:
        await before.settled()
    await becomes(lambda: mails_on_their_way(place), 0)
    return await perform(place, load(), lambda _stage, _state: None)


@pytest_asyncio.fixture
async def play(system: System) -> AsyncIterator[Play]:
    """A gathering that is open now, and staff who are signed in."""
    async with play_at(system) as play:
        await open_now(play)
        yield play
