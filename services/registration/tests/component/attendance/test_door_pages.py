"""The pages of the door, without scripts: staff check in by code and by name; everybody else sees
behind a QR code only when and where the gathering is."""

from datetime import timedelta

import httpx
import pytest
from doorpakken_plumbing.identity.door_codes import door_code
from doorpakken_plumbing.identity.staff import COOKIE

from services.registration.tests.component.desk import Desk, Json
from services.registration.tests.component.staff_of import token_of


@pytest.fixture
def door(desk: Desk, public: httpx.AsyncClient) -> httpx.AsyncClient:
    """The browser of somebody who stands at any door."""
    public.cookies.set(COOKIE, token_of(desk, {"*": "door"}))
    return public


async def test_check_in_by_code_and_undo_it(desk: Desk, door: httpx.AsyncClient) -> None:
    gathering_id = await desk.gathering()
    who = await desk.attendee(gathering_id)
    path = f"/staff/g/{gathering_id}/door"
    code = door_code(desk.settings.links, who["id"])
    done = await door.post(path, data={"code": f"{code[:3]} {code[3:]}", "idempotency_key": "1"})
    assert done.headers["location"].endswith(f"{path}?done={who['id']}")
    page = (await door.get(done.headers["location"])).text
    assert "Gladys Waterlelie is binnen." in page
    assert "1 persoon is binnen" in page
    await door.post(f"{path}/undo", data={"attendee_id": who["id"]})
    assert await state(desk, who) == "registered"


async def test_check_in_by_the_beginning_of_a_name(desk: Desk, door: httpx.AsyncClient) -> None:
    gathering_id = await desk.gathering()
    who = await desk.attendee(gathering_id, name="Fatima Müller")
    await desk.attendee(gathering_id, name="Frits Esdoorn")
    path = f"/staff/g/{gathering_id}/door"
    page = (await door.get(path, params={"q": "mul fat"})).text
    assert "Fatima Müller" in page
    assert "Frits Esdoorn" not in page
    assert "@" not in page.split("<main")[1]
    await door.post(path, data={"attendee_id": who["id"], "idempotency_key": "1"})
    assert await state(desk, who) == "checked_in"


async def test_a_wrong_code_is_said_and_stays_typed(desk: Desk, door: httpx.AsyncClient) -> None:
    path = f"/staff/g/{await desk.gathering()}/door"
    answer = await door.post(path, data={"code": "ABC234", "idempotency_key": "1"})
    assert answer.status_code == 422
    assert "Deze code kennen wij niet." in answer.text
    assert 'value="ABC234"' in answer.text


async def test_somebody_of_another_gathering_is_not_here(
    desk: Desk, door: httpx.AsyncClient
) -> None:
    other = await desk.attendee(await desk.gathering())
    path = f"/staff/g/{await desk.gathering()}/door"
    answer = await door.post(path, data={"attendee_id": other["id"], "idempotency_key": "1"})
    assert answer.status_code == 422
    assert await state(desk, other) == "registered"


async def test_a_walk_in_is_entered_and_mistakes_keep_what_was_typed(
    desk: Desk, door: httpx.AsyncClient
) -> None:
    gathering_id = await desk.gathering()
    path = f"/staff/g/{gathering_id}/door/walk-in"
    typed = {"name": "Zoe Iep", "kind": "other", "email": "zoe@", "idempotency_key": "1"}
    wrong = await door.post(path, data=typed)
    assert (wrong.status_code, 'value="zoe@"' in wrong.text) == (422, True)
    done = await door.post(path, data=typed | {"email": ""})
    assert "Zoe Iep is binnen." in (await door.get(done.headers["location"])).text


async def test_the_list_to_print_has_no_addresses(desk: Desk, door: httpx.AsyncClient) -> None:
    gathering_id = await desk.gathering()
    who = await desk.attendee(gathering_id)
    page = (await door.get(f"/staff/g/{gathering_id}/door/print")).text
    assert door_code(desk.settings.links, who["id"]) in page
    assert "@" not in page.split("<main")[1]


async def test_staff_check_in_behind_the_qr_code(desk: Desk, door: httpx.AsyncClient) -> None:
    who = await desk.attendee(await desk.gathering())
    page = (await door.get(await qr_of(desk, who))).text
    assert "Gladys Waterlelie" in page
    assert f'value="{who["id"]}"' in page
    assert await state(desk, who) == "registered"


async def test_everybody_else_sees_when_and_where_and_nobodys_name(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    gathering_id = await desk.gathering()
    who = await desk.attendee(gathering_id)
    path = await qr_of(desk, who, age=timedelta(days=90))
    answer = await public.get(path)
    assert "Evenementenhal De Dreef" in answer.text
    assert "Gladys" not in answer.text
    assert "set-cookie" not in answer.headers
    assert (await public.get("/me")).status_code == 401
    sent = await public.post(f"{path}/link", data={"idempotency_key": "1"})
    assert sent.headers["location"].endswith("/d/link/sent")
    said = await desk.said("link-requested", person_id=who["person_id"])
    assert [one["purpose"] for one in said] == ["sign_in"]


async def test_the_code_of_the_door_opens_no_page_of_theirs(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    who = await desk.attendee(await desk.gathering())
    token = (await qr_of(desk, who)).removeprefix("/d/")
    assert (await public.get(f"/l/{token}")).status_code == 404
    personal = (await desk.link(who["person_id"])).removeprefix("/l/")
    assert (await public.get(f"/d/{personal}")).status_code == 404


async def qr_of(desk: Desk, who: Json, age: timedelta = timedelta(0)) -> str:
    """Where the QR code in their mail leads."""
    link = await desk.link(who["person_id"], "door", who["id"], age=age)
    return link.replace("/l/", "/d/")


async def state(desk: Desk, who: Json) -> str:
    """As staff see it."""
    found: str = (await desk.client.get(f"/attendees/{who['id']}")).json()["state"]
    return found
