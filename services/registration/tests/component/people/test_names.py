"""One person is one person, however their keyboard writes the name; and so is an organisation."""

from uuid import uuid4

import httpx
import pytest
from doorpakken_registration.common.model.names import KEY_VERSION
from doorpakken_registration.people import name_keys

from services.registration.tests.component.desk import Desk, plan_for_work, somebody
from tests.names import new_email

STRAIGHT, CURLY = "Noa d'Ancona-Vos", "NOA  d\u2019Ancona\u2013Vos\u200b"


async def test_two_spellings_are_one_person_and_erased_as_one(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    gathering_id = await desk.gathering()
    path = f"/api/v1/gatherings/{gathering_id}/attendees"
    person = somebody(STRAIGHT, organisation="Stichting \u2019t Veld \u2013 Zuid")
    for name in (STRAIGHT, CURLY):
        assert (await public.post(path, json=person | {"name": name})).status_code == 202
    listed = (await desk.client.get(f"/gatherings/{gathering_id}/attendees")).json()["items"]
    assert [one["name"] for one in listed] == [STRAIGHT]
    other = somebody(organisation="stichting 't veld-zuid")
    made = (await desk.client.post(f"/gatherings/{gathering_id}/attendees", json=other)).json()
    assert made["organisation_id"] == listed[0]["organisation_id"]
    # Staff find them however they type it, and one erasure takes all of them.
    for search in ("d\u2019ancona", "D'ANCONA", "ancona \u2014 vos"):
        found = (await desk.client.get("/persons", params={"search": search})).json()["items"]
        assert listed[0]["person_id"] in [one["id"] for one in found], search
    await desk.client.post(f"/persons/{listed[0]['person_id']}/erase")
    assert await desk.service.mongo["persons"].count({"email": person["email"]}) == 0


async def test_a_co_pitcher_of_another_spelling_is_who_pitches(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    email = new_email()
    plan = plan_for_work(name=STRAIGHT, email=email)
    plan |= {"co_pitchers": [{"name": CURLY, "email": email}]}
    path = f"/api/v1/gatherings/{await desk.gathering()}/pitches"
    assert (await public.post(path, json=plan)).status_code == 202
    assert await desk.service.mongo["persons"].count({"email": email}) == 1


async def test_a_name_nobody_can_read_is_refused(desk: Desk, public: httpx.AsyncClient) -> None:
    gathering_id = await desk.gathering()
    path = f"/api/v1/gatherings/{gathering_id}/attendees"
    for unreadable in ("\u3164", "\u200b\u202e\ufeff"):
        refused = await public.post(path, json=somebody(unreadable))
        assert refused.status_code == 422
        assert "letter that can be read" in refused.json()["errors"][0]["message"]
    form = somebody("\u3164") | {"language": "nl"}
    page = await public.post(f"/g/{gathering_id}", data=form)
    assert "Vul een naam in die te lezen is" in page.text


async def test_a_name_with_a_link_is_refused_at_every_door(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    gathering_id = await desk.gathering()
    phish = "U wint 500 euro op prijs-shop.nl"
    api, here = "/api/v1", f"/gatherings/{gathering_id}"
    mate = {"name": phish, "email": f"{uuid4().hex}@buurt.example"}
    sent = [
        (public, f"{api}{here}/attendees", somebody(phish)),
        (public, f"{api}{here}/attendees", somebody(organisation=phish)),
        (public, f"{api}{here}/pitches", plan_for_work(name=phish)),
        (public, f"{api}{here}/pitches", plan_for_work(co_pitchers=[mate])),
        (public, f"{api}/followers", mate),
        (desk.client, f"{here}/attendees", somebody(phish)),
    ]
    for client, path, body in sent:
        refused = await client.post(path, json=body)
        assert refused.status_code == 422, path
        assert "website" in str(refused.json()["errors"]), path
    page = await public.post(f"/g/{gathering_id}", data=somebody(phish))
    assert "Laat adressen en websites weg." in page.text
    assert "prijs-shop.nl" in page.text


async def test_who_signed_up_before_is_found_by_every_spelling(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    gathering_id = await desk.gathering()
    first, second = (new_email() for _ in range(2))
    older = await desk.attendee(gathering_id, name=STRAIGHT, email=first)
    twice = [
        (await desk.attendee(gathering_id, name=f"Wies {at}", email=second))["person_id"]
        for at in range(2)
    ]
    organisation = await desk.attendee(gathering_id, organisation="Reigers 't Veld")
    # As an older version kept them: each spelling has a key of its own.
    mongo = desk.service.mongo
    kept = [
        ("persons", older["person_id"], {"identities": [f"{first} noa d\u2019ancona\u2013vos"]}),
        ("persons", twice[0], {"identities": [f"{second} wies d'or"]}),
        ("persons", twice[1], {"identities": [f"{second} wies d\u2019or"]}),
        ("organisations", organisation["organisation_id"], {"name_key": "reigers \u2019t veld"}),
    ]
    for collection, one, fields in kept:
        assert await mongo[collection].update_one({"_id": one}, {"$set": fields})
    await mongo["name_keys"].update_many({}, {"$set": {"version": KEY_VERSION - 1}})
    monkeypatch.setattr(name_keys, "AT_ONCE", 3)
    for _ in range(2):
        await name_keys.remake(mongo, desk.service.transact)
    path = f"/gatherings/{gathering_id}/attendees"
    again = await desk.client.post(path, json=somebody(STRAIGHT, email=first))
    assert again.json()["id"] == older["id"]
    # Of two who turn out to be one the older is found; the other stays as they were.
    found = await desk.client.post(path, json=somebody("Wies d\u2019Or", email=second))
    assert found.json()["slug"] == "already-registered"
    persons = [await mongo["persons"].find_one({"_id": one}) for one in twice]
    assert [one and one["identities"] for one in persons] == [
        [f"{second} wies d'or"],
        [f"{second} wies d\u2019or"],
    ]
    met = await desk.attendee(gathering_id, organisation="REIGERS \u2018T VELD")
    assert met["organisation_id"] == organisation["organisation_id"]
