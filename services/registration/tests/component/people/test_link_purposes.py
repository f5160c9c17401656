"""What each link opens: the personal link all of one's own, any other its object and no more."""

import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import timedelta

import httpx
import pytest
import pytest_asyncio
from doorpakken_plumbing.identity.links import PURPOSES
from doorpakken_plumbing.time import clock
from doorpakken_registration.people.routes import visitor
from doorpakken_registration.routers import ROUTERS
from doorpakken_registration.settings import Settings
from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from services.registration.tests.component.desk import Desk

FOR_ONE_THING = [*visitor.OPENS]
LETTING_NOBODY_IN = [one for one in PURPOSES if one not in visitor.LEADS]


def for_visitors() -> Iterator[tuple[str, str]]:
    """Every method and address of the service that asks who the visitor is."""
    for router in ROUTERS:
        for route in router.routes:
            if isinstance(route, APIRoute) and _asks(route.dependant):
                yield from ((method, route.path) for method in sorted(route.methods or ()))


def _asks(dependant: Dependant) -> bool:
    asking = (visitor.maybe_admitted, visitor.maybe_visitor)
    return any(one.call in asking or _asks(one) for one in dependant.dependencies)


@dataclass
class Somebody:
    """A person at a gathering with a wave, and a browser."""

    person_id: str
    attendee_id: str
    gathering_id: str
    wave_id: str
    browser: httpx.AsyncClient


@pytest_asyncio.fixture
async def somebody(desk: Desk, app: FastAPI, settings: Settings) -> AsyncIterator[Somebody]:
    gathering_id = await desk.gathering()
    mine = await desk.attendee(gathering_id, name="Lot Lindegracht")
    wave_id = await desk.wave(gathering_id)
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app),
        base_url=settings.registration_url,
        headers={"Sec-Fetch-Site": "same-origin", "Accept": "text/html"},
    ) as browser:
        yield Somebody(mine["person_id"], mine["id"], gathering_id, wave_id, browser)


@pytest.mark.parametrize("purpose", FOR_ONE_THING)
async def test_a_link_for_one_thing_is_nothing_anywhere_else(
    desk: Desk, public: httpx.AsyncClient, somebody: Somebody, purpose: str
) -> None:
    """On every address for visitors it is as if they had no link; pages say what they need."""
    asked = {*for_visitors()}
    assert {path for _, path in asked} >= visitor.OPENS[purpose].keys()
    browser = somebody.browser
    await browser.get(await desk.link(somebody.person_id, purpose, somebody.wave_id))
    assert visitor.cookie_name(purpose) in browser.cookies
    for method, path in sorted(asked):
        if path in visitor.OPENS[purpose] and not visitor.OPENS[purpose][path]:
            continue
        # Another object than that of the link, where the address names one.
        here = re.sub(r"{(\w+)}", r"other-\1", path)
        with_link = await browser.request(method, here)
        without = await public.request(method, here, headers={"Accept": "text/html"})
        if without.status_code == 401 and with_link.status_code == 403:
            assert "other-link" in with_link.text or "Deze link is voor iets anders" in (
                with_link.text
            ), here
        else:
            assert with_link.status_code == without.status_code, (method, here)


@pytest.mark.parametrize("path", ["/me", "/me/data", "/me/data.html", "/me/erase", "/me/name"])
async def test_nothing_of_ones_own_page_is_opened_by_an_answer_link(
    desk: Desk, somebody: Somebody, path: str
) -> None:
    browser = somebody.browser
    await browser.get(await desk.link(somebody.person_id, "answer", somebody.wave_id))
    refused = await browser.get(path)
    assert refused.status_code == 403
    assert "Deze link is voor iets anders." in refused.text
    assert 'href="/link"' in refused.text
    assert (await browser.post("/me/erase")).status_code == 403


@pytest.mark.parametrize("purpose", LETTING_NOBODY_IN)
async def test_what_lies_about_lets_nobody_in(desk: Desk, somebody: Somebody, purpose: str) -> None:
    """A mail's unsubscribe link, a calendar's address, a cookie: none of them is a link."""
    browser = somebody.browser
    link = await desk.link(somebody.person_id, purpose)
    refused = await browser.get(link)
    assert (refused.status_code, [*browser.cookies]) == (404, [])
    assert 'href="/link"' in refused.text


@pytest.mark.parametrize("purpose", [one for one in PURPOSES if one != "visitor"])
async def test_a_link_is_no_cookie(desk: Desk, somebody: Somebody, purpose: str) -> None:
    token = (await desk.link(somebody.person_id, purpose)).removeprefix("/l/")
    for name in map(visitor.cookie_name, visitor.LEADS):
        somebody.browser.cookies.set(name, token)
    assert (await somebody.browser.get("/me")).status_code == 401
    assert (await somebody.browser.get("/me/follow")).status_code == 401


