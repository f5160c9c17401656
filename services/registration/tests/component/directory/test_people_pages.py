"""The staff pages about people and organisations, in both languages and without JavaScript."""

import re
from collections.abc import AsyncIterator

import httpx
import pytest
import pytest_asyncio
from doorpakken_plumbing.identity.staff import COOKIE, Staff, sign_token
from doorpakken_registration.common.store import paging
from doorpakken_registration.directory.routes import noun_pages
from doorpakken_registration.settings import Settings

from services.registration.tests.component.desk import Desk, Json, plan_for_work
from tests.names import new_email, new_word


def _sign_in(browser: httpx.AsyncClient, settings: Settings, roles: dict[str, str]) -> None:
    key = settings.staff_private_key.get_secret_value()
    browser.cookies.set(COOKIE, sign_token(key, Staff("staff-4", roles, "session-4")))


@pytest_asyncio.fixture
async def browser(
    public: httpx.AsyncClient, settings: Settings
) -> AsyncIterator[httpx.AsyncClient]:
    """An organiser of all gatherings in a browser."""
    _sign_in(public, settings, {"*": "organiser"})
    yield public


async def _somebody(desk: Desk, **more: object) -> Json:
    """Somebody who came for an organisation, supports a plan and has a seat."""
    gathering_id = await desk.gathering()
    made = await desk.attendee(gathering_id, organisation=f"OCTA {new_word()}", **more)
    session_id = await desk.session(gathering_id)
    await desk.client.post(f"/sessions/{session_id}/sign-ups", json={"attendee_id": made["id"]})
    path = f"/gatherings/{gathering_id}"
    plan = plan_for_work(person_id=made["person_id"], name=None, email=None)
    pitch = (await desk.client.post(f"{path}/pitches", json=plan)).json()
    support = {"stance": "joins", "person_id": made["person_id"]}
    await desk.client.post(f"/pitches/{pitch['id']}/endorsements", json=support)
    offer = {"category": "space", "amount": 3, "unit": "day_part", "person_id": made["person_id"]}
    await desk.client.post(f"{path}/offers", json=offer)
    return made


async def test_people_are_found_from_the_first_page(desk: Desk, browser: httpx.AsyncClient) -> None:
    name = f"Imane {new_word()}"
    made = await desk.attendee(await desk.gathering(), name=name)
    assert 'href="/staff/people"' in (await browser.get("/")).text
    found = await browser.get("/staff/people", params={"search": name})
    assert f'href="/staff/people/{made["person_id"]}">{name}</a>' in found.text
    assert "1 persoon" in found.text
    nobody = await browser.get("/staff/people", params={"search": new_word(), "lang": "en"})
    assert "Nobody found." in nobody.text


async def test_people_are_counted_up_to_a_number_and_leafed_through_beyond(
    desk: Desk, browser: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "COUNTED_MAX", 2)
    monkeypatch.setattr(noun_pages, "SHOWN_MAX", 1)
    word, gathering_id = new_word(), await desk.gathering()
    for name in ("Ada", "Bea", "Cor"):
        await desk.attendee(gathering_id, name=f"{name} {word}")
    first = await browser.get("/staff/people", params={"search": word})
    assert "Meer dan 2 personen." in first.text
    assert "Volgende" in first.text
    last = await browser.get("/staff/people", params={"search": word, "skip": 2})
    assert f"Cor {word}" in last.text
    assert "Volgende" not in last.text


async def test_a_person_and_an_organisation_tell_their_history(
    desk: Desk, browser: httpx.AsyncClient
) -> None:
    made = await _somebody(desk)
    person = await browser.get(f"/staff/people/{made['person_id']}?lang=nl")
    for said in (
        "Pitch: OCTA",
        "Steun voor OCTA: doet mee",
        "Aanbod: 3 dagdelen, ruimte",
        "Sessie",
    ):
        assert said in person.text, said
    english = await browser.get(f"/staff/people/{made['person_id']}?lang=en")
    assert "Support for OCTA: joins" in english.text
    path = f"/staff/organisations/{made['organisation_id']}"
    organisation = await browser.get(path + "?lang=nl")
    assert "Er is nog geen contactpersoon." in organisation.text
    assert f'href="/staff/people/{made["person_id"]}"' in organisation.text
    assert "There is no contact yet." in (await browser.get(path + "?lang=en")).text


async def test_a_person_is_changed_on_the_page(desk: Desk, browser: httpx.AsyncClient) -> None:
    made = await desk.attendee(await desk.gathering())
    path = f"/staff/people/{made['person_id']}"
    form = {"name": "Gladys Klaver", "email": "nergens", "phone": "", "language": "en"}
    wrong = await browser.post(path, data=form)
    assert (wrong.status_code, 'value="Gladys Klaver"' in wrong.text) == (422, True)
    assert 'href="#email"' in wrong.text
    none = await browser.post(path, data=form | {"email": ""})
    assert "Eén is genoeg." in none.text
    right = form | {"email": new_email("straat.example")}
    assert (await browser.post(path, data=right)).status_code == 303
    assert "<h1>Gladys Klaver</h1>" in (await browser.get(path)).text


