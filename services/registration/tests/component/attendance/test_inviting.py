"""Staff invite somebody by name and e-mail, who then signs up as themselves, or is forgotten."""

from datetime import timedelta

import httpx
import pytest
from doorpakken_plumbing.identity.staff import COOKIE
from doorpakken_plumbing.time import clock
from doorpakken_registration.attendance.inviting import LAPSES

from services.registration.tests.component.desk import Desk, Json
from services.registration.tests.component.staff_of import token_of
from tests.names import new_email
from tests.probe import becomes


@pytest.fixture
def office(desk: Desk, public: httpx.AsyncClient) -> httpx.AsyncClient:
    """The browser of an organiser."""
    public.cookies.set(COOKIE, token_of(desk, {"*": "organiser"}))
    return public


async def test_they_get_one_mail_and_sign_up_as_themselves(
    desk: Desk, office: httpx.AsyncClient
) -> None:
    gathering_id = await desk.gathering()
    who = await invited(desk, office, gathering_id)
    [asked] = await desk.said("mail-requested", person_id=who["person_id"])
    assert (asked["kind"], asked["gathering_id"]) == ("gathering_invitation", gathering_id)
    again = await invite(office, gathering_id, who["email"])
    assert (again.status_code, "kreeg al een uitnodiging" in again.text) == (422, True)
    office.cookies.clear()
    link = await desk.link(who["person_id"], "invited", gathering_id)
    assert (await office.get(link)).headers["location"].endswith(f"/g/{gathering_id}")
    form = {"name": "Zoe Iep", "email": who["email"], "kind": "other", "idempotency_key": "2"}
    await office.post(f"/g/{gathering_id}", data=form)
    [said] = await desk.said("attendee-registered", gathering_id=gathering_id)
    assert (said["person_id"], said["state"]) == (who["person_id"], "registered")


async def test_who_is_registered_is_not_invited(desk: Desk, office: httpx.AsyncClient) -> None:
    gathering_id, email = await desk.gathering(), new_email()
    await desk.attendee(gathering_id, name="Zoe Iep", email=email)
    answer = await invite(office, gathering_id, email)
    assert (answer.status_code, "al aangemeld" in answer.text) == (422, True)


async def test_of_who_does_not_come_nothing_stays(desk: Desk, office: httpx.AsyncClient) -> None:
    who = await invited(desk, office, await desk.gathering())
    mongo, name = desk.service.mongo, f"{LAPSES}/{who['person_id']}"
    timer = await mongo["timers"].find_one({"_id": name})
    assert timer is not None
    assert timer["due"] > clock.now() + timedelta(days=36)
    await mongo["timers"].update_one({"_id": name}, {"$set": {"due": clock.now()}})
    await becomes(lambda: mongo["persons"].count({"_id": who["person_id"]}), 0)


async def invite(office: httpx.AsyncClient, gathering_id: str, email: str) -> httpx.Response:
    """By the form."""
    typed = {"name": "Zoe Iep", "email": email, "idempotency_key": new_email()}
    return await office.post(f"/staff/g/{gathering_id}/participants/invite", data=typed)


async def invited(desk: Desk, office: httpx.AsyncClient, gathering_id: str) -> Json:
    """Somebody new who was invited."""
    email = new_email()
    assert (await invite(office, gathering_id, email)).status_code == 303
    [contact] = await desk.said("person-contact", email=email)
    return contact
