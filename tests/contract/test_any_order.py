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
from doorpakken_plumbing import inbox, projection
from doorpakken_plumbing.heard import Heard
from doorpakken_plumbing.inbox import Outcome, Seen
from doorpakken_plumbing.transaction import Transaction

from tests.contract.hearers import HEARERS, Ear, Hearer, message_of
from tests.contract.rows import settled
from tests.contract.story import BEFORE, EMITTERS, STORY

DRAWN_ORDERS = 100
SEED = 20231006
MESSAGES = {example.topic: message_of(example) for example in STORY}


def _drawn_orders() -> list[tuple[Example, ...]]:
    """The story as told, its reverse, and others by chance."""
    orders = list(permutations(STORY))
    chance = random.Random(SEED)
    return [orders[0], orders[-1], *chance.sample(orders[1:-1], DRAWN_ORDERS - 2)]


def _fold(order: Sequence[Example]) -> dict[str, Any]:
    """What the guard leaves of each aggregate."""
    seen, states = Seen(), {}
    for example in order:
        message = MESSAGES[example.topic]
        outcome = inbox.decide(seen, message.id, message.subject, message.version)
        if outcome is Outcome.APPLIED:
            states[message.subject] = message.data
    return states


def test_the_story_is_seven_events_on_seven_topics_of_two_emitters() -> None:
    assert len(STORY) == 7
    assert len({example.topic for example in STORY}) == 7
    assert {"registration", "matching"} == EMITTERS
    subjects = {message.subject for message in MESSAGES.values()}
    assert len(subjects) < len(STORY), "one aggregate must be told on two topics"


def test_the_guard_leaves_the_same_states_in_all_orders() -> None:
    told = _fold(STORY)
    orders = list(permutations(STORY))
    assert len(orders) == factorial(7) == 5040
    assert all(_fold(order) == told for order in orders)


def test_the_newest_of_a_batch_is_the_same_in_all_orders() -> None:
    told = projection.newest(MESSAGES.values())
    for order in permutations(MESSAGES.values()):
        assert projection.newest(order) == told


@pytest_asyncio.fixture(params=HEARERS, ids=lambda of: of.name)
async def ear(request: pytest.FixtureRequest, infrastructure: System) -> AsyncIterator[Ear]:
    of: Hearer = request.param
    async with Ear(of, infrastructure.access.mongodb_admin_uri, f"{of.name}_order") as ear:
        yield ear


async def _rows_after(ear: Ear, order: Sequence[Example], *, most: int = 1) -> Any:
    await ear.forget_all()
    await ear.hear(BEFORE)
    await ear.hear(order, most=most)
    return settled(await ear.rows())


async def test_real_handlers_and_stores_end_with_the_same_rows(ear: Ear) -> None:
    told = await _rows_after(ear, STORY)
    assert told
    for number, order in enumerate(_drawn_orders()):
        rows = await _rows_after(ear, order, most=1 + number % 3)
        assert rows == told, " → ".join(example.topic for example in order)


async def test_a_handler_that_minds_the_order_is_noticed(infrastructure: System) -> None:
    async def note(tx: Transaction, heard: Heard[Any]) -> None:
        count = await tx["notes"].count({})
        await tx["notes"].insert_one({"_id": heard.topic, "place": count})

    minding = Hearer("reporting", {type(e.event): note for e in (*BEFORE, *STORY)}, {}, {}, ())
    async with Ear(minding, infrastructure.access.mongodb_admin_uri, "minding_order") as ear:
        assert await _rows_after(ear, STORY) == await _rows_after(ear, STORY)
        assert await _rows_after(ear, STORY) != await _rows_after(ear, STORY[::-1])
