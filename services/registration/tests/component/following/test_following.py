"""Who asked to hear of new gatherings and confirmed it is mailed about each; nobody else is."""

from datetime import timedelta

import httpx
import pytest
from doorpakken_plumbing.mongo.database import Document
from doorpakken_plumbing.time import clock
from doorpakken_registration.following import following
from doorpakken_registration.gatherings import gatherings
from fastapi import FastAPI

from services.registration.tests.component.desk import Desk, Json
from services.registration.tests.component.merging import merge, two
from services.registration.tests.component.privacy.test_erasure import erase
from tests.names import new_email
from tests.probe import becomes

WORDS = "Stuur mij een mail als er een nieuwe bijeenkomst is. Ik kan altijd stoppen."


async def test_only_who_confirmed_is_mailed(desk: Desk, public: httpx.AsyncClient) -> None:
    person_id = await ask(desk, public)
    assert await steps(desk, person_id) == [("asked", WORDS)]
    await desk.gathering()
    await desk.news_is_out()
    page = await public.get(await desk.link(person_id, "follow"), follow_redirects=True)
    assert (page.url.path, WORDS in page.text) == ("/me/follow", True)
    assert await steps(desk, person_id) == [("asked", WORDS)]
    for _ in range(2):
        assert (await public.post("/me/follow")).status_code == 303
    assert await steps(desk, person_id) == [("asked", WORDS), ("confirmed", WORDS)]
    assert await mailed(desk, person_id) == []
    gatherings = [await desk.gathering() for _ in range(2)]
    await becomes(lambda: mailed(desk, person_id), gatherings)
    await desk.news_is_out()


async def test_who_stopped_is_not_mailed(
    app: FastAPI, desk: Desk, public: httpx.AsyncClient
) -> None:
    here = await desk.gathering()
    on_page, by_mail = [await follower(desk, here) for _ in range(2)]
    await public.get(await desk.link(on_page))
    assert "Stop met deze mail" in (await public.get("/me/follow")).text
    assert (await public.post("/me/follow/stop")).status_code == 303
    assert "Stop met deze mail" not in (await public.get("/me/follow")).text
    token = (await desk.link(by_mail, "unfollow")).removeprefix("/l/")
    # A mail program has no cookie, and says of no page that it comes from there.
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url=public.base_url) as mail_program:
        asked = await mail_program.get(f"/unfollow/{token}", headers={"Accept-Language": "en"})
        assert (asked.status_code, asked.headers["content-language"]) == (200, "nl")
        assert await state(desk, by_mail) == "confirmed"
        assert (await mail_program.post(f"/unfollow/{token}")).status_code == 200
    await desk.gathering()
    await desk.news_is_out()
    for person_id in (on_page, by_mail):
        assert await state(desk, person_id) == "stopped"
        assert await mailed(desk, person_id) == []


async def test_each_link_does_its_own_thing(desk: Desk, public: httpx.AsyncClient) -> None:
    person_id = await follower(desk, await desk.gathering())
    # The one in a mail that is sent on lets nobody in.
    assert (await public.get(await desk.link(person_id, "unfollow"))).status_code == 404
    token = (await desk.link(person_id)).removeprefix("/l/")
    assert (await public.post(f"/unfollow/{token}")).status_code == 404
    assert await state(desk, person_id) == "confirmed"


