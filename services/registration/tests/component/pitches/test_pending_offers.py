"""Offers that wait for a contact of the organisation, when the need changes meanwhile."""

import httpx
import pytest

from services.registration.tests.component.accepted import answers_for
from services.registration.tests.component.desk import Desk, plan_for_work
from services.registration.tests.component.pitches.test_offers import toward


@pytest.mark.parametrize("wanted", ["nothing like it", "another category"])
async def test_what_waits_for_a_contact_is_refused_once_the_need_is_another(
    desk: Desk, public: httpx.AsyncClient, wanted: str
) -> None:
    gathering_id = await desk.gathering()
    need = {"category": "people", "description": "Helpers", "amount": 4, "unit": "day_part"}
    plan = plan_for_work(needs=[need])
    made = await desk.client.post(f"/gatherings/{gathering_id}/pitches", json=plan)
    pitch = made.json()
    await desk.client.post(f"/pitches/{pitch['id']}/review", json={"decision": "accepted"})
    [asked] = pitch["needs"]
    mine = await desk.attendee(gathering_id, organisation="Gemeente Zilverdijk")
    contact = (await desk.attendee(gathering_id))["person_id"]
    await answers_for(desk, mine["organisation_id"], contact)
    await public.get(await desk.link(mine["person_id"]))
    body = toward(asked, 2) | {"organisation_id": mine["organisation_id"]}
    offer = (await public.post(f"/api/v1/gatherings/{gathering_id}/offers", json=body)).json()
    assert offer["state"] == "pending"
    changed = need | {"category": "space"}
    if wanted == "another category":
        changed["need_id"] = asked["need_id"]
    told = {name: pitch[name] for name in ("kind", "title", "summary")} | {"needs": [changed]}
    answer = await desk.client.put(f"/pitches/{pitch['id']}", json=told)
    assert answer.status_code == 200, answer.text
    await public.get(await desk.link(contact))
    own = f"/api/v1/offers/{offer['id']}"
    for refused in (
        await public.put(own, json={"amount": 3}),
        await public.post(f"{own}/confirm"),
    ):
        assert (refused.status_code, refused.json()["slug"]) == (409, "pitch-not-open")
