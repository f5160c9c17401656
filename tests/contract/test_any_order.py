"""Events of different topics come in any order, and the rows of every consumer are the same."""

import random
from collections.abc import AsyncIterator, Sequence
from itertools import permutations
from math import factorial
from typing import Any

import pytest
import pytest_asyncio
from doorpakken_events.golden.example import Example
from doorpakken_local.system import System
from doorpakken_plumbing.messaging import inbox, projection
from doorpakken_plumbing.messaging.heard import ReceivedEvent
from doorpakken_plumbing.messaging.inbox import Outcome, Seen
from doorpakken_plumbing.messaging.transaction import Transaction

from tests.contract.hearers import HEARERS, Ear, Hearer, message_of
from tests.contract.rows import settled
from tests.contract.story import PLANNED, STORIES, Story

SEED = 20231006
MOST_AT_ONCE = 3

each_story = pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)


def _drawn_orders(story: Story) -> list[tuple[Example, ...]]:
    """The story as told, its reverse, and others by chance."""
    orders = list(permutations(story.told))
    chance = random.Random(SEED)
    return [orders[0], orders[-1], *chance.sample(orders[1:-1], story.drawn - 2)]


def _fold(order: Sequence[Any]) -> dict[str, Any]:
    """What the guard leaves of each aggregate."""
    seen, states = Seen(), {}
    for message in order:
        outcome = inbox.decide(seen, message.id, message.subject, message.version)
        if outcome is Outcome.APPLIED:
            states[message.subject] = message.data
    return states


@each_story
def test_a_story_is_seven_events_on_seven_topics_of_two_emitters(story: Story) -> None:
    assert len(story.told) == 7
    assert len({example.topic for example in story.told}) == 7
    assert story.emitters == {"registration", "matching"}
    subjects = {message_of(example).subject for example in story.told}
    assert len(subjects) < 7, "some aggregate must be told on two topics"


@each_story
def test_the_guard_leaves_the_same_states_in_all_orders(story: Story) -> None:
    messages = [message_of(example) for example in story.told]
    told, newest = _fold(messages), projection.newest(messages)
    count = 0
    for order in permutations(messages):
        assert _fold(order) == told
        assert projection.newest(order) == newest
        count += 1
    assert count == factorial(7) == 5040


@pytest_asyncio.fixture(params=HEARERS, ids=lambda of: of.name)
async def ear(request: pytest.FixtureRequest, infrastructure: System) -> AsyncIterator[Ear]:
    of: Hearer = request.param
    async with Ear(of, infrastructure.access.mongodb_admin_uri, f"{of.name}_order") as ear:
        yield ear


async def _rows_after(ear: Ear, story: Story, order: Sequence[Example], *, most: int = 1) -> Any:
    await ear.forget_all()
    await ear.hear(story.before)
    await ear.hear(order, most=most)
    return settled(await ear.rows())


@pytest.mark.fault
@each_story
async def test_real_handlers_and_stores_end_with_the_same_rows(ear: Ear, story: Story) -> None:
    told = await _rows_after(ear, story, story.told)
    assert told
    for number, order in enumerate(_drawn_orders(story)):
        rows = await _rows_after(ear, story, order, most=1 + number % MOST_AT_ONCE)
        assert rows == told, " → ".join(example.topic for example in order)


async def test_a_handler_that_minds_the_order_is_noticed(infrastructure: System) -> None:
    async def note(tx: Transaction, heard: ReceivedEvent[Any]) -> None:
        count = await tx["notes"].count({})
        await tx["notes"].insert_one({"_id": heard.topic, "place": count})

    story = PLANNED
    said = (*story.before, *story.told)
    minding = Hearer("reporting", {type(e.event): note for e in said}, {}, {}, ())
    async with Ear(minding, infrastructure.access.mongodb_admin_uri, "minding_order") as ear:
        told = await _rows_after(ear, story, story.told)
        assert await _rows_after(ear, story, story.told) == told
        assert await _rows_after(ear, story, story.told[::-1]) != told