async def test_asking_again_says_nothing_and_changes_nothing(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    email = new_email()
    known = await follower(desk, await desk.gathering(), name="Wout Wilgenroos", email=email)
    asked = {"name": "Wout Wilgenroos", "email": email}
    answers = [
        await public.post("/api/v1/followers", json=asked | more)
        for more in ({}, {"email": f"x{email}"})
    ]
    assert [answer.status_code for answer in answers] == [202, 202]
    assert answers[0].content == answers[1].content
    assert await state(desk, known) == "confirmed"
    assert len(await desk.said("link-requested", person_id=known, purpose="follow")) == 1


async def test_programs_say_it_too(desk: Desk, public: httpx.AsyncClient) -> None:
    mine = await desk.attendee(await desk.gathering())
    path = "/api/v1/following"
    assert (await public.get(path)).status_code == 401
    assert (await public.put(path, json={"is_following": True})).status_code == 401
    await public.get(await desk.link(mine["person_id"]))
    assert (await public.get(path)).json() == {"state": None, "since": None, "words": None}
    said = [
        (await public.put(path, json={"is_following": one})).json() for one in (True, True, False)
    ]
    assert [one["state"] for one in said] == ["confirmed", "confirmed", "stopped"]
    assert said[0] == said[1]
    assert said[0]["words"] == WORDS


async def test_the_form_comes_back_with_what_was_typed(public: httpx.AsyncClient) -> None:
    page = await public.post("/follow", data={"name": "Wout", "email": "nergens"})
    assert (page.status_code, 'value="Wout"' in page.text) == (422, True)
    assert 'href="#email"' in page.text


async def test_many_are_mailed_some_at_a_time(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "MAILED_AT_ONCE", 2)
    here = await desk.gathering()
    people = [await follower(desk, here) for _ in range(5)]
    gathering_id = await desk.gathering()
    await desk.news_is_out()
    assert [await mailed(desk, one) for one in people] == [[gathering_id]] * 5


async def test_nobody_is_mailed_before_sign_up_opens(desk: Desk) -> None:
    person_id = await follower(desk, await desk.gathering())
    opens_at = clock.now() + timedelta(days=3)
    gathering_id = await desk.gathering(registration_opens_at=opens_at.isoformat())
    timers, timer = desk.service.mongo["timers"], {"_id": f"{gatherings.NEWS}/{gathering_id}"}
    later = {"due": {"$gt": clock.now() + timedelta(hours=23)}}
    await becomes(lambda: timers.count(timer | later), 1)
    assert await mailed(desk, person_id) == []
    opened = {"registration_opens_at": clock.now().isoformat()}
    await desk.client.patch(f"/gatherings/{gathering_id}", json=opened)
    await timers.update_one(timer, {"$set": {"due": clock.now()}})
    await becomes(lambda: mailed(desk, person_id), [gathering_id])


async def test_a_question_nobody_confirmed_lapses(desk: Desk, public: httpx.AsyncClient) -> None:
    stranger = await ask(desk, public)
    known = (await desk.attendee(await desk.gathering()))["person_id"]
    await desk.service.transact(lambda tx: following.follow(tx, known, WORDS))
    confirmed = await follower(desk, await desk.gathering())
    for person_id in (stranger, known):
        await lapse(desk, person_id)
    assert await desk.service.mongo["timers"].count({"data.person_id": confirmed}) == 0
    persons = desk.service.mongo["persons"]
    # Of the stranger nothing else was known; the other one is at a gathering.
    await becomes(lambda: persons.count({"_id": stranger}), 0)
    assert len(await desk.said("person-erased", person_id=stranger)) == 1
    assert await persons.count({"_id": known}) == 1
    assert (await state(desk, known), await state(desk, confirmed)) == (None, "confirmed")


async def test_erasing_and_merging_take_it_along(desk: Desk, public: httpx.AsyncClient) -> None:
    gone, stays = await two(desk)
    await desk.service.transact(
        lambda tx: following.follow(tx, gone["person_id"], WORDS, is_confirmed=True)
    )
    assert (await merge(desk, gone, stays)).status_code == 200
    assert (await state(desk, gone["person_id"]), await state(desk, stays["person_id"])) == (
        None,
        "confirmed",
    )
    await public.get(await desk.link(stays["person_id"]))
    kept: Json = (await public.get("/me/data")).json()["followers"][0]
    assert (kept["state"], kept["steps"][0]["words"]) == ("confirmed", WORDS)
    await erase(desk, stays["person_id"])
    assert await state(desk, stays["person_id"]) is None


async def ask(desk: Desk, public: httpx.AsyncClient) -> str:
    """The id of somebody new who asked on the page, and whose address is to be confirmed."""
    email = new_email()
    sent = await public.post("/follow", data={"name": "Wies Wilgenroos", "email": email})
    assert sent.headers["location"] == f"{desk.settings.registration_url}/follow/sent"
    [contact] = await desk.said("person-contact", email=email)
    person_id: str = contact["person_id"]
    assert len(await desk.said("link-requested", person_id=person_id, purpose="follow")) == 1
    return person_id


async def follower(desk: Desk, gathering_id: str, **more: str) -> str:
    """The id of somebody at this gathering who confirmed."""
    person_id: str = (await desk.attendee(gathering_id, **more))["person_id"]
    await desk.news_is_out()
    await desk.service.transact(
        lambda tx: following.follow(tx, person_id, WORDS, is_confirmed=True)
    )
    return person_id


async def found(desk: Desk, person_id: str) -> Document | None:
    return await desk.service.mongo["followers"].find_one({"_id": person_id})


async def state(desk: Desk, person_id: str) -> str | None:
    kept = await found(desk, person_id)
    return kept["state"] if kept else None


async def steps(desk: Desk, person_id: str) -> list[tuple[str, str]]:
    """What they said, with the words they agreed to."""
    kept = await found(desk, person_id)
    return [(one["state"], one["words"]) for one in kept["steps"]] if kept else []


async def mailed(desk: Desk, person_id: str) -> list[str]:
    """The gatherings they are mailed about."""
    said = await desk.said("mail-requested", person_id=person_id, kind="new_gathering")
    return [one["gathering_id"] for one in said]


async def lapse(desk: Desk, person_id: str) -> None:
    """Thirty days go by for this question."""
    timers = desk.service.mongo["timers"]
    timer = await timers.find_one({"data.person_id": person_id, "kind": following.LAPSES})
    assert timer
    assert timer["due"] > clock.now() + timedelta(days=29)
    await timers.update_one({"_id": timer["_id"]}, {"$set": {"due": clock.now()}})
    await becomes(lambda: timers.count({"_id": timer["_id"]}), 0)
