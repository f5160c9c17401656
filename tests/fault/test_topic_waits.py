"""F23: a topic takes nothing, because it is not there or may not be written to."""

from collections import Counter

import pytest
from doorpakken_plumbing.kafka.admin import history

from tests.amounts import amount
from tests.fault.conftest import ScenarioOf
from tests.fault.scenario import Scenario
from tests.fault.topics import Owner
from tests.probe import becomes

PEOPLE = amount(usual=8, full=100)
# A topic that was made anew is heard when clients ask next which there are.
HARMS = amount(usual=1, full=2)
HEARD_SECONDS = 120.0
TOPIC, OTHERS = "attendee-checked-in", ("attendee-registered", "person-contact")

pytestmark = pytest.mark.fault


async def test_f23_a_topic_that_takes_nothing_holds_up_its_own_alone(scenario: ScenarioOf) -> None:
    async with scenario("F23") as run:
        gathering_id = await run.desk.gathering()
        owner = Owner(run.system.access.kafka)
        harms = [(owner.revoke_write, owner.allow_write), (owner.remove, owner.make)]
        # First what loses nothing of this scenario that was said before.
        for harm, mend in reversed(harms[:HARMS]):
            (somebody,) = await run.crowd.enter(gathering_id, 1)
            await run.quiet()
            await harm(TOPIC)
            run.count(harm.__name__, "kafka")
            await _check_in(run, somebody.attendee_id)
            await becomes(lambda: _waiting(run), [TOPIC])
            await run.crowd.enter(gathering_id, PEOPLE)
            # All that is left is what has to wait; what was entered meanwhile went.
            await becomes(lambda: _pending(run), 1)
            await mend(TOPIC)
            await run.quiet(HEARD_SECONDS)
            assert await _waiting(run) == []
        assert await _said_twice(run) == []


async def _check_in(run: Scenario, attendee_id: str) -> None:
    answer = await run.desk.client.post(f"/api/v1/attendees/{attendee_id}/check-in")
    assert answer.status_code == 200, answer.text
    run.expected.records.add((TOPIC, attendee_id))


async def _waiting(run: Scenario) -> list[str]:
    return sorted((await run.desk.figures("registration"))["topics_waiting"])


async def _pending(run: Scenario) -> int:
    pending: int = (await run.desk.figures("registration"))["pending"]
    return pending


async def _said_twice(run: Scenario) -> list[str]:
    """Events of the other topics that were sent again."""
    keys = {key for topic, key in run.expected.records if topic in OTHERS}
    records = await history(run.system.access.kafka, OTHERS)
    ids = Counter(
        dict(one.headers)["ce_id"].decode() for one in records if one.key.decode() in keys
    )
    return [event_id for event_id, times in ids.items() if times > 1]
