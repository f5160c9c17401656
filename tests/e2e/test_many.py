"""Many at once: everybody is registered once and heard by all."""

from collections import Counter

import pytest
from doorpakken_local.demo.play import Play

from tests.e2e.gatherings import register
from tests.e2e.stores import by_topic, copies, parked, said

pytestmark = pytest.mark.load

CROWD = 500


async def test_five_hundred_at_once_are_each_registered_once(play: Play) -> None:
    before = await parked(play)
    answers = await register(play, CROWD)
    assert Counter(answer.status_code for answer in answers) == {201: CROWD}
    await play.settled()
    heads = await said(play)
    assert by_topic(heads)["attendee-registered"] == CROWD
    assert len({head.event_id for head in heads}) == len(heads)
    assert set((await copies(play)).values()) == {CROWD}
    assert await parked(play) == before
