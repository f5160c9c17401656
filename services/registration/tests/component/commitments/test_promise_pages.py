"""The pages about promises: of an organisation, of who pitched the plan, and of staff; and a pitch
that goes on at the next gathering."""

from datetime import timedelta

import httpx
from doorpakken_plumbing.time import clock
from doorpakken_registration.commitments import waiting

from services.registration.tests.component.commitments.test_commitments import Table, day
from services.registration.tests.component.desk import Desk, Json


async def test_a_contact_sees_what_waits_for_their_organisation(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    table = await Table.of(desk, public)
    made = await table.written_down(5)
    path = f"/me/organisations/{table.contact['organisation_id']}"
    await table.enter(table.pitch["pitchers"][0])
    assert (await public.get(path)).status_code == 403
    await table.enter(table.contact["person_id"])
    page = (await public.get(path)).text
    assert "Wacht op uw antwoord" in page
    assert page.count(f"/commitments/{made['id']}") == 2
    assert path in (await public.get("/me/support")).text
    await _move(desk, made, "accept", due=day(30), publication="none")
    page = (await public.get(path)).text
    assert "Wacht op uw antwoord" not in page
    await _is_due(desk, made, 1)
    assert "De datum is voorbij." in (await public.get(path)).text


async def test_who_pitched_sees_each_need_and_asks_less(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    table = await Table.of(desk, public)
    made = await table.written_down(5)
    await _move(desk, made, "accept", due=day(30), publication="none")
    await _move(desk, made, "deliver", amount=4)
    path = f"/me/pitches/{table.pitch['id']}/needs"
    await table.enter(table.contact["person_id"])
    assert (await public.get(path)).status_code == 403
    await table.enter(table.pitch["pitchers"][0])
    assert path in (await public.get(f"/me/pitches/{table.pitch['id']}")).text
    page = (await public.get(path)).text
    assert "Klopt het?" in page
    assert page.count('<td class="n">4 plekken</td>') == 3
    form = f"{path}/{table.need_id}"
    assert form in page
    for typed, words in (
        ({}, "Kies wat er is veranderd."),
        ({"closing_reason": "less", "amount": "veel"}, "Schrijf een getal boven 0"),
        ({"closing_reason": "less", "amount": "20"}, "Vul een lager getal in."),
    ):
        refused = await public.post(form, data=typed)
        assert refused.status_code == 422
        assert words in refused.text
        assert f'value="{typed.get("amount", "")}"' in refused.text
    done = await public.post(form, data={"closing_reason": "less", "amount": "3"})
    assert (done.status_code, done.headers["location"].endswith(path)) == (303, True)
    assert "Er is meer toegezegd dan nodig: 1 plek." in (await public.get(path)).text
    await public.post(form, data={"closing_reason": "elsewhere"})
    assert "Gesloten: ergens anders gevonden." in (await public.get(path)).text
    assert "Deze behoefte is gesloten." in (await public.get(form)).text


async def test_the_board_begins_with_whom_to_call(desk: Desk, public: httpx.AsyncClient) -> None:
    table = await Table.of(desk, public)
    gathering_id = table.pitch["gathering_id"]
    late, waits = await table.written_down(2), await table.written_down(3)
    await _move(desk, late, "accept", due=day(30), publication="none")
    await _is_due(desk, late, 8)
    await _asked_ago(desk, waits, 20)
    body = {"stance": "joins", "organisation_id": await _other_organisation(table)}
    said = await desk.client.post(f"/pitches/{table.pitch['id']}/endorsements", json=body)
    assert said.status_code in (200, 201), said.text
    confirmed = await desk.client.post(f"/endorsements/{said.json()['id']}/confirm")
    assert confirmed.status_code == 200, confirmed.text
    page = await _staff(desk, public, f"/staff/g/{gathering_id}/promises")
    order = [page.index(f'id="{part}"') for part in ("past_date", "supported", "no_answer")]
    assert order == sorted(order)
    assert "06 12345678" in page
    assert f"/staff/g/{gathering_id}/needs/{table.need_id}" in page
    lines = await waiting.for_promises(desk.service.mongo, gathering_id, clock.now())
    assert [(one.kind, one.count) for one in lines] == [
        ("promises_no_answer", 1),
        ("promises_past_date", 1),
    ]
    later = clock.now() + timedelta(days=30)
    [line] = await waiting.for_supporters(desk.service.mongo, gathering_id, later)
    assert (line.kind, line.count) == ("supported_not_promised", 1)
    assert await waiting.for_supporters(desk.service.mongo, gathering_id, clock.now()) == []
    form = f"/staff/g/{gathering_id}/needs/{table.need_id}"
    done = await public.post(form, data={"closing_reason": "met"}, headers=desk.bearer("organiser"))
    assert done.status_code == 303
    acts = desk.service.mongo["acts"]
    assert await acts.count({"did": "need_closed", "object_id": table.pitch["id"]}) == 1


async def test_the_agenda_keeps_its_order(desk: Desk, public: httpx.AsyncClient) -> None:
    table = await Table.of(desk, public)
    late, done, waits, moved, runs = [await table.written_down(1) for _ in range(5)]
    for one in (late, done, moved, runs):
        await _move(desk, one, "accept", due=day(30), publication="none")
    await _is_due(desk, late, 5)
    await _move(desk, done, "deliver", amount=1)
    await _move(desk, moved, "replan", due=day(60), reason="docent ziek")
    page = await _staff(desk, public, f"/staff/g/{table.pitch['gathering_id']}/agenda")
    order = [page.index(f"/commitments/{one['id']}") for one in (late, done, waits, moved)]
    assert order == sorted(order)
    assert runs["id"] not in page
    assert "1 toezegging loopt zoals gezegd." in page
    assert "Nog niet toegezegd: 11 plekken." in page
    follows = await desk.gathering(continues=table.pitch["gathering_id"])
    assert f"/commitments/{late['id']}" in await _staff(desk, public, f"/staff/g/{follows}/agenda")


async def test_a_pitch_goes_on_with_what_it_lacks(desk: Desk, public: httpx.AsyncClient) -> None:
    table = await Table.of(desk, public)
    here = table.pitch["gathering_id"]
    made, runs = await table.written_down(5), await table.written_down(3)
    for one in (made, runs):
        await _move(desk, one, "accept", due=day(30), publication="none")
    await _move(desk, made, "deliver", amount=5)
    await _move(desk, made, "confirm")
    follows = await desk.gathering(continues=here)
    path = f"/staff/g/{here}/pitches/{table.pitch['id']}/carry-over"
    staff = desk.bearer("organiser")
    wrong = await public.post(path, headers=staff)
    assert (wrong.status_code, "Kies een bijeenkomst." in wrong.text) == (422, True)
    for _ in range(2):
        done = await public.post(path, data={"next_gathering_id": follows}, headers=staff)
        assert done.status_code == 303
    [pitch] = (await desk.client.get(f"/gatherings/{follows}/pitches")).json()["items"]
    assert (pitch["continues"], pitch["state"]) == (table.pitch["id"], "submitted")
    assert [(one["amount"], one["need_id"] != table.need_id) for one in pitch["needs"]] == [
        (10, True)
    ]
    [said] = await desk.said("pitch-submitted", pitch_id=pitch["id"])
    assert (said["continues"], said["needs"][0]["continues"]) == (table.pitch["id"], table.need_id)
    [old] = await desk.said("pitch-updated", pitch_id=table.pitch["id"])
    assert old["needs"][0]["closed_reason"] == "carried_over"
    assert (await desk.client.get(f"/commitments/{runs['id']}")).json()["state"] == "accepted"
    another = await desk.gathering()
    late = await public.post(path, data={"next_gathering_id": another}, headers=staff)
    assert (late.status_code, "Er gaat niets mee." in late.text) == (422, True)


async def test_support_becomes_an_offer_in_two_presses(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    table = await Table.of(desk, public)
    await table.enter(table.contact["person_id"])
    body = {"stance": "joins", "organisation_id": table.contact["organisation_id"]}
    await public.post(f"/api/v1/pitches/{table.pitch['id']}/endorsements", json=body)
    page = (await public.get("/me/support")).text
    path = f"/g/{table.pitch['gathering_id']}/offer"
    query = f"?need={table.need_id}&amp;rest=1"
    query += f"&amp;organisation_id={table.contact['organisation_id']}"
    assert f'{path}{query}"' in page
    form = (await public.get(f"{path}{query.replace('&amp;', '&')}")).text
    assert 'name="amount" type="text" value="15"' in form
    assert f'value="{table.contact["organisation_id"]}" checked' in form


async def _staff(desk: Desk, public: httpx.AsyncClient, path: str) -> str:
    answer = await public.get(path, headers=desk.bearer("organiser"))
    assert answer.status_code == 200, answer.text
    return answer.text


async def _move(desk: Desk, one: Json, move: str, **body: str | int) -> None:
    answer = await desk.client.post(f"/commitments/{one['id']}/{move}", json=body)
    assert answer.status_code == 200, answer.text


async def _is_due(desk: Desk, one: Json, days_ago: int) -> None:
    due = (clock.now().date() - timedelta(days=days_ago)).isoformat()
    await _set(desk, one, due=due)


async def _asked_ago(desk: Desk, one: Json, days: int) -> None:
    await _set(desk, one, asked_at=clock.now() - timedelta(days=days))


async def _set(desk: Desk, one: Json, **fields: object) -> None:
    await desk.service.mongo["commitments"].update_one({"_id": one["id"]}, {"$set": fields})


async def _other_organisation(table: Table) -> str:
    """With a contact who has a telephone."""
    desk, gathering_id = table.desk, table.pitch["gathering_id"]
    other = await desk.attendee(gathering_id, organisation="Veerkracht", phone="06 12345678")
    organisation_id: str = other["organisation_id"]
    await desk.service.mongo["organisations"].update_one(
        {"_id": organisation_id}, {"$set": {"contacts": [other["person_id"]]}}
    )
    return organisation_id
