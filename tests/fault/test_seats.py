"""F20: two hundred ask for one seat at once; then whoever has it leaves, again and again, while
registration is killed: the place goes along the line, one by one, in its order."""

import asyncio
from collections import Counter

import httpx
import pytest
from doorpakken_local.demo.play import Play
from doorpakken_local.demo.visiting.crowd import each
from doorpakken_local.system import System

from tests.amounts import amount
from tests.e2e.gatherings import API, open_now, open_session, play_at, register
from tests.e2e.test_line import offers
from tests.fault.conftest import ScenarioOf
from tests.fault.facts import store_of
from tests.fault.patience import answered
from tests.fault.scenario import Scenario
from tests.probe import eventually

ROUNDS = amount(usual=1, full=5)
ASKING = 200
KILLS = 2

pytestmark = pytest.mark.fault


@pytest.mark.parametrize("number", range(ROUNDS))
async def test_f20_one_seat(scenario: ScenarioOf, system: System, number: int) -> None:
    async with scenario(f"F20.{number + 1}") as run, play_at(system) as play:
        await open_now(play)
        ids = [one.json()["id"] for one in await register(play, ASKING, at_once=50)]
        session_id = await open_session(play, ids[0], seats=1)
        run.count("200 sign-ups at once", "registration")
        answers = await each(ids, lambda one: ask(play, session_id, one), at_once=ASKING)
        bodies = [one.json() for one in answers]
        states = Counter(one["state"] for one in bodies)
        assert states == {"active": 1, "waitlisted": ASKING - 1}
        line = sorted((one for one in bodies if one["place"]), key=lambda one: one["place"])
        seated = next(one["id"] for one in bodies if one["state"] == "active")
        for place in range(KILLS):
            seated = await pass_on(run, play, session_id, seated)
            assert seated == line[place]["id"]
        await run.quiet()
        assert await offers(play, session_id) == [one["id"] for one in line[:KILLS]]


async def pass_on(run: Scenario, play: Play, session_id: str, seated: str) -> str:
    """The one with the seat leaves while registration is killed, and the one who is offered it says
    yes; their sign-up."""
    leaving = asyncio.create_task(patiently(play, "DELETE", f"sign-ups/{seated}"))
    await asyncio.sleep(0)
    run.kill("registration")
    await run.start("registration")
    await leaving
    store = store_of(run.system, "registration")
    [offered] = await eventually(
        lambda: store["sign_ups"].find({"session_id": session_id, "state": "offered"}),
        lambda seen: len(seen) == 1,
    )
    store.close()
    yes = await ask(play, session_id, offered["attendee_id"])
    assert yes.json()["state"] == "active"
    return str(offered["_id"])


async def ask(play: Play, session_id: str, attendee_id: str) -> httpx.Response:
    """Asks for a seat."""
    body = {"attendee_id": attendee_id}
    return await patiently(play, "POST", f"sessions/{session_id}/sign-ups", body)


async def patiently(play: Play, method: str, path: str, body: object = None) -> httpx.Response:
    """The answer in the end: cut off or told to wait, it is asked again."""
    session = play.desk.registration.session
    answer = await answered(session, method, f"{API}/{path}", body)
    assert answer.is_success, answer.text
    return answer
