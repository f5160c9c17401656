"""Needs that are closed, or ask less: what that does to offers and promises toward them."""

import asyncio

import httpx
import pytest

from services.registration.tests.component.commitments.test_commitments import Table
from services.registration.tests.component.desk import Desk, Json


async def test_a_closed_need_takes_nothing_new_and_keeps_what_runs(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    table = await Table.of(desk, public)
    waiting = await table.written_down(4)
    await table.enter(table.pitch["pitchers"][0])
    for _ in range(2):
        closed = await _close(public, table)
        assert (closed.status_code, closed.json()["version"]) == (200, 3)
    assert (await _covered(public, table))["closed_reason"] == "elsewhere"
    await table.enter(table.contact["person_id"])
    path = f"/api/v1/pitches/{table.pitch['id']}/commitments"
    refused = await public.post(path, json=table.asked(2))
    assert (refused.status_code, refused.json()["slug"]) == (409, "need-closed")
    offer = {"need_id": table.need_id, "amount": 1, "unit": "place"}
    offered = await public.post(
        f"/api/v1/gatherings/{table.pitch['gathering_id']}/offers", json=offer
    )
    assert (offered.status_code, offered.json()["slug"]) == (409, "need-closed")
    due = table.asked()["due"]
    yes = await table.move(waiting["id"], "accept", due=due, publication="none")
    assert (yes.status_code, yes.json()["state"]) == (200, "accepted")
    covered = await _covered(public, table)
    assert (covered["status"], covered["committed"]) == ("closed", 4)
    [said] = await desk.said("pitch-updated", pitch_id=table.pitch["id"])
    assert said["needs"][0]["closed_reason"] == "elsewhere"
    assert said["needs"][0]["closed_at"] is not None


async def test_none_is_promised_after_a_need_was_closed_among_a_hundred(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    table = await Table.of(desk, public)
    path = f"/pitches/{table.pitch['id']}/commitments"
    whose = {key: table.contact[key] for key in ("person_id", "organisation_id")}
    acts = [desk.client.post(path, json=table.asked(1, **whose)) for _ in range(100)]
    acts.insert(50, _close(desk.client, table, root=""))
    answers = await asyncio.gather(*acts)
    assert answers.pop(50).status_code == 200
    made = [one.json()["id"] for one in answers if one.status_code == 201]
    refused = [one.json()["slug"] for one in answers if one.status_code != 201]
    assert refused == ["need-closed"] * (100 - len(made))
    kept = await desk.service.mongo["commitments"].find({"need_id": table.need_id})
    assert {one["_id"] for one in kept} == {*made}
    pitch = await desk.service.mongo["pitches"].find_one({"_id": table.pitch["id"]})
    assert pitch is not None
    assert all(one["made_at"] <= pitch["needs"][0]["closed_at"] for one in kept)


async def test_less_is_asked_than_was_promised(desk: Desk, public: httpx.AsyncClient) -> None:
    table = await Table.of(desk, public)
    await table.enter(table.contact["person_id"])
    await public.post(f"/api/v1/pitches/{table.pitch['id']}/commitments", json=table.asked(8))
    await table.enter(table.pitch["pitchers"][0])
    more = await _lower(public, table, 20)
    assert (more.status_code, more.json()["slug"]) == (422, "not-lower")
    for _ in range(2):
        assert (await _lower(public, table, 5)).json()["needs"][0]["amount"] == 5
    covered = await _covered(public, table)
    names = ("asked", "committed", "over", "to_promise", "status")
    assert [covered[name] for name in names] == [5, 8, 3, 0, "covered"]
    await _close(public, table)
    late = await _lower(public, table, 3)
    assert (late.status_code, late.json()["slug"]) == (409, "need-closed")


async def test_only_who_pitch_it_and_staff_close_a_need(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    table = await Table.of(desk, public)
    assert (await _close(public, table)).status_code == 401
    await table.enter(table.contact["person_id"])
    refused = await _close(public, table)
    assert (refused.status_code, refused.json()["slug"]) == (403, "not-your-pitch")
    path = f"/pitches/{table.pitch['id']}/needs"
    unknown = await desk.client.post(f"{path}/none/close", json={"reason": "met"})
    assert (unknown.status_code, unknown.json()["slug"]) == (422, "not-a-need-of-this-pitch")
    assert (await _close(desk.client, table, root="")).status_code == 200
    wanted = {"did": "need_closed", "object_id": table.pitch["id"]}
    assert await desk.service.mongo["acts"].count(wanted) == 1
    withdrawn = await desk.client.post(f"/pitches/{table.pitch['id']}/withdraw", json={})
    assert withdrawn.status_code == 200
    late = await desk.client.post(f"{path}/{table.need_id}/close", json={"reason": "met"})
    assert (late.status_code, late.json()["slug"]) == (409, "pitch-not-open")


@pytest.mark.parametrize("change", ["removed", "other unit"])
async def test_a_need_with_a_promise_stays_in_its_unit(
    desk: Desk, public: httpx.AsyncClient, change: str
) -> None:
    table = await Table.of(desk, public)
    made = await table.written_down()
    [need] = table.pitch["needs"]
    space = {"category": "space", "description": "zaal", "amount": 2, "unit": "day_part"}
    needs = [space if change == "removed" else need | {"category": "expertise", "unit": "hour"}]
    told: Json = {name: table.pitch[name] for name in ("kind", "title", "summary")}
    path, body = f"/pitches/{table.pitch['id']}", told | {"needs": needs}
    refused = await desk.client.put(path, json=body)
    assert (refused.status_code, refused.json()["slug"]) == (409, "need-has-offers")
    assert refused.json()["need_ids"] == [need["need_id"]]
    await desk.client.post(f"/commitments/{made['id']}/strike")
    assert (await desk.client.put(path, json=body)).status_code == 200


async def test_a_closed_need_stays_closed_when_its_plan_is_told_anew(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    table = await Table.of(desk, public)
    await _close(desk.client, table, root="")
    told: Json = {name: table.pitch[name] for name in ("kind", "summary", "needs")}
    await desk.client.put(f"/pitches/{table.pitch['id']}", json=told | {"title": "OCTA en school"})
    assert (await _covered(public, table))["status"] == "closed"
    for path in (f"/p/{table.pitch['id']}", f"/g/{table.pitch['gathering_id']}/needs"):
        page = (await public.get(path)).text
        assert "Gesloten: ergens anders gevonden." in page
        assert f"offer?need={table.need_id}" not in page


async def test_a_withdrawn_offer_counts_by_its_promise(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    table = await Table.of(desk, public)
    await table.enter(table.contact["person_id"])
    offer = {"need_id": table.need_id, "amount": 6, "unit": "place"}
    offers = f"/api/v1/gatherings/{table.pitch['gathering_id']}/offers"
    offered = (await public.post(offers, json=offer)).json()
    promise = table.asked(4, offer_id=offered["id"])
    await public.post(f"/api/v1/pitches/{table.pitch['id']}/commitments", json=promise)
    assert (await _covered(public, table))["offered"] == 6
    await public.delete(f"/api/v1/offers/{offered['id']}")
    covered = await _covered(public, table)
    assert (covered["offered"], covered["committed"], covered["status"]) == (4, 4, "partly_covered")


async def _close(client: httpx.AsyncClient, table: Table, root: str = "/api/v1") -> httpx.Response:
    path = f"{root}/pitches/{table.pitch['id']}/needs/{table.need_id}/close"
    return await client.post(path, json={"reason": "elsewhere"})


async def _lower(client: httpx.AsyncClient, table: Table, amount: int) -> httpx.Response:
    path = f"/api/v1/pitches/{table.pitch['id']}/needs/{table.need_id}/lower"
    return await client.post(path, json={"amount": amount})


async def _covered(public: httpx.AsyncClient, table: Table) -> Json:
    found = await public.get(f"/api/v1/gatherings/{table.pitch['gathering_id']}/needs")
    covered: Json = found.json()["items"][0]
    return covered
