"""The whole service: events over Kafka in, waves and the outbox over HTTP, mails out."""

import re
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
import pytest_asyncio
from doorpakken_local.system import System
from doorpakken_plumbing.service import Service
from fastapi import FastAPI

from services.notification.tests.component.conftest import ClientOf
from services.notification.tests.component.gathering import Gathering
from services.notification.tests.component.saying import say
from tests.described import misnamed, shapeless, undescribed
from tests.probe import eventually


@pytest_asyncio.fixture
async def staff(client_of: ClientOf) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of({"*": "organiser"}) as client:
        yield client


@pytest_asyncio.fixture
async def told(service: Service, staff: httpx.AsyncClient, gathering: Gathering) -> Gathering:
    """A gathering with a complete wave of two, one of them without e-mail."""
    events = gathering.told("gladys", "kwame")
    await say(service, *events, gathering.contact("kwame", 2, email=None))
    # The last word on an address is on another topic than what makes the wave complete.
    await eventually(service.consumer.lag, lambda lag: lag == 0)
    await eventually(lambda: _wave(staff, gathering), lambda wave: wave["state"] == "complete")
    return gathering


async def _wave(client: httpx.AsyncClient, gathering: Gathering) -> dict[str, Any]:
    answer = await client.get(f"/api/v1/waves/{gathering.run}")
    wave: dict[str, Any] = answer.json() if answer.status_code == 200 else {"state": None}
    return wave


async def test_a_wave_over_http_from_plan_to_mailbox(
    staff: httpx.AsyncClient, told: Gathering, infrastructure: System
) -> None:
    listed = (await staff.get("/api/v1/waves")).json()["items"]
    (wave,) = [wave for wave in listed if wave["wave_id"] == told.run]
    assert (wave["expected"], wave["arrived"], wave["drafts"]) == (2, 2, 2)
    released = await staff.post(f"/api/v1/waves/{told.run}/release")
    assert (released.status_code, released.json()["state"]) == (200, "released")
    ended = {"sent": 1, "on_paper": 1}
    await eventually(lambda: _wave(staff, told), lambda wave: wave["by_state"] == ended)
    mailbox = f"{infrastructure.access.mailbox_url}/api/mails"
    async with httpx.AsyncClient() as client:
        mails = (await client.get(mailbox, params={"to": told.address("gladys")})).json()["items"]
    assert len(mails) == 1


async def test_an_incomplete_wave_is_refused_with_a_slug(
    service: Service, staff: httpx.AsyncClient, gathering: Gathering
) -> None:
    *rest, _ = gathering.told("gladys")
    await say(service, *rest, gathering.plan(3))
    await eventually(lambda: _wave(staff, gathering), lambda wave: wave.get("arrived") == 1)
    refused = await staff.post(f"/api/v1/waves/{gathering.run}/release")
    assert (refused.status_code, refused.json()["slug"]) == (409, "wave-incomplete")
    page = await staff.post(f"/waves/{gathering.run}/release")
    assert page.status_code == 409
    assert "Nog niet compleet" in page.text


async def test_a_wave_nobody_planned_is_not_found(staff: httpx.AsyncClient) -> None:
    answer = await staff.get("/api/v1/waves/none")
    assert (answer.status_code, answer.json()["slug"]) == (404, "not-found")


async def test_only_staff_of_the_gathering_come_in(client_of: ClientOf, told: Gathering) -> None:
    release = f"/api/v1/waves/{told.run}/release"
    async with client_of({}) as nobody:
        assert (await nobody.get("/api/v1/waves")).status_code == 401
        sent_on = await nobody.get("/outbox", headers={"Accept": "text/html"})
        assert sent_on.status_code == 303
        assert "/staff/renew" in sent_on.headers["location"]
    async with client_of({told.id: "reader"}) as reader:
        assert (await reader.get(f"/api/v1/waves/{told.run}")).status_code == 200
        assert (await reader.post(release)).status_code == 403
    async with client_of({"elsewhere": "organiser"}) as other:
        assert (await other.get(f"/waves/{told.run}/paper")).status_code == 403
        listed = (await other.get("/api/v1/waves")).json()["items"]
        assert told.run not in {wave["wave_id"] for wave in listed}


