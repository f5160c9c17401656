"""Staff see a plan with names, make one and send it, with nothing but links and buttons."""

from collections.abc import AsyncIterator

import httpx
import pytest
import pytest_asyncio
from doorpakken_events.registration import PersonContact
from doorpakken_pages.catalogue import untranslated
from selectolax.lexbor import LexborHTMLParser

from services.matching.tests.component.conftest import ClientOf
from services.matching.tests.component.gathering import Gathering
from services.matching.tests.component.test_hosting import answered


@pytest_asyncio.fixture
async def browser(client_of: ClientOf) -> AsyncIterator[httpx.AsyncClient]:
    """An organiser with a browser."""
    async with client_of({"*": "organiser"}) as client:
        client.base_url = httpx.URL("http://matching.example")
        client.headers["Accept"] = "text/html"
        yield client


def test_every_text_has_its_english() -> None:
    assert untranslated("doorpakken_matching") == set()


async def test_a_plan_is_made_and_sent_by_pressing_buttons(
    gathering: Gathering, browser: httpx.AsyncClient
) -> None:
    await gathering.prepare()
    contact = PersonContact(
        person_id=f"{gathering.id}-person-a", name="Zoë <b>Klaver</b>", language="nl"
    )
    host = PersonContact(
        person_id=f"{gathering.id}-pitcher-one", name="Kwame Kastanje", language="nl"
    )
    await gathering.hear((contact, 1), (host, 1))
    assert f"/gatherings/{gathering.id}/plans" in (await browser.get("/")).text
    made = await browser.post(f"/gatherings/{gathering.id}/plans")
    assert made.status_code == 303
    path = httpx.URL(made.headers["location"]).path
    page = await browser.get(path)
    assert page.status_code == 200
    assert "Zoë &lt;b&gt;Klaver&lt;/b&gt;" in page.text
    assert "Kwame Kastanje leidt de sessie" in page.text
    assert "kan helpen met kennis" in page.text
    assert "nog niet in gebruik" in page.text
    assert (await browser.post(f"{path}/publish")).status_code == 303
    assert "This plan is in use." in (await browser.get(path, params={"lang": "en"})).text
    assert len(await gathering.recommended(path.rpartition("/")[2])) == 3


async def test_the_plans_of_one_gathering_have_a_page_of_their_own(
    gathering: Gathering, browser: httpx.AsyncClient
) -> None:
    await gathering.prepare()
    plan = await gathering.plan()
    path = f"/g/{gathering.id}/plans"
    page = (await browser.get(path)).text
    assert page.count("<article") == 1
    assert (f'/plans/{plan["run_id"]}"' in page, f'{path}" aria-current="page"' in page) == (
        True,
        True,
    )
    assert f'{path}">' in (await browser.get(f"/g/{gathering.id}/rooms")).text
    assert (await browser.get("/g/nowhere/plans")).status_code == 404


async def test_a_session_is_made_smaller_by_pressing_a_button(
    gathering: Gathering, browser: httpx.AsyncClient
) -> None:
    await gathering.prepare()
    plan = await gathering.plan()
    board = f"/plans/{plan['run_id']}"
    await gathering.publish(plan)
    (asked,) = await gathering.said("host-asked")
    path = f"/sessions/{asked['session_id']}"
    await gathering.hear(
        *((gathering.sign_up(one, asked["session_id"]), 1) for one in ("a", "b", "c"))
    )
    assert (await browser.post(f"{path}/capacity", data={"capacity_max": "2"})).status_code == 303
    assert "Er is 1 plaats te weinig." in (await browser.get(board)).text
    wrong = await browser.post(f"{path}/capacity", data={"capacity_max": "0"})
    assert (wrong.status_code, "Kijk na wat u invulde." in wrong.text) == (422, True)