async def test_who_would_be_two_is_shown_the_way_to_merge(
    desk: Desk, browser: httpx.AsyncClient
) -> None:
    email = new_email("balie.example")
    first, second = [
        (await desk.attendee(await desk.gathering(), name=name, email=email))["person_id"]
        for name in ("Kwame Kastanje", "Kwame Kastanja")
    ]
    form = {"name": "Kwame Kastanje", "email": email, "language": "nl"}
    refused = await browser.post(f"/staff/people/{second}", data=form)
    merge = f"/staff/people/{second}/merge/{first}"
    assert (refused.status_code, f'href="{merge}"' in refused.text) == (422, True)
    asked = await browser.get(merge)
    assert "1 aanmelding gaat over." in asked.text
    assert f"<strong>Kwame Kastanja</strong><br>{email}" in asked.text
    assert (await desk.client.get(f"/persons/{second}")).status_code == 200
    key = re.search(r'name="idempotency_key" value="([^"]+)"', asked.text)
    assert key
    for _ in range(2):
        done = await browser.post(merge, data={"idempotency_key": key[1]})
        assert (done.status_code, done.headers["location"].endswith(first)) == (303, True)
    assert (await browser.get(f"/staff/people/{second}")).status_code == 404


async def test_what_stands_in_the_way_of_merging_is_said_before(
    desk: Desk, browser: httpx.AsyncClient
) -> None:
    gathering_id = await desk.gathering(title="Vierde bijeenkomst")
    first, second = [(await desk.attendee(gathering_id))["person_id"] for _ in range(2)]
    chosen = await browser.get(f"/staff/people/{first}/merge")
    assert f"/staff/people/{first}/merge/{first}" not in chosen.text
    merge = f"/staff/people/{first}/merge/{second}"
    for answer in (await browser.get(merge), await browser.post(merge)):
        assert answer.status_code == 409
        assert "Meld eerst één van de twee af." in answer.text
        assert "Vierde bijeenkomst" in answer.text
        assert "Ja, voeg samen" not in answer.text


async def test_contacts_are_chosen_among_its_people_or_found(
    desk: Desk, browser: httpx.AsyncClient
) -> None:
    made = await desk.attendee(await desk.gathering(), organisation=f"De Dreef {new_word()}")
    word = new_word()
    other = await desk.attendee(await desk.gathering(), name=f"Rowena {word}")
    path = f"/staff/organisations/{made['organisation_id']}"
    box = 'name="contact" value="{}"'
    page = await browser.get(path)
    assert box.format(made["person_id"]) in page.text
    assert box.format(other["person_id"]) not in page.text
    found = await browser.get(path, params={"search": word})
    assert box.format(other["person_id"]) in found.text
    ids = [other["person_id"], made["person_id"]]
    saved = await browser.post(f"{path}/contacts", data={"contact": ids})
    assert saved.status_code == 303
    kept = await desk.client.get(f"/organisations/{made['organisation_id']}")
    assert kept.json()["contacts"] == ids
    assert (await browser.get(path)).text.count(" checked") >= 2


async def test_organisations_are_found_changed_and_merged(
    desk: Desk, browser: httpx.AsyncClient
) -> None:
    names = [f"{word} {new_word()}" for word in ("Gaasp", "Gaaspziekenhuis")]
    gone, stays = [
        (await desk.attendee(await desk.gathering(), organisation=name))["organisation_id"]
        for name in names
    ]
    listed = await browser.get("/staff/organisations", params={"search": names[0]})
    assert f'href="/staff/organisations/{gone}"' in listed.text
    path, form = f"/staff/organisations/{gone}", {"name": names[1], "kind": "other"}
    taken = await browser.post(path, data=form)
    merge = f"{path}/merge/{stays}"
    assert (taken.status_code, f'href="{merge}"' in taken.text) == (422, True)
    chosen = await browser.get(f"{path}/merge", params={"search": names[1]})
    assert f'href="{merge}"' in chosen.text
    asked = await browser.get(f"{merge}?lang=en")
    assert "1 registration changes hands." in asked.text
    assert (await browser.post(merge)).headers["location"].endswith(stays)
    led = await browser.get(path)
    assert (led.status_code, led.headers["location"].endswith(stays)) == (303, True)


@pytest.mark.parametrize("noun", ["people", "organisations"])
async def test_readers_look_and_visitors_do_not(
    desk: Desk, public: httpx.AsyncClient, settings: Settings, noun: str
) -> None:
    made = await desk.attendee(await desk.gathering(), organisation=f"De Dreef {new_word()}")
    found = made["person_id" if noun == "people" else "organisation_id"]
    path = f"/staff/{noun}/{found}"
    assert (await public.get(path)).status_code == 401
    _sign_in(public, settings, {"*": "reader"})
    seen = await public.get(path)
    assert (seen.status_code, "Gegevens aanpassen" in seen.text) == (200, False)
    assert (await public.post(path, data={"name": "x"})).status_code == 403
    public.cookies.clear()
    _sign_in(public, settings, {"g": "organiser"})
    assert (await public.get(f"/staff/{noun}")).status_code == 403
    assert 'href="/staff/people"' not in (await public.get("/")).text
