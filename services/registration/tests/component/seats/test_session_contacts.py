"""Who takes part in a session and wants contact sees those who want it too; nobody else does."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import timedelta

import httpx
import pytest_asyncio
from doorpakken_plumbing.time import clock
from doorpakken_registration.seats import session_contacts
from fastapi import FastAPI

from services.registration.tests.component.desk import Desk, Json
from services.registration.tests.component.merging import merge, seat
from services.registration.tests.component.privacy.test_erasure import erase
from tests.names import new_email
from tests.probe import becomes

WORDS = "Mogen anderen in deze sessie uw naam en e-mailadres zien?"
# Names that stand in no other text, so that a page can be searched for them.
NAMES = ("Amal Akkerwinde", "Bo Berendruif", "Chi Citroenmelisse")


@dataclass(frozen=True)
class Seated:
    """Somebody with a seat, and their own browser."""

    browser: httpx.AsyncClient
    person: Json
    email: str
    sign_up_id: str

    @property
    def page(self) -> str:
        return f"/me/sign-ups/{self.sign_up_id}/contacts"

    async def say(self, answer: str) -> None:
        assert (await self.browser.post(self.page, data={"answer": answer})).status_code == 303

    async def sees(self) -> list[str]:
        """The names that their page shows."""
        text = (await self.browser.get(self.page)).text
        return [name for name in NAMES if name in text]


Sit = Callable[[str, str], Awaitable[Seated]]


@pytest_asyncio.fixture
async def session_id(desk: Desk) -> str:
    """A session of a gathering of its own."""
    return await desk.session(await desk.gathering())


@pytest_asyncio.fixture
async def seated(app: FastAPI, desk: Desk) -> AsyncIterator[Sit]:
    """Lets somebody sign up for a session, and open their link."""
    async with AsyncExitStack() as browsers:

        async def sit(session_id: str, name: str) -> Seated:
            found = await desk.service.mongo["sessions"].find_one({"_id": session_id})
            assert found
            email = new_email()
            person = await desk.attendee(found["gathering_id"], name=name, email=email)
            sign_up = (await seat(desk, session_id, person["id"])).json()
            browser = await browsers.enter_async_context(
                httpx.AsyncClient(
                    transport=httpx.ASGITransport(app),
                    base_url=desk.settings.registration_url,
                    headers={"Sec-Fetch-Site": "same-origin"},
                )
            )
            await browser.get(await desk.link(person["person_id"]))
            return Seated(browser, person, email, sign_up["id"])

        yield sit


@pytest_asyncio.fixture
async def three(seated: Sit, session_id: str) -> list[Seated]:
    """Three people with a seat in the session."""
    return [await seated(session_id, name) for name in NAMES]


async def test_who_said_yes_sees_who_said_yes(desk: Desk, three: list[Seated]) -> None:
    amal, bo, chi = three
    assert WORDS in (await amal.browser.get(amal.page)).text
    await amal.say("yes")
    assert "Nog niemand anders zei ja." in (await amal.browser.get(amal.page)).text
    await bo.say("yes")
    assert (await amal.sees(), await bo.sees()) == ([NAMES[1]], [NAMES[0]])
    assert bo.email in (await amal.browser.get(amal.page)).text
    # Who said nothing sees only how many there are.
    assert await chi.sees() == []
    assert "3 deelnemers." in (await chi.browser.get(chi.page)).text
    said = await desk.service.mongo["outbox"].find({"topic": {"$ne": "person-contact"}})
    assert [row["topic"] for row in said if amal.email in str(row)] == []


async def test_nobody_else_sees_the_page(
    desk: Desk, public: httpx.AsyncClient, three: list[Seated]
) -> None:
    amal, bo, _ = three
    await amal.say("yes")
    assert (await public.get(amal.page)).status_code == 401
    assert (await bo.browser.get(amal.page)).status_code == 401
    assert (await bo.browser.post(amal.page, data={"answer": "yes"})).status_code == 401
    path = f"/sign-ups/{amal.sign_up_id}/contacts"
    assert (await desk.client.get(path)).status_code == 401


async def test_it_is_taken_back_at_once(desk: Desk, three: list[Seated]) -> None:
    amal, bo, _ = three
    await amal.say("yes")
    await bo.say("yes")
    await bo.say("no")
    assert (await amal.sees(), await bo.sees()) == ([], [])
    data = (await bo.browser.get("/me/data")).json()
    [kept] = data["seat_consents"]
    assert [(one["is_given"], one["words"]) for one in kept["steps"]] == [
        (True, WORDS),
        (False, WORDS),
    ]


async def test_it_ends_with_the_seat(desk: Desk, session_id: str, three: list[Seated]) -> None:
    amal, bo, _ = three
    await amal.say("yes")
    await bo.say("yes")
    await bo.browser.post(f"/me/sign-ups/{bo.sign_up_id}/leave")
    assert await amal.sees() == []
    assert (await bo.browser.get(bo.page)).status_code == 409
    # Who comes back has not said yes again.
    await seat(desk, session_id, bo.person["id"])
    assert await amal.sees() == []


async def test_who_waits_in_line_takes_no_part(desk: Desk, seated: Sit) -> None:
    session_id = await desk.session(await desk.gathering(), seats=1)
    sits, waits = [await seated(session_id, name) for name in NAMES[:2]]
    assert "1 deelnemer." in (await sits.browser.get(sits.page)).text
    assert (await waits.browser.get(waits.page)).status_code == 409
    assert (await waits.browser.post(waits.page, data={"answer": "yes"})).status_code == 409
    assert await desk.service.mongo["seat_consents"].count({"_id": waits.sign_up_id}) == 0


async def test_erasing_and_merging(desk: Desk, three: list[Seated]) -> None:
    amal, bo, chi = three
    for one in three:
        await one.say("yes")
    await erase(desk, bo.person["person_id"])
    stays = await desk.attendee(await desk.gathering(), name="Dodo Duizendblad")
    assert (await merge(desk, chi.person, stays)).status_code == 200
    assert await amal.sees() == []
    assert "Dodo Duizendblad" in (await amal.browser.get(amal.page)).text
    kept = desk.service.mongo["seat_consents"]
    assert await kept.count({"person_id": bo.person["person_id"]}) == 0


async def test_who_leads_is_named_to_who_said_yes(desk: Desk, seated: Sit) -> None:
    gathering_id = await desk.gathering()
    host = await desk.attendee(gathering_id, name="Els Engelwortel")
    session_id = await desk.session(gathering_id, host=host["person_id"])
    amal = await seated(session_id, NAMES[0])
    assert "Els Engelwortel" not in (await amal.browser.get(amal.page)).text
    await amal.say("yes")
    assert "Els Engelwortel leidt de sessie." in (await amal.browser.get(amal.page)).text


async def test_two_weeks_after_the_session_nobody_sees_it(
    desk: Desk, session_id: str, three: list[Seated]
) -> None:
    amal, bo, _ = three
    await amal.say("yes")
    await bo.say("yes")
    kept, timers = desk.service.mongo["seat_consents"], desk.service.mongo["timers"]
    timer = {"_id": f"{session_contacts.ENDS}/{session_id}"}
    # The session was moved: the timer comes too early, and is set again.
    await timers.update_one(timer, {"$set": {"due": clock.now()}})
    await becomes(lambda: timers.count(timer | {"due": {"$gt": clock.now()}}), 1)
    assert await kept.count({"session_id": session_id}) == 2
    ended = {"ends_at": clock.now() - session_contacts.SEEN_AFTER + timedelta(seconds=-1)}
    await desk.service.mongo["sessions"].update_one({"_id": session_id}, {"$set": ended})
    page = await amal.browser.get(amal.page)
    assert (page.status_code, NAMES[1] in page.text) == (409, False)
    await timers.update_one(timer, {"$set": {"due": clock.now()}})
    await becomes(lambda: kept.count({"session_id": session_id}), 0)


async def test_programs_say_it_too(three: list[Seated]) -> None:
    amal, bo, _ = three
    await bo.say("yes")
    path = f"/api/v1/sign-ups/{amal.sign_up_id}/contacts"
    before = (await amal.browser.get(path)).json()
    assert before == {"taking_part": 3, "is_given": False, "host": None, "others": []}
    after = (await amal.browser.put(path, json={"is_given": True})).json()
    assert after["others"] == [{"name": NAMES[1], "email": bo.email}]
    assert (await amal.browser.put(path, json={"is_given": False})).json() == before