async def test_a_session_is_changed_by_pressing_buttons(
    gathering: Gathering, browser: httpx.AsyncClient
) -> None:
    await gathering.prepare()
    name = PersonContact(person_id=f"{gathering.id}-person-a", name="Zoë Klaver", language="nl")
    await gathering.hear((name, 1))
    plan = await gathering.plan()
    board = f"/plans/{plan['run_id']}"
    assert "Verander deze sessie" not in (await browser.get(board)).text
    await gathering.publish(plan)
    (asked,) = await gathering.said("host-asked")
    path = f"/sessions/{asked['session_id']}"
    assert "heeft nog niet geantwoord" in (await browser.get(board)).text

    slot_id = asked["other_slots"][0]["slot_id"]
    await gathering.hear((answered(asked, "other_slot", slot_id=slot_id), 1))
    page = (await browser.get(board)).text
    assert ("wil liever op" in page, "Verplaats naar" in page) == (True, True)
    moved = await browser.post(f"{path}/reschedule", data={"slot_id": slot_id, "room_id": ""})
    assert (moved.status_code, httpx.URL(moved.headers["location"]).path) == (303, board)
    assert "zei ja" in (await browser.get(board)).text

    person = {"person_id": f"{gathering.id}-person-a"}
    assert (await browser.post(f"{path}/host", data=person)).status_code == 303
    assert "Zoë Klaver leidt de sessie" in (await browser.get(board)).text
    nobody = await browser.post(f"{path}/host", data={"person_id": "nobody"})
    assert (nobody.status_code, "Kies iemand die er was" in nobody.text) == (422, True)

    assert (await browser.post(f"{path}/nothing")).status_code == 404

    public = {"reason": "Mail zoe@klaver.example"}
    refused = await browser.post(f"{path}/cancel", data=public)
    assert (refused.status_code, "Iedereen kan dit lezen." in refused.text) == (422, True)
    assert (await browser.post(f"{path}/cancel", data={"reason": ""})).status_code == 303
    page = (await browser.get(board, params={"lang": "en"})).text
    assert ("This session is cancelled." in page, "Change this session" in page) == (True, False)


@pytest.mark.parametrize("language", ["nl", "en"])
async def test_a_refusal_is_said_on_the_page(
    gathering: Gathering, browser: httpx.AsyncClient, language: str
) -> None:
    await gathering.hear((gathering.published(), 1))
    answer = await browser.post(f"/gatherings/{gathering.id}/plans", params={"lang": language})
    assert answer.status_code == 409
    said = {"nl": "Er is nog geen ruimte.", "en": "There is no room yet."}
    assert said[language] in answer.text


async def test_who_is_not_signed_in_is_sent_to_do_so(browser: httpx.AsyncClient) -> None:
    del browser.headers["Authorization"]
    answer = await browser.get("/")
    assert answer.status_code == 303
    assert "/staff/renew?next=" in answer.headers["location"]


async def test_what_was_typed_is_kept_when_the_token_ran_out(browser: httpx.AsyncClient) -> None:
    token = browser.headers.pop("Authorization")
    typed = {"reason": "De zaal is <niet> vrij.", "idempotency_key": "k-1"}
    page = await browser.post("/sessions/s-1/cancel", data=typed, params={"lang": "en"})
    assert page.status_code == 401
    assert "You are not signed in any more." in page.text
    assert "/staff/renew?next=" in page.text
    boxes = LexborHTMLParser(page.text).css("form input")
    assert {box.attributes["name"]: box.attributes["value"] for box in boxes} == typed
    sent = await browser.post("/sessions/s-1/cancel", data=typed, headers={"Authorization": token})
    assert sent.status_code == 404


async def test_a_reader_sees_no_button_and_no_other_gathering(
    gathering: Gathering, client_of: ClientOf
) -> None:
    await gathering.prepare()
    plan = await gathering.plan()
    async with client_of({gathering.id: "reader"}) as reader:
        reader.base_url = httpx.URL("http://matching.example")
        page = await reader.get("/")
        assert page.text.count("<article") == 1
        assert "<form" not in page.text
        assert "<form" not in (await reader.get(f"/plans/{plan['run_id']}")).text
