"""What staff do for somebody on the telephone is kept with who did it, where it was done."""

import httpx
import pytest
import pytest_asyncio
from fastapi import FastAPI

from services.registration.tests.component.accepted import accepted_pitches, submitted_pitch
from services.registration.tests.component.desk import Desk, Json, plan_for_work, somebody
from services.registration.tests.component.merging import seat
from services.registration.tests.component.staff.colleagues import Colleague, at_work
from tests.names import new_email

API = "/api/v1"


@pytest_asyncio.fixture
async def theirs(desk: Desk, app: FastAPI) -> Colleague:
    return await at_work(desk, app)


async def kept(desk: Desk, theirs: Colleague, **wanted: str) -> list[str]:
    """What the colleague did, in order."""
    asked = {"staff_id": theirs.account["id"], **wanted}
    rows = await desk.service.mongo["acts"].find(asked, sort=[("_id", 1)])
    return [row["did"] for row in rows]


async def claims_in_the_name_of(desk: Desk, public: httpx.AsyncClient, who: Json) -> list[str]:
    """A sign-up, a pitch and wishes that were typed in a known person's name; their ids."""
    gathering_id = await desk.gathering()
    [pitch_id] = await accepted_pitches(desk, gathering_id, 1)
    await public.post(f"{API}/gatherings/{gathering_id}/attendees", json=who)
    plan = plan_for_work(name=who["name"], email=who["email"], title="Buurtkas")
    await public.post(f"{API}/gatherings/{gathering_id}/pitches", json=plan)
    listed = (await desk.client.get(f"/gatherings/{gathering_id}/claims")).json()["items"]
    assert pitch_id
    return [one["id"] for one in listed]


async def test_an_answer_about_what_was_typed_in_their_name(
    desk: Desk, public: httpx.AsyncClient, theirs: Colleague
) -> None:
    who = somebody("Sjaan Lisdodde")
    known = await desk.attendee(await desk.gathering(), **who)
    sign_up, pitch = await claims_in_the_name_of(desk, public, who)
    for _ in range(2):
        answer = await theirs.browser.post(f"{API}/claims/{sign_up}/confirm")
        assert (answer.status_code, answer.json()["state"]) == (200, "applied")
        answer = await theirs.browser.post(f"{API}/claims/{pitch}/drop")
        assert (answer.status_code, answer.json()["state"]) == (200, "dropped")
    assert await kept(desk, theirs, person_id=known["person_id"]) == [
        "claim_confirmed",
        "claim_dropped",
    ]
    again = await claims_in_the_name_of(desk, public, who)
    gathering_id = (await desk.service.mongo["claims"].find_one({"_id": again[0]}) or {})[
        "gathering_id"
    ]
    page = f"/staff/g/{gathering_id}/claims"
    for claim_id, said in zip(again, ("no", "yes"), strict=True):
        await theirs.browser.post(f"{page}/{claim_id}", data={"answer": said})
    assert await kept(desk, theirs, gathering_id=gathering_id) == [
        "claim_dropped",
        "claim_confirmed",
    ]