async def test_a_cookie_is_for_the_purpose_it_was_given_for(desk: Desk, somebody: Somebody) -> None:
    browser = somebody.browser
    await browser.get(await desk.link(somebody.person_id, "follow"))
    follow = browser.cookies[visitor.cookie_name("follow")]
    browser.cookies.clear()
    browser.cookies.set(visitor.cookie_name("me"), follow)
    assert (await browser.get("/me")).status_code == 401


async def test_an_invitation_is_answered_as_often_as_needed(desk: Desk, somebody: Somebody) -> None:
    """With all that its page offers: choose, give up a seat, and choose again; no own page."""
    session_id = await desk.session(somebody.gathering_id)
    browser = somebody.browser
    link = await desk.link(somebody.person_id, "answer", somebody.wave_id)
    for _ in range(2):
        browser.cookies.clear()
        page = await browser.get(link, follow_redirects=True)
        assert (page.status_code, page.url.path) == (200, f"/answer/{somebody.wave_id}")
        assert 'href="/me"' not in page.text
        yes = {"answer": "accepted", "session": session_id}
        chosen = await browser.post(f"/answer/{somebody.wave_id}", data=yes)
        assert chosen.headers["location"].endswith(f"/answer/{somebody.wave_id}")
        seats = await desk.service.mongo["sign_ups"].find(
            {"attendee_id": somebody.attendee_id, "is_open": True}
        )
        seat = f"/me/sign-ups/{seats[0]['_id']}"
        assert (await browser.get(f"{seat}/handover")).status_code == 200
        left = await browser.post(f"{seat}/leave")
        assert left.headers["location"].endswith(f"/answer/{somebody.wave_id}")
    body = {"answer": "declined", "reason": "no_time"}
    path = f"/api/v1/waves/{somebody.wave_id}/answers"
    assert (await browser.post(path, json=body)).status_code == 200


async def test_an_invitation_opens_no_seat_of_another_gathering(
    desk: Desk, somebody: Somebody
) -> None:
    person = (await desk.client.get(f"/persons/{somebody.person_id}")).json()
    elsewhere = await desk.gathering()
    there = await desk.attendee(elsewhere, name=person["name"], email=person["email"])
    assert there["person_id"] == somebody.person_id
    session_id = await desk.session(elsewhere, day=25)
    taken = await desk.client.post(
        f"/sessions/{session_id}/sign-ups", json={"attendee_id": there["id"]}
    )
    browser = somebody.browser
    await browser.get(await desk.link(somebody.person_id, "answer", somebody.wave_id))
    seat = f"/me/sign-ups/{taken.json()['id']}"
    assert (await browser.post(f"{seat}/leave")).status_code == 403
    await browser.get(await desk.link(somebody.person_id))
    assert (await browser.post(f"{seat}/leave")).status_code == 303


@pytest.mark.parametrize(
    ("age", "status"), [(timedelta(hours=23), 200), (timedelta(hours=25), 403)]
)
async def test_data_erasing_and_the_name_ask_for_a_new_link(
    desk: Desk, somebody: Somebody, age: timedelta, status: int
) -> None:
    browser = somebody.browser
    await browser.get(await desk.link(somebody.person_id, age=age))
    assert (await browser.get("/me")).status_code == 200
    for path in ("/me/data", "/me/data.html", "/me/erase", "/me/name"):
        page = await browser.get(path)
        assert page.status_code == status, path
        assert ('action="/me/link"' in page.text) is (status == 403)
    if status == 403:
        typed = await browser.post("/me/name", data={"name": "Lot van der <b>"})
        assert (typed.status_code, 'value="Lot van der &lt;b&gt;"' in typed.text) == (403, True)
        assert (await browser.post("/me/erase")).status_code == 403


async def test_a_new_link_is_one_press_away(desk: Desk, somebody: Somebody) -> None:
    browser = somebody.browser
    await browser.get(await desk.link(somebody.person_id, age=timedelta(days=3)))
    page = await browser.post("/me/link", follow_redirects=True)
    assert "Kijk in uw mail" in page.text
    assert (await browser.post("/api/v1/me/link-requests")).status_code == 202
    said = await desk.said("link-requested", person_id=somebody.person_id, purpose="sign_in")
    assert len(said) == 2


async def test_who_has_no_address_is_helped_by_telephone(
    desk: Desk, somebody: Somebody, public: httpx.AsyncClient
) -> None:
    phone = await desk.attendee(
        somebody.gathering_id, name="Cas Kade", email=None, phone="020 555 0871"
    )
    browser = somebody.browser
    await browser.get(await desk.link(phone["person_id"], age=timedelta(days=3)))
    refused = await browser.get("/me/data")
    assert (refused.status_code, "Bel ons" in refused.text) == (403, True)
    assert "Bel ons" in (await browser.post("/me/link", follow_redirects=True)).text
    data = f"/staff/people/{phone['person_id']}/data"
    public.headers["Authorization"] = desk.client.headers["Authorization"]
    assert "Cas Kade" in (await public.get(data)).text