async def test_staff_look_at_a_mail_before_they_release_it(
    service: Service, staff: httpx.AsyncClient, told: Gathering
) -> None:
    outbox = await staff.get("/outbox")
    assert f"/waves/{told.run}/preview/nl" in outbox.text
    assert f'/g/{told.id}/outbox">' in outbox.text
    page = await staff.get(f"/waves/{told.run}/preview/nl")
    assert "Beste Gladys Waterlelie," in page.text
    mail = await staff.get(f"/waves/{told.run}/preview/nl/mail")
    assert "Waarom u?" in mail.text
    assert f"{service.settings.registration_url}/l/" not in page.text + mail.text
    assert (await staff.get(f"/waves/{told.run}/preview/en")).status_code == 404


async def test_a_mail_with_nothing_to_choose_is_shown_only_if_there_is_no_other(
    service: Service, staff: httpx.AsyncClient, told: Gathering
) -> None:
    preview = f"/waves/{told.run}/preview/nl/mail"

    async def leads(version: int, name: str) -> str:
        await say(service, told.scheduled(version, host=f"{told.id}-{name}-person"))
        await eventually(service.consumer.lag, lambda lag: lag == 0)
        return (await staff.get(preview)).text

    for version, name in enumerate(("gladys", "kwame"), start=2):
        assert "Kies uw sessie" in await leads(version, name)
    await say(service, told.contact("gladys", 2, language="en"))
    await eventually(service.consumer.lag, lambda lag: lag == 0)
    assert "U leidt deze sessie" in (await staff.get(preview)).text


async def test_the_form_releases_and_the_list_is_for_the_telephone(
    staff: httpx.AsyncClient, told: Gathering
) -> None:
    done = await staff.post(f"/waves/{told.run}/release")
    assert done.status_code == 303
    await eventually(lambda: _wave(staff, told), lambda wave: "on_paper" in wave["by_state"])
    page = await staff.get(f"/waves/{told.run}/paper")
    assert "Kwame Waterlelie" in page.text
    assert "020 555 0199" in page.text
    assert f"/staff/answers/{told.run}/{told.id}-kwame" in page.text
    assert "Gladys" not in page.text
    assert re.search(r"[2-9A-Z]{2}-[2-9A-Z]{4}", page.text)
    english = await staff.get("/outbox", params={"lang": "en"})
    assert "Invitations" in english.text
    assert "uitnodiging" not in english.text.split("<main", 1)[1]


async def test_the_outbox_of_one_gathering_has_its_waves_alone(
    staff: httpx.AsyncClient, told: Gathering
) -> None:
    path = f"/g/{told.id}/outbox"
    page = (await staff.get(path)).text
    assert re.findall(r'<article class="card" id="wave-([^"]+)"', page) == [told.run]
    assert (f'{path}" aria-current="page"' in page, f'{path}">' in page) == (True, False)
    done = await staff.post(f"/waves/{told.run}/release")
    assert urlsplit(done.headers["location"]).path.endswith(path)
    assert (await staff.get("/g/nowhere/outbox")).status_code == 404


async def test_one_click_ends_the_invitations_but_looking_does_not(
    client_of: ClientOf,
    service: Service,
    staff: httpx.AsyncClient,
    told: Gathering,
    infrastructure: System,
) -> None:
    await staff.post(f"/api/v1/waves/{told.run}/release")
    await eventually(lambda: _wave(staff, told), lambda wave: "sent" in wave["by_state"])
    url = await _unsubscribe_url(f"{infrastructure.access.mailbox_url}", told.address("gladys"))
    path = urlsplit(url).path
    stopped = service.mongo["unsubscribed"]
    person = {"_id": f"{told.id}-gladys-person"}
    async with client_of({}) as nobody:
        # A Dutch mail in an English browser.
        asked = await nobody.get(path, headers={"Accept-Language": "en"})
        assert "Stuur mij geen uitnodigingen meer" in asked.text
        assert await stopped.count(person) == 0
        done = await nobody.post(path, data={"List-Unsubscribe": "One-Click"})
        assert done.status_code == 200
        assert await stopped.count(person) == 1
        assert (await nobody.post(f"{path}x")).status_code == 404
        await say(service, told.contact("gladys", 3, generation=1))
        await eventually(lambda: nobody.post(path), lambda answer: answer.status_code == 404)


async def _unsubscribe_url(mailbox: str, address: str) -> str:
    async with httpx.AsyncClient(base_url=mailbox) as client:
        (mail,) = (await client.get("/api/mails", params={"to": address})).json()["items"]
        whole = (await client.get(f"/api/mails/{mail['id']}")).json()
    return str(whole["headers"]["List-Unsubscribe"]).strip("<>")


