"""What everybody may read of promises: on the page of a gathering and on that of one pitch."""

from datetime import timedelta

import httpx
from doorpakken_plumbing.time import clock

from services.registration.tests.component.commitments.test_commitments import Table, day
from services.registration.tests.component.desk import Desk, Json

TITLE = "Wat is toegezegd, en wat kwam ervan?"


async def test_everybody_reads_five_words_and_no_person(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    table = await Table.of(desk, public)
    bank = await _name_of(desk, table)
    await _promised(table, 1, publication="with_name")
    await _promised(table, 2, publication="without_name")
    await _promised(table, 3)
    moved = await _promised(table, 4)
    await _move(desk, moved, "replan", due=day(100), reason="docent ziek")
    done = await _promised(table, 5)
    await _move(desk, done, "deliver", amount=4)
    stopped = await _promised(table, 6)
    await _move(desk, stopped, "withdraw", reason="geen geld")
    late = await _promised(table, 7)
    await _is_due(desk, late, 15)
    not_so_late = await _promised(table, 8)
    await _is_due(desk, not_so_late, 14)
    await table.written_down(9)
    for path in (f"/g/{table.pitch['gathering_id']}/promises", f"/p/{table.pitch['id']}/promises"):
        page = (await public.get(path)).text
        assert TITLE in page
        assert f"<strong>{bank}</strong>: 1 plek, loopt" in page
        for words in (
            "2 plekken, loopt",
            "3 plekken, loopt",
            "4 plekken, nieuwe datum",
            "4 plekken, gedaan",
            "6 plekken, gestopt",
            "7 plekken, wacht op nieuwe datum",
            "8 plekken, loopt",
        ):
            assert f"<strong>Een partner</strong>: {words}" in page
        assert "9 plekken" not in page
        assert "Via" not in page


async def test_a_person_is_named_only_if_they_agreed(desk: Desk, public: httpx.AsyncClient) -> None:
    table = await Table.of(desk, public)
    gathering_id = table.pitch["gathering_id"]
    giver = await desk.attendee(gathering_id, name="Grace Yam")
    body = table.asked(2, person_id=giver["person_id"], publication="with_name")
    made = await desk.client.post(f"/pitches/{table.pitch['id']}/commitments", json=body)
    await _move(desk, made.json(), "accept", due=day(40), publication="with_name")
    path = f"/p/{table.pitch['id']}/promises"
    assert "<strong>Een bewoner</strong>: 2 plekken, loopt" in (await public.get(path)).text
    agreed = {
        "what": "published",
        "at": clock.now(),
        "by": giver["person_id"],
        "words": "Mogen we dit op de website zetten? Ja, met naam.",
    }
    kept = desk.service.mongo["commitments"]
    await kept.update_one({"_id": made.json()["id"]}, {"$push": {"history": agreed}})
    assert "<strong>Grace Yam</strong>: 2 plekken, loopt" in (await public.get(path)).text
    chosen = f"/commitments/{made.json()['id']}/publication"
    await desk.client.put(chosen, json={"publication": "without_name"})
    assert "Grace Yam" not in (await public.get(path)).text
    await desk.client.put(chosen, json={"publication": "with_name"})
    await desk.client.post(f"/persons/{giver['person_id']}/erase")
    page = (await public.get(path)).text
    assert "Grace Yam" not in page
    assert "<strong>Een bewoner</strong>: 2 plekken, gestopt" in page


async def test_without_promises_the_page_says_when_there_will_be(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    table = await Table.of(desk, public)
    path = f"/g/{table.pitch['gathering_id']}/promises"
    assert "Hier staat straks wat is toegezegd en wat er van kwam." in (await public.get(path)).text
    await desk.session(table.pitch["gathering_id"])
    assert "De eerste werksessie is op" in (await public.get(path)).text
    english = (await public.get(path, params={"lang": "en"})).text
    assert "What was promised, and what came of it?" in english
    await desk.client.post(f"/pitches/{table.pitch['id']}/withdraw", json={})
    assert (await public.get(f"/p/{table.pitch['id']}/promises")).status_code == 404


async def _promised(table: Table, amount: int, publication: str = "none") -> Json:
    """By a contact of the organisation, as told to staff."""
    made = await table.written_down(amount, how="Via de afdeling opleiding")
    await _move(table.desk, made, "accept", due=day(90), publication=publication)
    return made


async def _move(desk: Desk, one: Json, move: str, **body: str | int) -> None:
    answer = await desk.client.post(f"/commitments/{one['id']}/{move}", json=body)
    assert answer.status_code == 200, answer.text


async def _is_due(desk: Desk, one: Json, days_ago: int) -> None:
    due = clock.now().date() - timedelta(days=days_ago)
    await desk.service.mongo["commitments"].update_one(
        {"_id": one["id"]}, {"$set": {"due": due.isoformat()}}
    )


async def _name_of(desk: Desk, table: Table) -> str:
    wanted = {"_id": table.contact["organisation_id"]}
    found = await desk.service.mongo["organisations"].find_one(wanted)
    assert found is not None
    return str(found["name"])
