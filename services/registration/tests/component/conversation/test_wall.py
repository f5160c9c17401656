"""The wall of pitches: who stands behind a plan, and saying so on the page; without scripts."""

import re

import httpx

from services.registration.tests.component.accepted import accepted_pitch, answers_for
from services.registration.tests.component.desk import Desk, Json, plan_for_work


async def test_the_wall_counts_people_and_names_organisations(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    gathering_id, pitch = await _pitched(desk)
    wall, path = f"/g/{gathering_id}/needs", f"/pitches/{pitch['id']}/endorsements"
    assert "Nog niemand steunt dit plan." in (await public.get(wall)).text
    member = await desk.attendee(gathering_id, organisation="Reigerbank <b>")
    other = await desk.attendee(gathering_id)
    for body in (
        {"stance": "believes", "person_id": member["person_id"], "reason": "Talent <i>is</i> er."},
        {"stance": "believes", "person_id": other["person_id"]},
        {"stance": "joins", "organisation_id": member["organisation_id"]},
    ):
        made = await desk.client.post(path, json=body)
    # What waits for a contact person is nobody's support yet.
    assert "Ik geloof erin:</strong> 2 mensen</p>" in (await public.get(wall)).text
    await desk.client.post(f"/endorsements/{made.json()['id']}/confirm")
    page = (await public.get(wall)).text
    assert "Ik doe mee:</strong> Reigerbank &lt;b&gt;</p>" in page
    assert "Gladys" not in page
    assert "I believe in it:</strong> 2 people" in (await public.get(f"{wall}?lang=en")).text
    reasons = (await public.get(f"/pitches/{pitch['id']}/support?lang=nl")).text
    assert "“Talent &lt;i&gt;is&lt;/i&gt; er.”<br><small>Iemand: gelooft erin" in reasons


async def test_supporting_on_the_page(desk: Desk, public: httpx.AsyncClient) -> None:
    gathering_id, pitch = await _pitched(desk)
    mine = await desk.attendee(gathering_id, organisation="Gaaspstichting")
    path = f"/pitches/{pitch['id']}/support"
    without_link = (await public.get(path)).text
    assert "U hebt uw persoonlijke link nodig." in without_link
    assert f'href="/g/{gathering_id}"' in without_link
    assert (await public.post(path, data={"stance": "joins"})).status_code == 401
    await public.get(await desk.link(mine["person_id"]))
    page = (await public.get(f"{path}?stance=joins")).text
    assert 'value="joins" checked' in page
    form = {"stance": "joins", "reason": "Wij hebben ruimte.", "idempotency_key": _key(page)}
    for _ in range(2):
        sent = await public.post(path, data=form)
        assert sent.headers["location"].endswith(f"/g/{gathering_id}/needs#{pitch['id']}")
    await public.post(path, data={"stance": "believes", "organisation_id": mine["organisation_id"]})
    own, ours = await _support(desk, pitch)
    assert (own["person_id"], own["version"]) == (mine["person_id"], 1)
    assert (own["stance"], own["reason"]) == ("joins", "Wij hebben ruimte.")
    assert (ours["organisation_id"], ours["state"]) == (mine["organisation_id"], "pending")
    wall = (await public.get(f"/g/{gathering_id}/needs")).text
    assert "<strong>Ik doe mee</strong>. Dank u wel.<br>“Wij hebben ruimte.”" in wall
    assert "namens Gaaspstichting. Dit telt mee zodra hun contactpersoon ja zegt." in wall


async def test_what_was_said_is_changed_and_taken_back(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    gathering_id, pitch = await _pitched(desk)
    mine = await desk.attendee(gathering_id, organisation="Bijlmerfonds")
    await answers_for(desk, mine["organisation_id"], mine["person_id"])
    await public.get(await desk.link(mine["person_id"]))
    path = f"/pitches/{pitch['id']}/support"
    theirs = {"organisation_id": mine["organisation_id"]}
    await public.post(path, data={"stance": "believes", "reason": "Goed plan."} | theirs)
    again = (await public.get(f"{path}?organisation_id={mine['organisation_id']}")).text
    assert 'value="believes" checked' in again
    assert f'value="{mine["organisation_id"]}" checked' in again
    assert ">Goed plan.</textarea>" in again
    assert "Telt mee zodra" not in again
    await public.post(path, data={"stance": "joins"} | theirs)
    [said] = await _support(desk, pitch)
    assert (said["stance"], said["state"], said["reason"]) == ("joins", "confirmed", None)
    withdraw = f"/me/endorsements/{said['id']}/withdraw"
    assert withdraw in (await public.get(f"/g/{gathering_id}/needs")).text
    assert withdraw in (await public.get("/me/support")).text
    taken = await public.post(withdraw, data={"back_to": "wall"})
    assert taken.headers["location"].endswith(f"/g/{gathering_id}/needs#{pitch['id']}")
    assert withdraw not in (await public.get(f"/g/{gathering_id}/needs")).text
    assert [one["state"] for one in await _support(desk, pitch)] == ["withdrawn"]


async def test_mistakes_are_said_at_their_field(desk: Desk, public: httpx.AsyncClient) -> None:
    gathering_id, pitch = await _pitched(desk)
    other = await desk.attendee(gathering_id, organisation="Dreefgroep")
    mine = await desk.attendee(gathering_id)
    await public.get(await desk.link(mine["person_id"]))
    path = f"/pitches/{pitch['id']}/support"
    wrong = await public.post(path, data={"reason": "Bel 06 12345678"})
    assert (wrong.status_code, 'href="#stance"' in wrong.text) == (422, True)
    wrong = await public.post(path, data={"stance": "joins", "reason": "Bel 06 12345678"})
    assert 'href="#reason"' in wrong.text
    assert ">Bel 06 12345678</textarea>" in wrong.text
    assert 'value="joins" checked' in wrong.text
    theirs = {"stance": "joins", "organisation_id": other["organisation_id"]}
    wrong = await public.post(path, data=theirs)
    assert "Deze persoon hoort niet bij deze organisatie." in wrong.text
    assert await _support(desk, pitch) == []


async def test_only_accepted_pitches_are_supported_on_the_page(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    made = await desk.client.post(
        f"/gatherings/{await desk.gathering()}/pitches", json=plan_for_work()
    )
    assert (await public.get(f"/pitches/{made.json()['id']}/support")).status_code == 404


async def _pitched(desk: Desk) -> tuple[str, Json]:
    """A gathering with an accepted pitch."""
    gathering_id = await desk.gathering()
    return gathering_id, await accepted_pitch(desk, gathering_id)


async def _support(desk: Desk, pitch: Json) -> list[Json]:
    """All that was said of a pitch."""
    found: list[Json] = (await desk.client.get(f"/pitches/{pitch['id']}/endorsements")).json()[
        "items"
    ]
    return found


def _key(page: str) -> str:
    found = re.search(r'name="idempotency_key" value="([^"]+)"', page)
    assert found
    return found[1]
