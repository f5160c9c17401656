"""Wishes stated at a table under name and address: the one who is meant has them once they say that
they are theirs, and nobody learns who is known."""

from typing import Any

import httpx

from services.registration.tests.component.accepted import accepted_pitches
from services.registration.tests.component.at_tables import table_at
from services.registration.tests.component.desk import Desk, Json
from tests.names import new_email
from tests.probe import becomes


async def test_known_and_unknown_get_the_same_answer(desk: Desk, public: httpx.AsyncClient) -> None:
    gathering_id, code, pitch_ids = await _at_a_table(desk)
    mine = await desk.attendee(gathering_id, name="Yusuf Akelei", email=_address())
    elsewhere = await desk.attendee(await desk.gathering(), name="Yusuf Akelei", email=_address())
    answers = [
        await _state(public, code, pitch_ids, name=name, email=email)
        for name, email in (
            ("Yusuf Akelei", _address()),
            ("Iemand Anders", await _email(desk, mine)),
            ("Yusuf Akelei", await _email(desk, elsewhere)),
            ("yusuf akelei", await _email(desk, mine)),
        )
    ]
    assert {(one.status_code, one.content) for one in answers} == {(202, answers[0].content)}
    await becomes(lambda: _waiting(desk, gathering_id), 0)
    assert await _wishes(desk, gathering_id) == {}
    [claim] = (await desk.client.get(f"/gatherings/{gathering_id}/claims")).json()["items"]
    links = await desk.said("link-requested", person_id=mine["person_id"])
    assert [one["purpose"] for one in links] == ["confirm"]
    await public.get(await desk.link(mine["person_id"]))
    await public.post(f"/me/claims/{claim['id']}", data={"answer": "yes"})
    assert await _wishes(desk, gathering_id) == {mine["id"]: pitch_ids}


async def test_what_was_stated_stays_until_they_say_otherwise(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    gathering_id, code, pitch_ids = await _at_a_table(desk)
    mine = await desk.attendee(gathering_id, name="Yusuf Akelei", email=_address())
    stated = {"pitch_ids": pitch_ids[:1]}
    await desk.client.put(f"/attendees/{mine['id']}/wishes", json=stated)
    email = await _email(desk, mine)
    await _state(public, code, pitch_ids[::-1], name="Yusuf Akelei", email=email)
    await becomes(lambda: _waiting(desk, gathering_id), 0)
    assert await _wishes(desk, gathering_id) == {mine["id"]: pitch_ids[:1]}


async def test_who_gave_up_their_place_has_no_wishes(desk: Desk, public: httpx.AsyncClient) -> None:
    gathering_id, code, pitch_ids = await _at_a_table(desk)
    mine = await desk.attendee(gathering_id, email=_address())
    cancelled = await desk.client.delete(f"/attendees/{mine['id']}")
    assert cancelled.json()["state"] == "cancelled"
    answer = await _state(public, code, pitch_ids, email=await _email(desk, mine))
    assert answer.status_code == 202
    await becomes(lambda: _waiting(desk, gathering_id), 0)
    assert await _wishes(desk, gathering_id) == {}


async def test_what_cannot_be_stated_is_refused(desk: Desk, public: httpx.AsyncClient) -> None:
    gathering_id, code, pitch_ids = await _at_a_table(desk)
    for chosen in ([], ["nope"], [pitch_ids[0]] * 2):
        refused = await _state(public, code, chosen, email=_address())
        assert refused.status_code == 422, chosen
    assert (await _state(public, code, pitch_ids, email=None)).status_code == 422
    assert (await _state(public, "NOPE", pitch_ids, email=_address())).status_code == 404
    page = await public.post(f"/t/{code}/wishes", data={"name": "<b>", "choice.1": pitch_ids[0]})
    assert (page.status_code, 'value="&lt;b&gt;"' in page.text) == (422, True)
    assert f'value="{pitch_ids[0]}" selected' in page.text
    who = {"name": "Gladys", "phone": "020 5550178"}
    nothing = await public.post(f"/t/{code}/wishes", data=who)
    assert 'id="choice.1-error">Kies minstens één plan.</p>' in nothing.text
    assert await _waiting(desk, gathering_id) == 0


async def _at_a_table(desk: Desk) -> tuple[str, str, list[str]]:
    """A gathering, the code of one of its tables, and two pitches that can be chosen there."""
    gathering_id = await desk.gathering()
    pitch_ids = await accepted_pitches(desk, gathering_id, 2)
    return gathering_id, (await table_at(desk, gathering_id))["code"], pitch_ids


async def _state(
    public: httpx.AsyncClient, code: str, pitch_ids: list[str], **who: Any
) -> httpx.Response:
    body = {"name": "Gladys Waterlelie", **who, "pitch_ids": pitch_ids}
    return await public.post(f"/api/v1/tables/{code}/wishes", json=body)


async def _wishes(desk: Desk, gathering_id: str) -> dict[str, list[str]]:
    listed = (await desk.client.get(f"/gatherings/{gathering_id}/wishes")).json()["items"]
    return {one["attendee_id"]: one["pitch_ids"] for one in listed}


async def _waiting(desk: Desk, gathering_id: str) -> int:
    """How many statements are still to be looked up."""
    about = {"kind": "table-wishes", "data.gathering_id": gathering_id}
    return await desk.service.mongo["timers"].count(about)


async def _email(desk: Desk, attendee: Json) -> str:
    kept = await desk.service.mongo["persons"].find_one({"_id": attendee["person_id"]})
    assert kept
    email: str = kept["email"]
    return email


def _address() -> str:
    return new_email()
