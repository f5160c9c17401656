"""F25: a session grows, shrinks and is called off while offers stand and a seat goes to somebody in
line: nothing is parked, nobody sits in it afterwards, and everybody who had something is told."""

import pytest
from doorpakken_local.demo.play import Play
from doorpakken_local.demo.visiting.web import Json
from doorpakken_local.system import System

from tests.amounts import amount
from tests.e2e.gatherings import API, open_now, open_session, person, play_at, register
from tests.fault.conftest import ScenarioOf
from tests.fault.facts import store_of
from tests.fault.scenario import Scenario
from tests.fault.test_seats import ask
from tests.probe import eventually

ROUNDS = amount(usual=1, full=20)
ASKING = 5

pytestmark = pytest.mark.fault


@pytest.mark.parametrize("number", range(ROUNDS))
async def test_f25_room_comes_and_goes(scenario: ScenarioOf, system: System, number: int) -> None:
    async with scenario(f"F25.{number + 1}") as run, play_at(system) as play:
        await open_now(play)
        ids = [one.json()["id"] for one in await register(play, ASKING)]
        session_id = await open_session(play, ids[0], seats=1)
        for attendee_id in ids:
            await ask(play, session_id, attendee_id)
        for seats in (3, 1):
            await resize(run, play, session_id, seats)
        assert await states(run, session_id) == ["active", *["waitlisted"] * (ASKING - 1)]
        await hand_over_to(play, await seated_in(run, session_id), ASKING - 1)
        for seats in (1 + number % 3, 2, 1):
            await resize(run, play, session_id, seats)
        there = await open_ones(run, session_id)
        seated = {ids.index(one["attendee_id"]) for one in there if one["state"] == "active"}
        await play.desk.matching.post(f"{API}/sessions/{session_id}/cancel")
        run.count("called off under a line", "matching")
        await run.quiet()
        assert await states(run, session_id) == []
        path, body = f"{API}/sessions/{session_id}/sign-ups", {"attendee_id": ids[1]}
        late = await play.desk.registration.session.post(path, json=body)
        assert (late.status_code, late.json()["slug"]) == (409, "session-cancelled")
        assert await called_off(run, session_id) == {one["_id"] for one in there}
        assert ASKING - 1 in seated
        assert await told_of_the_end(play) == seated


async def resize(run: Scenario, play: Play, session_id: str, seats: int) -> None:
    """Staff give the session so many seats, and everybody has heard of it."""
    path = f"{API}/sessions/{session_id}/capacity"
    await play.desk.matching.post(path, {"capacity_max": seats})
    run.count(f"{seats} seats", "matching")
    await run.quiet()


async def hand_over_to(play: Play, sign_up_id: str, number: int) -> None:
    """Whoever has the seat sends somebody of the crowd, who says yes by their own link."""
    who = person(number, of=play.gathering_id)
    body = {name: who[name] for name in ("name", "email")}
    await play.desk.registration.post(f"{API}/sign-ups/{sign_up_id}/handovers", body)
    mails = await eventually(
        lambda: play.mailbox.to(who["email"]),
        lambda seen: any(one.kind == "handover" for one in seen),
    )
    mail = next(one for one in mails if one.kind == "handover")
    browser = play.web.browser("nl")
    page = await browser.open(mail.button(play.place.urls["registration"]))
    await browser.send(page.form(), {"answer": ["yes"]})


async def seated_in(run: Scenario, session_id: str) -> str:
    """The sign-up of the one with the seat."""
    [one] = [one for one in await open_ones(run, session_id) if one["state"] == "active"]
    return str(one["_id"])


async def states(run: Scenario, session_id: str) -> list[str]:
    """What the people of the session have, sorted."""
    return sorted(one["state"] for one in await open_ones(run, session_id))


async def open_ones(run: Scenario, session_id: str) -> list[Json]:
    """The seats and places in line of the session."""
    store = store_of(run.system, "registration")
    found = await store["sign_ups"].find({"session_id": session_id, "is_open": True})
    store.close()
    return found


async def called_off(run: Scenario, session_id: str) -> set[str]:
    """The sign-ups that ended because the session is off, as their owners' pages say."""
    store = store_of(run.system, "registration")
    match = {"session_id": session_id, "reason": "session_cancelled"}
    found = await store["sign_ups"].find(match)
    store.close()
    return {one["_id"] for one in found}


async def told_of_the_end(play: Play) -> set[int]:
    """Who of the crowd has a mail that the session is off."""
    mails = [one for one in await play.mailbox.all() if "gaat niet door" in one.subject]
    addresses = {address for one in mails for address in one.to}
    crowd = range(ASKING)
    return {one for one in crowd if person(one, of=play.gathering_id)["email"] in addresses}
