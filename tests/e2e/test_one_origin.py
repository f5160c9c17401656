"""The services behind a reverse proxy, each below a prefix that it never sees: every page, form,
mail and stream leads to where it is reached, and nobody passes for another."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from email import message_from_string
from email.policy import default
from urllib.parse import urlsplit

import httpx
import pytest_asyncio
from doorpakken_events.catalogue import SERVICES
from doorpakken_local.demo.counting.report import Report
from doorpakken_local.demo.place import Place
from doorpakken_local.demo.play import Play, opened
from doorpakken_local.demo.stories.parts import Person
from doorpakken_local.demo.stories.story import load
from doorpakken_local.demo.visiting.mailbox import Mail
from doorpakken_local.demo.visiting.web import Browser, Page, Web
from doorpakken_local.processes import together
from doorpakken_local.system import System

from tests.e2e.crawl import Crawl
from tests.e2e.gatherings import API, HOST, open_now, open_session, person, register
from tests.e2e.proxy import ADDRESS, Proxy, served

PREFIXES = {name: "" if name == "registration" else f"/{name}" for name in SERVICES}
# A wave may have nobody who reads that language; the page says so.
NOBODY_READS_IT = re.compile(r"/notification/waves/[^/]+/preview/(nl|en)$")
# Of this machine but not of the trial: those on 127.0.0.1 may see figures, others may not.
ELSEWHERE = "127.0.0.3"


@pytest_asyncio.fixture(scope="module")
async def place(system: System, report: Report) -> AsyncIterator[Place]:
    """The system of the session with its story, told for a while that it is below one origin."""
    upstreams = {PREFIXES[name]: system.urls[name] for name in SERVICES}
    async with served(Proxy(upstreams)) as origin:
        urls = {name: f"{origin}{PREFIXES[name]}" for name in SERVICES}
        told = {f"{name.upper()}_URL": url for name, url in urls.items()}
        await start_anew(system, told | {"TRUSTED_PROXIES": ADDRESS})
        yield replace(Place.of(system), urls=dict(system.urls) | urls)
        await start_anew(system, {})


async def start_anew(system: System, settings: dict[str, str]) -> None:
    async def one(name: str) -> None:
        await system.stop_one(name)
        await system.start_one(name, settings)

    async with together() as group:
        for name in SERVICES:
            group.create_task(one(name))


@pytest_asyncio.fixture(scope="module")
async def play(place: Place) -> AsyncIterator[Play]:
    """A gathering that is open now, made through the proxy."""
    async with opened(place, load()) as play:
        await open_now(play)
        yield play


async def signed_in(place: Place, web: Web, then: str) -> tuple[Browser, Page]:
    """Staff with a browser, and the page that they wanted to see."""
    browser = web.browser()
    form = (await browser.open(f"{place.urls['registration']}/staff/login?next={then}")).form()
    login = {"email": [place.staff_email], "password": [place.staff_password]}
    return browser, await browser.send(form, login)


async def test_every_link_of_staff_leads_somewhere_below_the_origin(place: Place) -> None:
    origin = place.urls["registration"]
    async with Web() as web:
        browser, page = await signed_in(place, web, f"{origin}/matching/")
        assert page.url == f"{origin}/matching/"
        assert {cookie.path for cookie in browser.session.cookies.jar} == {"/"}
        crawl = Crawl(browser.session, origin)
        await crawl.run(f"{origin}/")
    missing = [one for one in crawl.missing if not NOBODY_READS_IT.match(one.removeprefix(origin))]
    assert (crawl.foreign, missing) == (set(), [])
    reached = {first_part(one) for one in crawl.asked}
    assert {"g", "staff", "static", "matching", "notification", "reporting"} <= reached
    assert {first_part(one) for one in crawl.streams} == {"reporting", "staff"}


def first_part(address: str) -> str:
    return urlsplit(address).path.split("/")[1]


async def test_a_plan_becomes_an_invitation_through_mails_and_forms(play: Play) -> None:
    origin = play.place.urls["registration"]
    (invited,) = await register(play, 1)
    await open_session(play, invited.json()["id"], seats=4)
    asked = await play.mail_for(Person(**person(HOST)), "host_request")
    host = play.web.browser()
    await host.send((await host.open(asked.button(origin))).form(), {"answer": ["yes"]})
    await play.settled()
    staff, outbox = await signed_in(play.place, play.web, f"{origin}/notification/outbox")
    await staff.send(outbox.form(leads_to="/release"), {})
    await check_links(
        play, await play.mail_for(Person(**person(0, of=play.gathering_id)), "invitation")
    )
    await check_links(play, asked)


async def check_links(play: Play, mail: Mail) -> None:
    """All that can be reached from a mail, by whom it is for."""
    origin = play.place.urls["registration"]
    links = re.findall(r"https?://[^\s\"<>]+", mail.text + mail.html)
    assert [one for one in links if not one.startswith(f"{origin}/")] == []
    browser = play.web.browser()
    crawl = Crawl(browser.session, origin)
    await crawl.run((await browser.open(mail.button(origin))).url)
    assert (crawl.foreign, crawl.missing) == (set(), [])
    raw = await browser.session.get(f"{play.place.urls['mailbox']}/mails/{mail.id}/raw")
    if header := message_from_string(raw.text, policy=default)["List-Unsubscribe"]:
        assert header.startswith(f"<{origin}/notification/unsubscribe/")
        await browser.open(header.strip("<>"))
    assert bool(header) == (mail.kind == "invitation")


async def test_the_interface_says_where_it_is(place: Place) -> None:
    async with httpx.AsyncClient() as client:
        for name in SERVICES:
            told = (await client.get(f"{place.urls[name]}/openapi.json")).json()
            assert told["servers"] == [{"url": place.urls[name]}]
            path = next(path for path in told["paths"] if path.startswith(API))
            assert (await client.options(f"{place.urls[name]}{path}")).status_code != 404


async def test_who_asks_is_believed_of_the_proxy_alone(system: System, place: Place) -> None:
    claims = {"X-Forwarded-For": "127.0.0.1"}
    wire = httpx.AsyncHTTPTransport(local_address=ELSEWHERE)
    async with httpx.AsyncClient(transport=wire, headers=claims) as elsewhere:
        for name in SERVICES:
            through = await elsewhere.get(f"{place.urls[name]}/metrics")
            directly = await elsewhere.get(f"{system.urls[name]}/metrics")
            assert (through.status_code, directly.status_code) == (401, 401)
    async with httpx.AsyncClient(headers={"X-Forwarded-For": ELSEWHERE}) as here:
        assert (await here.get(f"{place.urls['matching']}/metrics")).status_code == 200
        assert (await here.get(f"{system.urls['matching']}/metrics")).status_code == 200


async def test_a_guess_counts_for_the_machine_that_makes_it(system: System, place: Place) -> None:
    """Through the proxy or past it: another address claimed with each try is no other machine."""
    body = {"email": "nobody@doorpakken.example", "password": "guess"}
    for url in (place.urls["registration"], system.urls["registration"]):
        wire = httpx.AsyncHTTPTransport(local_address=ELSEWHERE)
        async with httpx.AsyncClient(transport=wire) as stranger:
            answers = {
                (
                    await stranger.post(
                        f"{url}{API}/staff/login",
                        json=body,
                        headers={"X-Forwarded-For": f"203.0.113.{at}"},
                    )
                ).status_code
                for at in range(12)
            }
            assert 429 in answers