async def test_an_owner_who_answers_is_no_act_of_staff(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    who = somebody("Sjaan Lisdodde")
    known = await desk.attendee(await desk.gathering(), **who)
    sign_up, pitch = await claims_in_the_name_of(desk, public, who)
    await public.get(await desk.link(known["person_id"]))
    for claim_id, said in ((sign_up, "confirm"), (pitch, "drop")):
        assert (await public.post(f"{API}/claims/{claim_id}/{said}")).status_code == 200
    acts = desk.service.mongo["acts"]
    assert await acts.count({"object_id": {"$in": [sign_up, pitch]}}) == 0


async def test_wishes_a_handover_details_and_links(desk: Desk, theirs: Colleague) -> None:
    gathering_id = await desk.gathering()
    [pitch_id] = await accepted_pitches(desk, gathering_id, 1)
    one = await desk.attendee(gathering_id, name="Sjaan Lisdodde")
    path = f"{API}/attendees/{one['id']}/wishes"
    await theirs.browser.put(path, json={"pitch_ids": [pitch_id]})
    sign_up = (await seat(desk, await desk.session(gathering_id), one["id"])).json()["id"]
    to = {"name": "Buur Kade", "email": new_email()}
    path = f"{API}/sign-ups/{sign_up}/handovers"
    assert (await theirs.browser.post(path, json=to)).status_code == 201
    form = {"kind": "other", "idempotency_key": "1"}
    page = f"/staff/attendees/{one['id']}"
    assert (await theirs.browser.post(page, data=form)).status_code == 303
    ends = (f"{API}/persons/{one['person_id']}/links/end",)
    for end in (*ends, f"/staff/people/{one['person_id']}/links/end"):
        assert (await theirs.browser.post(end)).status_code in (204, 303)
    done = ["wishes_stated", "handover_asked", "details_changed"]
    assert await kept(desk, theirs, object_id=one["id"]) == done
    everything = [*done, "links_ended", "links_ended"]
    assert await kept(desk, theirs, person_id=one["person_id"]) == everything
    shown = (await theirs.browser.get(page)).text
    for said in ("plannen gekozen om aan mee te werken", "plaats aangeboden aan iemand anders"):
        assert f"{said}, Marloes Esdoorn" in shown
    person = (await theirs.browser.get(f"/staff/people/{one['person_id']}")).text
    assert "links ongeldig gemaakt, Marloes Esdoorn" in person


async def test_an_invitation_by_mail_is_kept_and_goes_with_who_does_not_come(
    desk: Desk, theirs: Colleague
) -> None:
    gathering_id = await desk.gathering()
    who = {"name": "Zoe Iep", "email": new_email(), "idempotency_key": "1"}
    path = f"/staff/g/{gathering_id}/participants/invite"
    assert (await theirs.browser.post(path, data=who)).status_code == 303
    page = (await theirs.browser.get(f"/staff/g/{gathering_id}/acts")).text
    assert "uitgenodigd per mail (Zoe Iep), Marloes Esdoorn" in page
    assert await kept(desk, theirs, gathering_id=gathering_id) == ["person_invited"]


async def test_who_erased_somebody_is_kept_without_anything_about_them(
    desk: Desk, public: httpx.AsyncClient, theirs: Colleague
) -> None:
    one = await desk.attendee(await desk.gathering())
    path = f"{API}/persons/{one['person_id']}/erase"
    numbers = {(await theirs.browser.post(path)).json()["number"] for _ in range(2)}
    [number] = numbers
    [row] = await desk.service.mongo["acts"].find({"object_id": number})
    assert (row["did"], row["staff_id"]) == ("person_erased", theirs.account["id"])
    assert (row["person_id"], row["gathering_id"]) == (None, None)
    said = "alle gegevens gewist, Marloes Esdoorn"
    assert said in (await theirs.browser.get(f"/erased/{number}")).text
    assert said not in (await public.get(f"/erased/{number}")).text


@pytest.mark.parametrize(("said", "did"), [("yes", "confirmed"), ("no", "declined")])
async def test_support_that_staff_answer_for(
    desk: Desk, theirs: Colleague, said: str, did: str
) -> None:
    gathering_id = await desk.gathering()
    [pitch_id] = await accepted_pitches(desk, gathering_id, 1)
    member = await desk.attendee(gathering_id, organisation=f"Bank {gathering_id[-6:]}")
    support = {"stance": "joins", "organisation_id": member["organisation_id"]}
    made = await desk.client.post(f"/pitches/{pitch_id}/endorsements", json=support)
    found = made.json()["id"]
    path = f"/staff/g/{gathering_id}/support/{found}/answer"
    assert (await theirs.browser.post(path, data={"answer": said})).status_code == 303
    assert await kept(desk, theirs, object_id=found) == [f"support_{did}"]


async def test_a_pitch_that_gets_another_place(desk: Desk, theirs: Colleague) -> None:
    gathering_id = await desk.gathering()
    first, _ = await accepted_pitches(desk, gathering_id, 2)
    path = f"/staff/g/{gathering_id}/pitches/{first}/move"
    assert (await theirs.browser.post(path, data={"to": "down"})).status_code == 303
    assert await kept(desk, theirs, object_id=first) == ["pitch_moved"]
    declined = await submitted_pitch(desk, gathering_id)
    asked = f"/staff/g/{gathering_id}/pitches/{declined['id']}/review"
    form = {"act": "decline", f"text.{declined['id']}": "Past nu niet", "idempotency_key": "2"}
    assert (await theirs.browser.post(asked, data=form)).status_code == 303
    assert await kept(desk, theirs, object_id=declined["id"]) == ["pitch_declined"]
