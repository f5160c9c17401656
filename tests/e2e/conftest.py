"""The story, played once in the system of the session, and a gathering of a
test's own that is open now."""

from collections.abc import AsyncIterator
from typing import Any

import pytest_asyncio
from doorpakken_local.demo.performance import perform
from doorpakken_local.demo.place import Place
from doorpakken_local.demo.play import Play, opened
from doorpakken_local.demo.report import Report
from doorpakken_local.demo.story import load
from doorpakken_local.system import System
from pymongo import AsyncMongoClient

from tests.e2e.gatherings import open_now
from tests.probe import becomes

ON_ITS_WAY = {"state": {"$in": ["queued", "leased", "intent"]}, "waits_for": None}


@pytest_asyncio.fixture(scope="session")
async def report(system: System) -> Report:
    """What came of the story; it counts every mail from now on, so those of before go first."""
    store = AsyncMongoClient[dict[str, Any]](system.access.mongodb_admin_uri)
    async with store, opened(Place.of(system), load()) as before:
        await before.settled()
        rows = store["notification"]["rows"]
        await becomes(lambda: rows.count_documents(ON_ITS_WAY), 0)
    return await perform(Place.of(system), load(), lambda _stage, _state: None)


@pytest_asyncio.fixture
async def play(system: System) -> AsyncIterator[Play]:
    """A gathering that is open now, and staff who are signed in."""
    async with opened(Place.of(system), load()) as play:
        await open_now(play)
        yield play