async def test_the_personal_link_ends_after_sixty_days_and_is_renewed_by_use(
    desk: Desk, somebody: Somebody
) -> None:
    browser, person_id = somebody.browser, somebody.person_id
    old = await desk.link(person_id, age=timedelta(days=61))
    ended = await browser.get(old)
    assert (ended.status_code, 'href="/link"' in ended.text) == (410, True)
    used = await desk.link(person_id, age=timedelta(days=59))
    assert (await browser.get(used, follow_redirects=True)).status_code == 200
    # As if that was thirty days ago: by then its own time is over.
    uses = desk.service.mongo["used_links"]
    [kept] = await uses.find({"person_id": person_id})
    aged = await desk.link(person_id, age=timedelta(days=89))
    name = f"{person_id} {int((clock.now() - timedelta(days=29)).timestamp())}"
    row = kept | {"_id": name, "used_at": clock.now() - timedelta(days=30)}
    await uses.replace_one({"_id": name}, row, upsert=True)
    answers = [(await browser.get(aged)).status_code]
    row["used_at"] = clock.now() - timedelta(days=61)
    await uses.replace_one({"_id": name}, row)
    answers.append((await browser.get(aged)).status_code)
    assert answers == [303, 410]
    assert (await browser.get(old)).status_code == 410


async def test_signing_out_leaves_the_link_and_ending_the_links_does_not(
    desk: Desk, somebody: Somebody
) -> None:
    browser, person_id = somebody.browser, somebody.person_id
    links = [await desk.link(person_id), await desk.link(person_id, "follow")]
    for link in links:
        await browser.get(link)
    cookies = dict(browser.cookies)
    assert (await browser.post("/me/sign-out", follow_redirects=True)).status_code == 200
    assert [one for one in browser.cookies if one.startswith("visitor")] == []
    assert (await browser.get(links[0], follow_redirects=True)).status_code == 200
    ended = await browser.post("/me/links/end", follow_redirects=True)
    assert "Uw oude links werken niet meer." in ended.text
    assert [(await browser.get(link)).status_code for link in links] == [404, 404]
    browser.cookies.update(cookies)
    assert (await browser.get("/me")).status_code == 401
    browser.cookies.clear()
    assert (await desk.said("person-contact", person_id=person_id))[-1]["generation"] == 1
    await browser.get(await desk.link(person_id, generation=1))
    assert (await browser.post("/api/v1/me/links/end")).status_code == 204
    ends = await desk.client.post(f"/persons/{person_id}/links/end")
    assert ends.status_code == 204
    assert (await desk.said("person-contact", person_id=person_id))[-1]["generation"] == 3


async def test_two_people_of_one_house_share_a_phone(desk: Desk, somebody: Somebody) -> None:
    """Who opens their link is not shown what is of the one before them."""
    browser = somebody.browser
    other = await desk.attendee(somebody.gathering_id, name="Fem Lindegracht")
    await browser.get(await desk.link(somebody.person_id))
    await browser.get(await desk.link(other["person_id"], "answer", somebody.wave_id))
    assert "Fem Lindegracht" in (await browser.get(f"/answer/{somebody.wave_id}")).text
    assert (await browser.get("/me")).status_code == 403
    await browser.get(await desk.link(somebody.person_id))
    assert "Lot Lindegracht" in (await browser.get(f"/answer/{somebody.wave_id}")).text


async def test_a_page_is_in_the_language_of_whose_link_it_is(
    desk: Desk, somebody: Somebody
) -> None:
    """A Dutch mail opened in an English browser; what is chosen on a page stays chosen."""
    browser = somebody.browser
    browser.headers["Accept-Language"] = "en"
    browser.cookies.set("language", "en")
    page = await browser.get(await desk.link(somebody.person_id), follow_redirects=True)
    assert page.headers["content-language"] == "nl"
    assert (await browser.get("/me?lang=en")).headers["content-language"] == "en"
    assert (await browser.get("/me")).headers["content-language"] == "en"


async def test_what_is_kept_of_use_is_forgotten_with_the_person(
    desk: Desk, somebody: Somebody
) -> None:
    await somebody.browser.get(await desk.link(somebody.person_id), follow_redirects=True)
    uses = desk.service.mongo["used_links"]
    assert await uses.count({"person_id": somebody.person_id}) == 1
    assert (await desk.client.post(f"/persons/{somebody.person_id}/erase")).status_code == 202
    assert await uses.count({"person_id": somebody.person_id}) == 0
    assert (await somebody.browser.post("/me/erase")).status_code == 303
