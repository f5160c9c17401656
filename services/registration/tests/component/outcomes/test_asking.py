"""What came of a session is asked of who leads it, the morning after and twice later, and then of
staff; until it is said, and never for a gathering that was cancelled."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import httpx
import pytest
from doorpakken_plumbing.time import clock

from services.registration.tests.component.desk import Desk, Json
from services.registration.tests.component.outcomes.held import Held, sentence_in
from tests.probe import becomes

HERE = ZoneInfo("Europe/Amsterdam")


def told(said: list[Json]) -> list[list[str]]:
    return [[one["what"] for one in event["told"]] for event in said]


async def test_it_is_not_asked_before_the_morning_after(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    held = await Held.of(desk, public, ago=timedelta(minutes=1))
    timer = await desk.service.mongo["timers"].find_one({"_id": f"session-over/{held.session_id}"})
    assert timer
    assert timer["due"] > clock.now()
    assert await _asks_at(held) == (1, 9)
    assert await held.reported() == []


@pytest.mark.parametrize(
    ("days", "what"), [(2, "morning_after"), (4, "after_3_days"), (9, "after_7_days")]
)
async def test_the_newest_is_asked_once(
    desk: Desk, public: httpx.AsyncClient, days: int, what: str
) -> None:
    held = await Held.of(desk, public, ago=timedelta(days=days))
    await becomes(lambda: _told(held), [[what]])
    await _fire(held)
    assert told(await held.reported()) == [[what]]
    said = await held.last()
    assert (said["state"], said["told"][0]["due"]) == ("open", _day_of(held))


async def test_what_is_done_is_asked_no_more_and_names_go_after_two_weeks(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    held = await Held.of(desk, public)
    await held.write("people", others="Cor Onbekend")
    await held.write("done", why_nothing="Er was geen tijd")
    await held.move(timedelta(days=8))
    await _fire(held)
    assert "Cor Onbekend" in (await public.get(held.page)).text
    await held.move(timedelta(days=20))
    no_names: list[str] = []
    await becomes(lambda: _others(held), no_names)
    said = await held.reported()
    assert (told(said), said[-1]["others"]) == ([[], []], 1)
    assert "Cor Onbekend" not in (await public.get(held.page)).text


async def test_a_cancelled_gathering_is_asked_nothing(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    held = await Held.of(desk, public)
    path = f"/gatherings/{held.pitch['gathering_id']}/cancel"
    assert (await desk.client.post(path, json={"reason": "Het stormt"})).status_code == 200
    await held.move(timedelta(days=9))
    await _fire(held)
    assert await held.reported() == []


async def test_staff_write_it_when_nobody_does(desk: Desk, public: httpx.AsyncClient) -> None:
    held = await Held.of(desk, public, ago=timedelta(days=4))
    await becomes(lambda: _told(held), [["after_3_days"]])
    gathering_id = held.pitch["gathering_id"]
    today = f"/staff/g/{gathering_id}/today"
    staff = desk.client.headers
    assert "Schrijf op wat er is afgesproken" not in (await public.get(today, headers=staff)).text
    await held.move(timedelta(days=9))
    await becomes(lambda: _told(held), [["after_3_days"], ["after_3_days", "after_7_days"]])
    assert "Schrijf op wat er is afgesproken" in (await public.get(today, headers=staff)).text
    listed = await public.get(f"/staff/g/{gathering_id}/outcomes", headers=staff)
    assert "Nog niet klaar." in listed.text
    assert f'href="/staff{held.page}"' in listed.text
    why = {"act": "done", "why_nothing": "Gebeld: er kwam niemand"}
    assert (await public.post(f"/staff{held.page}", data=why, headers=staff)).status_code == 303
    assert "Schrijf op wat er is afgesproken" not in (await public.get(today, headers=staff)).text
    listed = await public.get(f"/staff/g/{gathering_id}/outcomes", headers=staff)
    assert "Opgeschreven: 0 afspraken." in sentence_in(listed)


async def test_the_host_finds_it_on_their_own_page(desk: Desk, public: httpx.AsyncClient) -> None:
    held = await Held.of(desk, public)
    public.cookies.clear()
    await public.get(await desk.link(held.host["person_id"]))
    assert f'href="{held.page}"' in (await public.get("/me")).text
    assert (await public.get(held.page)).status_code == 200


async def _told(held: Held) -> list[list[str]]:
    return told(await held.reported())


async def _others(held: Held) -> list[str]:
    found = await held.desk.service.mongo["outcomes"].find_one({"_id": held.session_id})
    assert found
    names: list[str] = found["others"]
    return names


async def _fire(held: Held) -> None:
    """The timer of the session comes due, and is set for its next moment."""
    timers, key = held.desk.service.mongo["timers"], f"session-over/{held.session_id}"
    await timers.update_one({"_id": key}, {"$set": {"due": clock.now()}})

    async def is_over() -> bool:
        found = await timers.find_one({"_id": key})
        return found is None or found["due"] > clock.now()

    await becomes(is_over, True)


async def _asks_at(held: Held) -> tuple[int, int]:
    """How many days after the session, and at what hour, the timer looks back."""
    await _fire(held)
    key = f"session-over/{held.session_id}"
    timer = await held.desk.service.mongo["timers"].find_one({"_id": key})
    session = await held.desk.service.mongo["sessions"].find_one({"_id": held.session_id})
    assert timer
    assert session
    due, ended = timer["due"].astimezone(HERE), session["ends_at"].astimezone(HERE)
    return (due.date() - ended.date()).days, due.hour


def _day_of(held: Held) -> str:
    return held.ended.astimezone(HERE).date().isoformat()
