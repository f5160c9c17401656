"""Somebody without a personal link offers help with a name and one address."""

import asyncio
from typing import Any

import httpx
from doorpakken_registration.people.routes.visitor import cookie_name

from services.registration.tests.component.accepted import accepted_pitch
from services.registration.tests.component.desk import Desk, Json, somebody
from tests.names import new_email


async def asked(desk: Desk) -> tuple[str, Json]:
    """A gathering that is over for sign-ups, and a need at it."""
    gathering_id = await desk.gathering()
    need: Json = (await accepted_pitch(desk, gathering_id))["needs"][0]
    await desk.client.post(f"/gatherings/{gathering_id}/close")
    return gathering_id, need


def form_of(need: Json, **more: Any) -> Json:
    """What somebody types."""
    typed = {"name": "Imane Klaproos", "email": new_email(), "need_id": need["need_id"]}
    return typed | {"amount": "3", "phone": "", "language": "nl"} | more


async def offers_at(desk: Desk, gathering_id: str) -> list[Json]:
    """Amount and giver of all offers."""
    items: list[Json] = (await desk.client.get(f"/gatherings/{gathering_id}/offers")).json()[
        "items"
    ]
    return items


async def test_who_came_too_late_to_sign_up_offers_once(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    gathering_id, need = await asked(desk)
    path, typed = f"/g/{gathering_id}/offer", form_of(need)
    form = (await public.get(path, params={"need": need["need_id"]})).text
    assert "U hoeft niet op de bijeenkomst te zijn geweest." in form
    for _ in range(2):
        sent = await public.post(path, data=typed | {"idempotency_key": typed["email"]})
        assert sent.headers["location"].endswith(f"{path}/thanks")
    thanks = (await public.get(f"{path}/thanks")).text
    assert "Dank u wel voor uw aanbod." in thanks
    [offer] = await offers_at(desk, gathering_id)
    assert (offer["amount"], offer["state"]) == (3, "offered")
    [contact] = await desk.said("person-contact", email=typed["email"])
    assert offer["person_id"] == contact["person_id"]
    [link] = await desk.said("link-requested", person_id=contact["person_id"])
    assert (link["purpose"], link["gathering_id"]) == ("offered", gathering_id)
    await public.get(await desk.link(contact["person_id"]))
    assert "3 plekken" in (await public.get("/me/support")).text
    staff_page = f"{desk.settings.registration_url}/staff/g/{gathering_id}/offers"
    assert "Imane Klaproos" in (await desk.client.get(staff_page)).text


async def test_in_a_known_persons_name_it_waits_for_their_yes(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    gathering_id, need = await asked(desk)
    known = somebody("Gladys Waterlelie")
    mine = await desk.attendee(await desk.gathering(), **known)
    typed = form_of(need, name=known["name"], email=known["email"])
    sent = await public.post(f"/g/{gathering_id}/offer", data=typed)
    assert sent.headers["location"].endswith("/offer/thanks")
    assert await offers_at(desk, gathering_id) == []
    links = await desk.said("link-requested", person_id=mine["person_id"], purpose="confirm")
    assert len(links) == 1

    await public.get(await desk.link(mine["person_id"]))
    page = (await public.get("/me")).text
    assert ("3 plekken" in page, "stageplekken" in page) == (True, True)
    [claim] = (await public.get("/api/v1/claims")).json()["items"]
    assert claim["kind"] == "offer"
    for _ in range(2):
        await public.post(f"/me/claims/{claim['id']}", data={"answer": "yes"})
    [offer] = await offers_at(desk, gathering_id)
    assert (offer["amount"], offer["person_id"]) == (3, mine["person_id"])


async def test_a_wrong_form_is_shown_again_as_it_was_typed(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    gathering_id, need = await asked(desk)
    path = f"/g/{gathering_id}/offer"
    for wrong, field in (({"email": ""}, "email"), ({"amount": "veel"}, "amount")):
        page = await public.post(path, data=form_of(need, **wrong))
        assert (page.status_code, f'href="#{field}"' in page.text) == (422, True), wrong
        assert 'value="Imane Klaproos"' in page.text
    assert await offers_at(desk, gathering_id) == []


async def test_nobody_is_named_by_id(desk: Desk, public: httpx.AsyncClient) -> None:
    gathering_id, need = await asked(desk)
    mine = await desk.attendee(await desk.gathering(), organisation="De Dreef")
    named = {"person_id": mine["person_id"], "organisation_id": mine["organisation_id"]}
    await public.post(f"/g/{gathering_id}/offer", data=form_of(need, **named))
    [offer] = await offers_at(desk, gathering_id)
    assert offer["person_id"] != mine["person_id"]
    assert offer["organisation_id"] is None


async def test_the_same_new_person_twice_at_once_is_one_person(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    gathering_id, need = await asked(desk)
    typed = form_of(need)
    assert cookie_name("me") not in public.cookies
    await asyncio.gather(
        *(public.post(f"/g/{gathering_id}/offer", data=typed | {"amount": f"{n}"}) for n in (1, 2))
    )
    assert len(await desk.said("person-contact", email=typed["email"])) == 1
    assert len(await offers_at(desk, gathering_id)) == 1
