"""Offers toward needs and categories: who may make them, and how they cover what is asked."""

import asyncio

import httpx
import pytest
from doorpakken_registration.pitches import offers

from services.registration.tests.component.accepted import accepted_pitch, answers_for
from services.registration.tests.component.desk import Desk, Json, plan_for_work


async def test_offers_cover_a_need_and_more_is_welcome(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    gathering_id, need = await _asked(desk)
    first = await _giver(desk, gathering_id)
    second = await _giver(desk, gathering_id, "Gaaspziekenhuis")
    made = await _offer(desk, gathering_id, toward(need, 4) | first)
    assert (made["state"], made["category"], made["version"]) == ("offered", "placement", 1)
    assert await _covered(public, gathering_id) == (15, 4, 11, 0, 1)
    more = await _offer(desk, gathering_id, toward(need, 15) | second)
    assert await _covered(public, gathering_id) == (15, 19, 0, 4, 2)
    changed = await desk.client.put(f"/offers/{more['id']}", json={"amount": 5})
    assert (changed.json()["version"], changed.json()["amount"]) == (2, 5)
    same = await desk.client.put(f"/offers/{more['id']}", json={"amount": 5})
    assert same.json()["version"] == 2
    assert await _covered(public, gathering_id) == (15, 9, 6, 0, 2)
    for _ in range(2):
        gone = await desk.client.delete(f"/offers/{made['id']}")
        assert (gone.json()["state"], gone.json()["version"]) == ("withdrawn", 2)
    assert await _covered(public, gathering_id) == (15, 5, 10, 0, 1)
    refused = await desk.client.put(f"/offers/{made['id']}", json={"amount": 1})
    assert (refused.status_code, refused.json()["slug"]) == (409, "offer-withdrawn")
    said = await desk.said("need-offered", offer_id=more["id"])
    assert [(one["version"], one["amount"]) for one in said] == [(1, 15), (2, 5)]
    [withdrawn] = await desk.said("offer-withdrawn", offer_id=made["id"])
    assert (withdrawn["version"], withdrawn["state"]) == (2, "withdrawn")


async def test_an_offer_keeps_what_it_was(desk: Desk) -> None:
    gathering_id, need = await _asked(desk)
    made = await _offer(desk, gathering_id, toward(need, 4) | await _giver(desk, gathering_id))
    await desk.client.put(f"/offers/{made['id']}", json={"amount": 6})
    await desk.client.delete(f"/offers/{made['id']}")
    kept = await desk.service.mongo["offers"].find_one({"_id": made["id"]})
    assert kept is not None
    steps = [(step["state"], step["amount"]) for step in kept["history"]]
    assert steps == [("offered", 4), ("offered", 6), ("withdrawn", 6)]


async def test_an_offer_toward_a_category(desk: Desk, public: httpx.AsyncClient) -> None:
    gathering_id, _ = await _asked(desk)
    giver = await _giver(desk, gathering_id, "Reigerbank")
    body = {"category": "money", "amount": 250_000, "unit": "euro_cent"} | giver
    made = await _offer(desk, gathering_id, body)
    assert (made["need_id"], made["pitch_id"], made["category"]) == (None, None, "money")
    listed = (await public.get(f"/api/v1/gatherings/{gathering_id}/needs")).json()
    assert listed["without_need"] == [
        {"category": "money", "unit": "euro_cent", "offered": 250_000, "offers": 1}
    ]
    assert [one["offered"] for one in listed["items"]] == [0]


@pytest.mark.parametrize(
    ("wrong", "status", "slug"),
    [
        ({"unit": "hour"}, 422, "other-unit"),
        ({"amount": 0}, 422, "invalid-input"),
        ({"amount": 2.5}, 422, "invalid-input"),
        ({"need_id": "nope"}, 404, "not-found"),
        ({"need_id": None}, 422, "invalid-input"),
        ({"category": "money"}, 422, "invalid-input"),
        ({"need_id": None, "category": "money", "unit": "hour"}, 422, "invalid-input"),
        ({"organisation_id": "nope"}, 404, "not-found"),
        ({"organisation_id": None}, 422, "nobody-offers"),
        ({"organisation_id": None, "person_id": "nope"}, 404, "not-found"),
        ({"extra": 1}, 422, "invalid-input"),
    ],
)
async def test_what_cannot_be_offered(desk: Desk, wrong: Json, status: int, slug: str) -> None:
    gathering_id, need = await _asked(desk)
    body = toward(need, 4) | await _giver(desk, gathering_id) | wrong
    answer = await desk.client.post(f"/gatherings/{gathering_id}/offers", json=body)
    assert (answer.status_code, answer.json()["slug"]) == (status, slug)
    assert (await desk.client.get(f"/gatherings/{gathering_id}/offers")).json() == {
        "items": [],
        "next": None,
    }


async def test_a_need_of_another_gathering_is_not_found(desk: Desk) -> None:
    gathering_id, _ = await _asked(desk)
    _, foreign = await _asked(desk)
    body = toward(foreign, 1) | await _giver(desk, gathering_id)
    answer = await desk.client.post(f"/gatherings/{gathering_id}/offers", json=body)
    assert answer.status_code == 404


async def test_a_declined_pitch_gets_no_offer(desk: Desk) -> None:
    gathering_id, need = await _asked(desk, decision="declined")
    body = toward(need, 1) | await _giver(desk, gathering_id)
    answer = await desk.client.post(f"/gatherings/{gathering_id}/offers", json=body)
    assert (answer.status_code, answer.json()["slug"]) == (409, "pitch-not-open")


async def test_visitors_offer_for_themselves_and_their_organisation(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    gathering_id, need = await _asked(desk)
    mine = await desk.attendee(gathering_id, organisation="De Dreef")
    other = await desk.attendee(gathering_id, organisation="Gaaspziekenhuis")
    path = f"/api/v1/gatherings/{gathering_id}/offers"
    assert (await public.post(path, json=toward(need, 1))).status_code == 401
    await public.get(await desk.link(mine["person_id"]))
    own = await public.post(path, json=toward(need, 1))
    assert (own.json()["person_id"], own.json()["organisation_id"]) == (mine["person_id"], None)
    ours = await public.post(
        path, json=toward(need, 2) | {"organisation_id": mine["organisation_id"]}
    )
    assert ours.json()["organisation_id"] == mine["organisation_id"]
    theirs = toward(need, 3) | {"organisation_id": other["organisation_id"]}
    refused = await public.post(path, json=theirs)
    assert (refused.status_code, refused.json()["slug"]) == (403, "not-of-this-organisation")
    for_other = await public.post(path, json=toward(need, 3) | {"person_id": other["person_id"]})
    assert for_other.status_code == 403
    assert [one["amount"] for one in (await public.get(path)).json()["items"]] == [1, 2]


async def test_what_a_member_offers_counts_once_a_contact_confirms(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    gathering_id, need = await _asked(desk)
    mine = await desk.attendee(gathering_id, organisation="Gemeente Zilverdijk")
    contact = (await desk.attendee(gathering_id))["person_id"]
    organisation_id = mine["organisation_id"]
    await answers_for(desk, organisation_id, contact)
    await public.get(await desk.link(mine["person_id"]))
    path = f"/api/v1/gatherings/{gathering_id}/offers"
    body = toward(need, 1_000_000) | {"organisation_id": organisation_id}
    made = (await public.post(path, json=body)).json()
    assert made["state"] == "pending"
    assert await _covered(public, gathering_id) == (15, 0, 15, 0, 0)
    [asked] = await desk.said("mail-requested", object_id=made["id"])
    assert (asked["kind"], asked["person_id"]) == ("offer_request", contact)
    # Neither who offered it nor anybody else confirms it.
    own = f"/api/v1/offers/{made['id']}"
    for action in ("confirm", "decline"):
        assert (await public.post(f"{own}/{action}")).status_code == 403
    page = f"/offers/{made['id']}"
    assert (await public.post(page, data={"answer": "yes"})).status_code == 403
    await public.get(await desk.link(contact))
    assert "Gemeente Zilverdijk" in (await public.get(page)).text
    assert (await public.post(page, data={"answer": "yes"})).status_code == 303
    assert await _covered(public, gathering_id) == (15, 1_000_000, 0, 999_985, 1)
    # Another amount is another word, and a contact's own counts at once.
    await public.get(await desk.link(mine["person_id"]))
    assert (await public.put(own, json={"amount": 5})).json()["state"] == "pending"
    assert await _covered(public, gathering_id) == (15, 0, 15, 0, 0)
    await public.get(await desk.link(contact))
    assert (await public.put(own, json={"amount": 7})).json()["state"] == "offered"
    assert await _covered(public, gathering_id) == (15, 7, 8, 0, 1)
    said = await desk.said("need-offered", offer_id=made["id"])
    assert [one["state"] for one in said] == ["pending", "offered", "pending", "offered"]


async def test_without_a_contact_staff_answer_for_an_organisation(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    gathering_id, need = await _asked(desk)
    mine = await desk.attendee(gathering_id, organisation="Gemeente Zilverdijk")
    await public.get(await desk.link(mine["person_id"]))
    body = toward(need, 3) | {"organisation_id": mine["organisation_id"]}
    path = f"/api/v1/gatherings/{gathering_id}/offers"
    made = [(await public.post(path, json=body)).json() for _ in range(2)]
    staff_page = f"{desk.settings.registration_url}/staff/g/{gathering_id}/offers"
    shown = (await desk.client.get(staff_page)).text
    assert "Wacht op de organisatie" in shown
    assert (await desk.client.post(f"/offers/{made[0]['id']}/confirm")).json()["state"] == "offered"
    answer = f"{staff_page}/{made[1]['id']}/answer"
    assert (await desk.client.post(answer, data={"answer": "no"})).status_code == 303
    assert await _covered(public, gathering_id) == (15, 3, 12, 0, 1)
    assert "Wacht op de organisatie" not in (await desk.client.get(staff_page)).text


async def test_only_who_offered_or_answers_for_it_touches_an_offer(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    gathering_id, need = await _asked(desk)
    mine = await desk.attendee(gathering_id, organisation="De Dreef")
    contact = await desk.attendee(gathering_id)
    organisation = {"organisation_id": mine["organisation_id"]}
    made = await _offer(desk, gathering_id, toward(need, 2) | organisation)
    path = f"/api/v1/offers/{made['id']}"
    assert (await public.delete(path)).status_code == 401
    await public.get(await desk.link(mine["person_id"]))
    for answer in (await public.delete(path), await public.put(path, json={"amount": 9})):
        assert (answer.status_code, answer.json()["slug"]) == (403, "not-your-offer")
    await answers_for(desk, organisation["organisation_id"], contact["person_id"])
    await public.get(await desk.link(contact["person_id"]))
    assert (await public.put(path, json={"amount": 9})).json()["amount"] == 9
    assert (await public.delete(path)).json()["state"] == "withdrawn"


async def test_fifty_offers_at_once_are_all_counted(desk: Desk, public: httpx.AsyncClient) -> None:
    gathering_id, need = await _asked(desk)
    giver = await _giver(desk, gathering_id)
    path = f"/gatherings/{gathering_id}/offers"
    answers = await asyncio.gather(
        *(desk.client.post(path, json=toward(need, at) | giver) for at in range(1, 51))
    )
    assert {answer.status_code for answer in answers} == {201}
    assert await _covered(public, gathering_id) == (15, 1275, 0, 1260, 50)


async def test_the_same_request_twice_is_one_offer(desk: Desk) -> None:
    gathering_id, need = await _asked(desk)
    body = toward(need, 4) | await _giver(desk, gathering_id)
    key = {"Idempotency-Key": gathering_id}
    path = f"/gatherings/{gathering_id}/offers"
    made = [await desk.client.post(path, json=body, headers=key) for _ in range(2)]
    assert made[0].json() == made[1].json()
    assert len((await desk.client.get(path)).json()["items"]) == 1


async def test_what_an_erased_person_offered_is_gone_but_not_their_organisations(
    desk: Desk,
) -> None:
    gathering_id, need = await _asked(desk)
    mine = await desk.attendee(gathering_id, organisation="De Dreef")
    person = {"person_id": mine["person_id"]}
    own = await _offer(desk, gathering_id, toward(need, 1) | person)
    organisation = {"organisation_id": mine["organisation_id"]}
    ours = await _offer(desk, gathering_id, toward(need, 2) | person | organisation)
    count = await desk.service.transact(
        lambda tx: offers.forget(tx, mine["person_id"], [mine["id"]])
    )
    assert count == 2
    [left] = (await desk.client.get(f"/gatherings/{gathering_id}/offers")).json()["items"]
    assert (left["id"], left["person_id"], left["amount"]) == (ours["id"], None, 2)
    rows = await desk.service.mongo["outbox"].find({"key": own["id"], "payload": None})
    gone = sorted((row["topic"], row["version"]) for row in rows)
    assert gone == [("need-offered", 2), ("offer-withdrawn", 3)]
    [*_, said] = await desk.said("need-offered", offer_id=ours["id"])
    assert (said["version"], said["person_id"]) == (2, None)


async def test_all_that_a_person_offered_is_exported_and_erased(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    gathering_id, need = await _asked(desk)
    mine = await desk.attendee(gathering_id)
    await _offer(desk, gathering_id, toward(need, 1) | {"person_id": mine["person_id"]})
    [first] = await desk.service.mongo["offers"].find({"person_id": mine["person_id"]})
    copies = [first | {"_id": f"offer-{number}"} for number in range(1_100)]
    await desk.service.mongo["offers"].insert_many(copies)
    await public.get(await desk.link(mine["person_id"]))
    assert len((await public.get("/me/data")).json()["offers"]) == 1_101
    erased = await desk.client.post(f"/persons/{mine['person_id']}/erase")
    assert erased.status_code == 202, erased.text
    assert await desk.service.mongo["offers"].count({"gathering_id": gathering_id}) == 0


def toward(need: Json, amount: int) -> Json:
    """An amount toward a need, in its unit."""
    return {"need_id": need["need_id"], "amount": amount, "unit": need["unit"]}


async def _asked(desk: Desk, decision: str = "accepted") -> tuple[str, Json]:
    """A gathering with one need: 15 places."""
    gathering_id = await desk.gathering()
    if decision == "accepted":
        return gathering_id, (await accepted_pitch(desk, gathering_id))["needs"][0]
    made = await desk.client.post(f"/gatherings/{gathering_id}/pitches", json=plan_for_work())
    await desk.client.post(f"/pitches/{made.json()['id']}/review", json={"decision": decision})
    return gathering_id, made.json()["needs"][0]


async def _giver(desk: Desk, gathering_id: str, organisation: str = "Vakschool") -> Json:
    attendee = await desk.attendee(gathering_id, organisation=organisation)
    return {"organisation_id": attendee["organisation_id"]}


async def _offer(desk: Desk, gathering_id: str, body: Json) -> Json:
    answer = await desk.client.post(f"/gatherings/{gathering_id}/offers", json=body)
    assert answer.status_code == 201, answer.text
    made: Json = answer.json()
    return made


async def _covered(public: httpx.AsyncClient, gathering_id: str) -> tuple[int, ...]:
    listed = (await public.get(f"/api/v1/gatherings/{gathering_id}/needs")).json()
    [need] = listed["items"]
    return tuple(need[name] for name in ("asked", "offered", "open", "over", "offers"))
