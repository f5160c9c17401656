"""What staff do is kept with who did it, and shown where it was done; it goes with the person."""

import httpx
from fastapi import FastAPI

from services.registration.tests.component.desk import Desk, somebody
from services.registration.tests.component.staff.colleagues import Colleague, at_work


async def _kept(desk: Desk, **wanted: str) -> list[tuple[str, str]]:
    """What was done by whom, in order."""
    rows = await desk.service.mongo["acts"].find(wanted, sort=[("_id", 1)])
    return [(row["did"], row["staff_id"]) for row in rows]


async def _signed_up(theirs: Colleague, gathering_id: str) -> dict[str, str]:
    path = f"/api/v1/gatherings/{gathering_id}/attendees"
    made = await theirs.browser.post(path, json=somebody("Sjaan Lisdodde"))
    attendee: dict[str, str] = made.json()
    return attendee


async def test_what_a_colleague_does_at_a_gathering_is_on_its_page(
    app: FastAPI, desk: Desk
) -> None:
    theirs = await at_work(desk, app)
    made = await theirs.browser.post("/api/v1/gatherings", json=desk.draft())
    gathering_id, me = made.json()["id"], theirs.account["id"]
    await theirs.browser.post(f"/api/v1/gatherings/{gathering_id}/publish")
    attendee = await _signed_up(theirs, gathering_id)
    check_in = f"/api/v1/attendees/{attendee['id']}/check-in"
    for _ in range(2):
        assert (await theirs.browser.post(check_in)).status_code == 200
    done = ["gathering_made", "gathering_published", "attendee_registered", "attendee_checked_in"]
    assert await _kept(desk, gathering_id=gathering_id) == [(did, me) for did in done]
    page = (await theirs.browser.get(f"/staff/g/{gathering_id}/acts")).text
    assert "aanwezig gezet (Sjaan Lisdodde), Marloes Esdoorn" in page
    person = (await theirs.browser.get(f"/staff/people/{attendee['person_id']}")).text
    assert "aanwezig gezet, Marloes Esdoorn" in person


async def test_what_people_do_themselves_is_no_act_of_staff(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    attendee = await desk.attendee(await desk.gathering())
    await public.get(await desk.link(attendee["person_id"]))
    gone = await public.delete(f"/api/v1/attendees/{attendee['id']}")
    assert gone.status_code == 200
    assert await _kept(desk, object_id=attendee["id"]) == [("attendee_registered", "staff-1")]


async def test_acts_go_with_the_person_and_the_name_with_the_colleague(
    app: FastAPI, desk: Desk
) -> None:
    theirs, gathering_id = await at_work(desk, app), await desk.gathering()
    first, second = [await _signed_up(theirs, gathering_id) for _ in range(2)]
    administrator = desk.bearer("administrator")
    for one in (first["person_id"], theirs.account["person_id"]):
        erased = await desk.client.post(f"/persons/{one}/erase", headers=administrator)
        assert erased.status_code == 202
    assert await _kept(desk, object_id=first["id"]) == []
    rows = desk.service.mongo["acts"]
    assert await rows.count({"object_id": second["id"], "staff_id": None}) == 1
    path = f"{desk.settings.registration_url}/staff/g/{gathering_id}/acts"
    shown = await desk.client.get(path)
    assert "aangemeld (Sjaan Lisdodde), een collega van toen" in shown.text