async def test_staff_see_what_cannot_go_and_act_on_it(
    service: Service, staff: httpx.AsyncClient, client_of: ClientOf, gathering: Gathering
) -> None:
    wrong = gathering.contact("gladys", email="gladys@@post")
    await say(service, gathering.published(), wrong, gathering.link("gladys"))
    await eventually(lambda: _apart(staff, gathering), lambda found: len(found) == 1)
    (mail,) = await _apart(staff, gathering)
    assert (mail["reason"], mail["kind"]) == ("address_not_mailable", "personal_link")
    assert "@" not in str(mail)
    # No wave was ever made, and it is on the page all the same.
    page = await staff.get("/outbox")
    assert "naar dit adres kan geen mail" in page.text
    assert f"/staff/people/{gathering.id}-gladys-person" in page.text
    again = f"/api/v1/mails/{mail['mail_id']}/try-again"
    async with client_of({gathering.id: "reader"}) as reader:
        assert await _apart(reader, gathering) == [mail]
        assert (await reader.post(again)).status_code == 403
    async with client_of({"elsewhere": "organiser"}) as other:
        assert await _apart(other, gathering) == []
        assert (await other.post(again)).status_code == 404
    await say(service, gathering.contact("gladys", 2))
    await eventually(service.consumer.lag, lambda lag: lag == 0)
    assert (await staff.post(again)).status_code == 204
    key = f"personal_link:{gathering.id}-gladys-registered"
    mails = service.mongo["mails"]
    await eventually(lambda: mails.count({"_id": key, "state": "sent"}), lambda count: count == 1)
    assert await _apart(staff, gathering) == []
    assert (await staff.post(again)).json()["slug"] == "not-found"


async def test_staff_let_a_mail_be(
    service: Service, staff: httpx.AsyncClient, gathering: Gathering
) -> None:
    wrong = gathering.contact("kwame", email="kwame@@post")
    await say(service, gathering.published(), wrong, gathering.link("kwame"))
    await eventually(lambda: _apart(staff, gathering), lambda found: len(found) == 1)
    (mail,) = await _apart(staff, gathering)
    assert f"/drop?g={gathering.id}" in (await staff.get(f"/g/{gathering.id}/outbox")).text
    for _ in range(2):
        done = await staff.post(f"/mails/{mail['mail_id']}/drop")
        assert done.status_code == 303
    # Back to the outbox they were in.
    outbox = f"/g/{gathering.id}/outbox"
    for page in ("/outbox", outbox):
        here = "" if page == "/outbox" else f"?g={gathering.id}"
        back = await staff.post(f"/mails/{mail['mail_id']}/drop{here}")
        assert urlsplit(back.headers["location"]).path.endswith(page)
    assert await _apart(staff, gathering) == []
    row = await service.mongo["mails"].find_one({"mail_id": mail["mail_id"]})
    assert row
    assert (row["state"], row["reason"]) == ("stopped", "dropped_by_staff")


async def _apart(client: httpx.AsyncClient, gathering: Gathering) -> list[dict[str, Any]]:
    found = (await client.get("/api/v1/mails/set-apart")).json()["items"]
    return [mail for mail in found if mail["gathering_id"] == gathering.id]


async def test_unknown_ids_are_answered_as_described(
    app: FastAPI, staff: httpx.AsyncClient
) -> None:
    assert misnamed(app.openapi()) == []
    assert shapeless(app.openapi()) == []
    assert await undescribed(staff, app.openapi()) == []


@pytest.mark.parametrize("path", ["/nergens", "/waves/nowhere/paper"])
async def test_a_mistyped_address_is_a_page(staff: httpx.AsyncClient, path: str) -> None:
    answer = await staff.get(path, headers={"accept": "text/html,*/*"})
    assert (answer.status_code, "Deze pagina bestaat niet" in answer.text) == (404, True)


async def test_the_outbox_counts_who_came_later_apart(
    service: Service, staff: httpx.AsyncClient, gathering: Gathering
) -> None:
    *rest, _ = gathering.told("gladys", "kwame")
    await say(service, *rest, gathering.plan(1))
    await eventually(lambda: _wave(staff, gathering), lambda wave: wave.get("arrived") == 2)
    page = (await staff.get("/outbox")).text
    assert "1 van 1 uitnodigingen zijn er. Voor wie later kwam: nog 1." in page
    assert "2 van 1" not in page
    # Its day to choose is long over.
    assert "Mensen konden kiezen tot woensdag 11 oktober 2023." in page
