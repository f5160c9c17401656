"""Pages for what is needed, for offering help, and for what is one's own; without scripts."""

import re

import httpx
import pytest

from services.registration.tests.component.accepted import accepted_pitch, answers_for
from services.registration.tests.component.desk import Desk, Json, plan_for_work, somebody

MONEY = {"category": "money", "description": "inrichting", "amount": 750_000, "unit": "euro_cent"}


async def test_the_wall_shows_what_is_asked_and_offered(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    gathering_id, need = await _asked(desk)
    empty = await desk.gathering()
    assert "Nog geen pitches." in (await public.get(f"/g/{empty}/needs")).text
    page = (await public.get(f"/g/{gathering_id}/needs")).text
    assert "Nog nodig: €\N{NO-BREAK SPACE}7.500." in page
    assert f"/g/{gathering_id}/offer?need={need['need_id']}" in page
    giver = await desk.attendee(gathering_id)
    body = {"need_id": need["need_id"], "unit": "euro_cent", "person_id": giver["person_id"]}
    await desk.client.post(f"/gatherings/{gathering_id}/offers", json=body | {"amount": 800_000})
    page = (await public.get(f"/g/{gathering_id}/needs")).text
    assert "Meer dan gevraagd: €\N{NO-BREAK SPACE}500." in page
    assert "Gladys" not in page
    english = (await public.get(f"/g/{gathering_id}/needs?lang=en")).text
    assert "More than asked: €500." in english
    assert f"/g/{gathering_id}/needs" in (await public.get("/")).text


@pytest.mark.parametrize(
    ("typed", "cents"), [("2500", 250_000), ("2.500", 250_000), ("2.500,00", 250_000)]
)
async def test_offering_on_the_page(
    desk: Desk, public: httpx.AsyncClient, typed: str, cents: int
) -> None:
    gathering_id, need = await _asked(desk)
    mine = await desk.attendee(gathering_id, organisation="De Dreef")
    path = f"/g/{gathering_id}/offer"
    without_link = (await public.get(f"{path}?need={need['need_id']}")).text
    assert "Hebt u al een persoonlijke link?" in without_link
    nameless = await public.post(path, data={"need_id": need["need_id"], "amount": typed})
    assert (nameless.status_code, 'href="#name"' in nameless.text) == (422, True)
    await public.get(await desk.link(mine["person_id"]))
    page = await public.get(f"{path}?need={need['need_id']}")
    key = re.search(r'name="idempotency_key" value="([^"]+)"', page.text)
    assert key
    form = {"need_id": need["need_id"], "amount": typed, "idempotency_key": key[1]}
    form |= {"organisation_id": mine["organisation_id"]}
    for _ in range(2):
        sent = await public.post(path, data=form)
        assert sent.headers["location"].endswith("/me/support")
    [offer] = (await desk.client.get(f"/gatherings/{gathering_id}/offers")).json()["items"]
    assert (offer["amount"], offer["person_id"]) == (cents, mine["person_id"])
    assert offer["organisation_id"] == mine["organisation_id"]


async def test_a_mistake_in_what_is_not_asked_stands_above_the_form(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    gathering_id, need = await _asked(desk)
    mine = await desk.attendee(gathering_id)
    await public.get(await desk.link(mine["person_id"]))
    form = {"need_id": need["need_id"], "amount": "5", "person_id": "x" * 500}
    wrong = await public.post(f"/g/{gathering_id}/offer", data=form)
    assert wrong.status_code == 422
    told = wrong.text.split('role="alert"')[1].split("</div>")[0]
    assert "Kies wie het aanbiedt." in told
    assert "href" not in told


async def test_offering_without_a_need(desk: Desk, public: httpx.AsyncClient) -> None:
    gathering_id, _ = await _asked(desk)
    mine = await desk.attendee(gathering_id)
    await public.get(await desk.link(mine["person_id"]))
    path = f"/g/{gathering_id}/offer"
    wrong = await public.post(path, data={"what": "space.day_part", "amount": "veel"})
    assert wrong.status_code == 422
    assert 'href="#amount"' in wrong.text
    assert 'value="veel"' in wrong.text
    assert 'value="space.day_part" selected' in wrong.text
    assert (await public.post(path, data={"amount": "2"})).text.count('id="what-error"') == 1
    await public.post(path, data={"what": "space.day_part", "amount": "1.200"})
    [offer] = (await desk.client.get(f"/gatherings/{gathering_id}/offers")).json()["items"]
    assert (offer["category"], offer["amount"]) == ("space", 1200)


async def test_taking_back_on_ones_own_page(desk: Desk, public: httpx.AsyncClient) -> None:
    gathering_id, need = await _asked(desk)
    mine = await desk.attendee(gathering_id)
    body = {"need_id": need["need_id"], "unit": "euro_cent", "amount": 5000}
    assert (await public.get("/me/support")).status_code == 401
    await public.get(await desk.link(mine["person_id"]))
    assert "U bood nog niets aan." in (await public.get("/me/support")).text
    made = await public.post(f"/api/v1/gatherings/{gathering_id}/offers", json=body)
    [pitch] = (await desk.client.get(f"/gatherings/{gathering_id}/pitches")).json()["items"]
    said = await public.post(
        f"/api/v1/pitches/{pitch['id']}/endorsements", json={"stance": "joins"}
    )
    paths = [f"/me/offers/{made.json()['id']}", f"/me/endorsements/{said.json()['id']}"]
    page = (await public.get("/me/support")).text
    assert "€\N{NO-BREAK SPACE}50" in page
    for path in paths:
        assert f"{path}/withdraw" in page
        assert (await public.post(f"{path}/withdraw")).status_code == 303
    after = (await public.get("/me/support?lang=en")).text
    assert [path for path in paths if path in after] == []
    assert "You have not offered anything yet." in after
    other = await desk.attendee(gathering_id)
    await public.get(await desk.link(other["person_id"]))
    assert (await public.post(f"{paths[0]}/withdraw")).status_code == 403


@pytest.mark.parametrize(
    ("answer", "state", "sentence"),
    [
        ("yes", "confirmed", "Deze steun telt mee."),
        ("no", "withdrawn", "Deze steun telt niet mee."),
    ],
)
async def test_a_contact_says_whether_it_is_their_support(
    desk: Desk, public: httpx.AsyncClient, answer: str, state: str, sentence: str
) -> None:
    gathering_id = await desk.gathering()
    pitch = await accepted_pitch(desk, gathering_id)
    member = await desk.attendee(gathering_id, organisation="Reigerbank")
    contact = await desk.attendee(gathering_id)
    await answers_for(desk, member["organisation_id"], contact["person_id"])
    said = {"stance": "believes", "reason": "Talent is er."}
    pending = await desk.client.post(
        f"/pitches/{pitch['id']}/endorsements",
        json=said | {"organisation_id": member["organisation_id"]},
    )
    endorsement_id = pending.json()["id"]
    path = f"/endorsements/{endorsement_id}"
    assert (await public.get(path)).status_code == 401
    await public.get(await desk.link(member["person_id"]))
    assert (await public.get(path)).status_code == 403
    assert (await public.post(path, data={"answer": "yes"})).status_code == 403
    followed = await public.get(
        await desk.link(contact["person_id"], "endorsement", endorsement_id)
    )
    assert followed.headers["location"].endswith(path)
    page = (await public.get(path)).text
    assert "Talent is er." in page
    assert "Ja, wij steunen dit" in page
    assert (await public.get("/me/support")).status_code == 403
    await public.get(await desk.link(contact["person_id"]))
    assert path in (await public.get("/me/support")).text
    assert "Yes, we support this" in (await public.get(f"{path}?lang=en")).text
    assert (await public.post(path, data={})).status_code == 422
    assert (await public.post(path, data={"answer": answer})).status_code == 303
    assert sentence in (await public.get(f"{path}?lang=nl")).text
    [kept] = (await desk.client.get(f"/pitches/{pitch['id']}/endorsements")).json()["items"]
    assert kept["state"] == state


async def test_changing_a_plan_on_the_page(desk: Desk, public: httpx.AsyncClient) -> None:
    gathering_id = await desk.gathering()
    need = MONEY | {"wanted_by": "2030-11-06"}
    made = await desk.client.post(
        f"/gatherings/{gathering_id}/pitches", json=plan_for_work(needs=[need])
    )
    pitch = made.json()
    path = f"/me/pitches/{pitch['id']}"
    assert (await public.get(path)).status_code == 401
    stranger = await desk.attendee(gathering_id)
    await public.get(await desk.link(stranger["person_id"]))
    assert (await public.get(path)).status_code == 403
    await public.get(await desk.link(pitch["pitchers"][0]))
    form = _form((await public.get(path)).text)
    assert (form["needs.0.amount"], form["needs.0.wanted_by"]) == ("7500", "6-11-2030")
    form |= {"kind": "idea", "summary": "Anders", "needs.0.what": "money.euro_cent"}
    wrong = await public.post(path, data=form | {"title": "bel 06 12345678"})
    assert wrong.status_code == 422
    assert 'value="bel 06 12345678"' in wrong.text
    sent = await public.post(path, data=form | {"title": "OCTA samen"})
    assert "Bewaard." in (await public.get(sent.headers["location"])).text
    [changed] = (await desk.client.get(f"/gatherings/{gathering_id}/pitches")).json()["items"]
    assert (changed["kind"], changed["title"]) == ("idea", "OCTA samen")
    assert changed["needs"] == pitch["needs"]
    assert path in (await public.get("/me/support")).text
    await desk.client.post(f"/pitches/{pitch['id']}/review", json={"decision": "accepted"})
    page = (await public.get(path)).text
    assert 'name="title"' not in page
    assert (await public.post(f"{path}/withdraw")).status_code == 303
    assert f"{path}/withdraw" not in (await public.get(path)).text


async def test_pitching_together_on_the_page(desk: Desk, public: httpx.AsyncClient) -> None:
    gathering_id = await desk.gathering()
    path = f"/g/{gathering_id}/pitch"
    plan = somebody() | {
        "kind": "project",
        "title": "OCTA",
        "summary": "Jongeren en bedrijven",
        "needs.0.description": "ruimte",
        "needs.0.amount": "10",
        "needs.0.what": "space.day_part",
        "co_pitchers.1.name": "Kwame Kastanje",
    }
    wrong = await public.post(path, data=plan)
    assert wrong.status_code == 422
    assert "Geef van deze persoon de naam" in wrong.text
    other = {"co_pitchers.1.email": somebody()["email"]}
    assert (await public.post(path, data=plan | other)).status_code == 303
    [pitch] = (await desk.client.get(f"/gatherings/{gathering_id}/pitches")).json()["items"]
    assert len(pitch["pitchers"]) == 2


async def test_staff_enter_an_offer_for_somebody(desk: Desk, public: httpx.AsyncClient) -> None:
    gathering_id, need = await _asked(desk)
    giver = await desk.attendee(gathering_id, organisation="De Dreef")
    path = f"{desk.settings.registration_url}/staff/g/{gathering_id}/offers"
    page = await desk.client.get(path)
    assert (page.status_code, "De Dreef" in page.text) == (200, True)
    form = {"need_id": need["need_id"], "amount": "2.500,50"}
    nobody = await desk.client.post(path, data=form)
    assert (nobody.status_code, "Kies wie het aanbiedt." in nobody.text) == (422, True)
    assert 'value="2.500,50"' in nobody.text
    sent = await desk.client.post(path, data=form | {"organisation_id": giver["organisation_id"]})
    assert sent.status_code == 303
    [offer] = (await desk.client.get(f"/gatherings/{gathering_id}/offers")).json()["items"]
    assert (offer["amount"], offer["person_id"]) == (250_050, None)
    assert "€\N{NO-BREAK SPACE}2.500,50" in (await desk.client.get(path)).text
    await desk.client.post(f"{path}/{offer['id']}/withdraw")
    assert "Ingetrokken" in (await desk.client.get(path)).text
    by_nobody = await public.post(path, data=form | {"organisation_id": giver["organisation_id"]})
    assert by_nobody.status_code == 401
    listed = (await desk.client.get(f"/gatherings/{gathering_id}/offers")).json()["items"]
    assert len(listed) == 1


async def _asked(desk: Desk) -> tuple[str, Json]:
    """A gathering with one need: 7,500 euros."""
    gathering_id = await desk.gathering()
    made = await desk.client.post(
        f"/gatherings/{gathering_id}/pitches", json=plan_for_work(needs=[MONEY])
    )
    await desk.client.post(f"/pitches/{made.json()['id']}/review", json={"decision": "accepted"})
    return gathering_id, made.json()["needs"][0]


def _form(page: str) -> dict[str, str]:
    """What the inputs of a page hold."""
    fields: dict[str, str] = {}
    for tag in re.findall(r"<input [^>]*>", page):
        name, value = (re.search(rf'{one}="([^"]*)"', tag) for one in ("name", "value"))
        if name and value and "radio" not in tag:
            fields[name[1]] = value[1]
    return fields
