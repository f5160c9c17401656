"""The largest gathering that one run plans: made in seconds, published in one transaction."""

import time

import pytest

from services.matching.tests.component.conftest import PEOPLE_MAX
from services.matching.tests.component.gathering import Gathering

TRANSACTION_SECONDS = 10


@pytest.mark.load
@pytest.mark.fault
async def test_the_most_people_there_may_be_are_told_at_once(
    gathering: Gathering,
) -> None:
    names = [f"a{number:04}" for number in range(PEOPLE_MAX)]
    await gathering.prepare(pitches=("one", "two", "three", "four", "five", "six"), attendees=names)
    plan = await gathering.plan()
    made_at = time.monotonic()
    answer = await gathering.publish(plan)
    seconds = time.monotonic() - made_at
    assert answer.status_code == 200, answer.text
    assert seconds < TRANSACTION_SECONDS
    assert len(set(await gathering.recommended(plan["run_id"]))) == PEOPLE_MAX
    await gathering.hear((gathering.attendee("one-too-many"), 2))
    assert (await gathering.post("plans")).json()["slug"] == "too-many-people"
