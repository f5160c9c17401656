"""Each service has a handler for all that the catalogue says it hears, and the golden story passes
through every one of them, on the real database."""

import pytest
from doorpakken_events.catalogue import CATALOGUE, heard_by
from doorpakken_events.golden import EXAMPLES
from doorpakken_local.system import System
from doorpakken_plumbing.messaging.inbox import Outcome

from tests.contract.hearers import HEARERS, Ear, Hearer, hears

by_name = pytest.mark.parametrize("of", HEARERS, ids=lambda of: of.name)


@by_name
def test_a_service_handles_all_it_hears_and_nothing_else(of: Hearer) -> None:
    assert {event.TOPIC for event in of.events} == {topic.name for topic in heard_by(of.name)}


@by_name
def test_a_tombstone_is_only_for_what_is_heard(of: Hearer) -> None:
    assert set(of.tombstones) <= set(of.handlers)


@by_name
def test_an_event_is_handled_or_folded_but_not_both(of: Hearer) -> None:
    assert not set(of.handlers) & set(of.projections)


@by_name
async def test_every_golden_example_passes_through_every_handler(
    of: Hearer, infrastructure: System
) -> None:
    heard = [example for example in EXAMPLES if hears(of, example)]
    async with Ear(of, infrastructure.access.mongodb_admin_uri, f"{of.name}_golden") as ear:
        outcomes = await ear.hear(heard)
    assert outcomes == [Outcome.APPLIED] * len(heard)
    assert {e.topic for e in heard} == {t.name for t in CATALOGUE.values() if of.name in t.heard_by}
