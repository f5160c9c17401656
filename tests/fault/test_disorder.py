"""F15: events that come twice, late, or before those of other topics that were said first leave the
same rows as the same events in their order, at every service."""

import random
from collections.abc import Sequence
from dataclasses import replace
from uuid import NAMESPACE_URL, uuid5

import pytest
from doorpakken_events.erasure import ErasureConfirmed, PersonErased
from doorpakken_events.golden import EXAMPLES
from doorpakken_events.golden.example import Example
from doorpakken_local.system import System

from tests.amounts import amount
from tests.contract.hearers import HEARERS, Ear, Hearer
from tests.contract.rows import UUID, Rows, settled

COPIES = amount(usual=200, full=2000) // len(EXAMPLES)
SHARE_TROUBLED = 0.2
MOST_LATE = 60
AT_ONCE, AT_ONCE_TROUBLED = 64, 7
SEED = 20231006
ERASING = (PersonErased.TOPIC, ErasureConfirmed.TOPIC)

pytestmark = pytest.mark.fault


def copied(example: Example, copy: int) -> Example:
    """The same event about others."""
    text = UUID.sub(
        lambda found: str(uuid5(NAMESPACE_URL, f"{copy}/{found[0]}")),
        example.event.payload().decode(),
    )
    event = type(example.event).read(text.encode())
    return replace(example, event=event, number=example.number + 10_000 * copy)


def told() -> list[Example]:
    """As many whole stories as fit the amount, each after the other; in every second one nobody
    is erased at the end, so that all the rest is seen."""
    return [
        copied(example, copy)
        for copy in range(1, COPIES + 1)
        for example in EXAMPLES
        if copy % 2 or example.topic not in ERASING
    ]


def troubled(events: Sequence[Example]) -> list[Example]:
    """The same, but one in five comes twice or late: so many places later, past other topics."""
    chance = random.Random(SEED)
    places: list[tuple[float, int, Example]] = []
    for number, event in enumerate(events):
        kind = chance.random()
        if kind < SHARE_TROUBLED:
            places.append((number + chance.randint(1, MOST_LATE), number, event))
        if kind >= SHARE_TROUBLED / 2:
            places.append((number, number, event))
    return [event for _, _, event in sorted(places, key=lambda place: place[:2])]


@pytest.mark.parametrize("hearer", HEARERS, ids=lambda hearer: hearer.name)
async def test_f15_trouble_on_the_way_changes_no_row(
    infrastructure: System, hearer: Hearer
) -> None:
    events = told()
    ids = {one for event in events for one in UUID.findall(event.event.payload().decode())}
    clean = await rows_after(infrastructure, hearer, events, ids, most=AT_ONCE)
    assert clean
    assert len(troubled(events)) > len(events)
    assert (
        await rows_after(infrastructure, hearer, troubled(events), ids, most=AT_ONCE_TROUBLED)
        == clean
    )


async def rows_after(
    infrastructure: System, hearer: Hearer, events: Sequence[Example], ids: set[str], *, most: int
) -> Rows:
    """What a service keeps once it has heard all of them."""
    uri = infrastructure.access.mongodb_admin_uri
    async with Ear(hearer, uri, f"{hearer.name}_disorder") as ear:
        await ear.forget_all()
        await ear.hear(events, most=most)
        return settled(await ear.rows(), ids)
