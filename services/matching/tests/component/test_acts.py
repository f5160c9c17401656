"""Who of staff planned what is kept where it was done, and shown there; the name goes with them."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

import httpx
import pytest_asyncio
from doorpakken_events.erasure import PersonErased
from doorpakken_events.registration import PersonContact
from doorpakken_events.staff import StaffChanged
from doorpakken_local.system import System
from doorpakken_plumbing.identity.staff import Staff, sign_token
from doorpakken_plumbing.time import clock
from fastapi import FastAPI

from services.matching.tests.component.gathering import Gathering
from services.matching.tests.component.test_places import of


@dataclass
class Colleague:
    """A member of staff with a browser; `account` is what registration says of them."""

    gathering: Gathering
    browser: httpx.AsyncClient
    account: StaffChanged

    @property
    def person_id(self) -> str:
        return self.account.person_id or ""

    async def introduced(self) -> None:
        """Registration tells who they are."""
        contact = PersonContact(person_id=self.person_id, name="Marloes Esdoorn", language="nl")
        await self.gathering.hear((self.account, 1), (contact, 1))

    async def did(self, **wanted: str) -> list[tuple[str, str | None]]:
        """What they did, in order, and for whom."""
        asked = {"gathering_id": self.gathering.id, **wanted}
        rows = await self.gathering.service.mongo["acts"].find(asked, sort=[("_id", 1)])
        return [(row["did"], row["person_id"]) for row in rows if row["staff_id"] == self.id]

    @property
    def id(self) -> str:
        return self.account.staff_id

    async def reads(self, path: str) -> str:
        """The text of a page."""
        return (await self.browser.get(f"http://matching.example{path}")).text


@pytest_asyncio.fixture
async def colleague(
    app: FastAPI, infrastructure: System, gathering: Gathering
) -> AsyncIterator[Colleague]:
    """Somebody whom no other test knows, at work for the gathering."""
    account = StaffChanged(staff_id=f"staff-{uuid4()}", person_id=str(uuid4()))
    key = infrastructure.surroundings.credentials.staff_private_key.get_secret_value()
    token = sign_token(key, Staff(account.staff_id, {"*": "organiser"}, f"session-{uuid4()}"))
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app),
        base_url="http://matching.example/api/v1",
        headers={"Authorization": f"Bearer {token}"},
    ) as browser:
        gathering.client = browser
        yield Colleague(gathering, browser, account)


async def test_rooms_and_times(gathering: Gathering, colleague: Colleague) -> None:
    await gathering.hear((gathering.published(), 1))
    await colleague.introduced()
    room = (await gathering.post("rooms", name="Zaal Reiger", capacity=10)).json()["id"]
    path = f"/gatherings/{gathering.id}/rooms/{room}"
    for _ in range(2):
        changed = await colleague.browser.patch(path, json={"capacity": 12})
        assert changed.status_code == 200
    slot = (await gathering.add_slot(days=11)).json()["id"]
    shown = await colleague.reads(f"/g/{gathering.id}/rooms/{room}")
    assert "ruimte veranderd, Marloes Esdoorn" in shown
    assert "tijd toegevoegd, Marloes Esdoorn" in await colleague.reads(
        f"/g/{gathering.id}/slots/{slot}"
    )
    assert (await colleague.browser.delete(path)).status_code == 204
    done = ["room_added", "room_changed", "slot_added", "room_removed"]
    assert await colleague.did() == [(did, None) for did in done]
    shown = await colleague.reads(f"/g/{gathering.id}/rooms")
    for said in ("ruimte toegevoegd", "ruimte verwijderd"):
        assert f"{said}, Marloes Esdoorn" in shown
    assert "tijd toegevoegd (" in shown


async def test_what_is_refused_is_no_act(gathering: Gathering, colleague: Colleague) -> None:
    await gathering.hear((gathering.published(), 1))
    for _ in range(2):
        await gathering.post("rooms", name="Zaal Reiger", capacity=10)
    assert await colleague.did() == [("room_added", None)]


async def test_places_on_their_pages(gathering: Gathering, colleague: Colleague) -> None:
    await gathering.hear((gathering.published(), 1))
    site = f"http://matching.example/g/{gathering.id}"
    room = {"name": "Atelier", "capacity": "8", "idempotency_key": "1"}
    for _ in range(2):
        assert (await colleague.browser.post(f"{site}/rooms", data=room)).status_code == 303
    made = await of(gathering, "rooms")
    assert (await colleague.browser.delete(made["path"])).status_code == 204
    await gathering.add_slot(days=12)
    path = (await of(gathering, "slots"))["path"]
    ends_at = gathering.start + timedelta(days=12, hours=3)
    changed = await colleague.browser.patch(path, json={"ends_at": f"{ends_at}"})
    assert changed.status_code == 200
    assert (await colleague.browser.delete(path)).status_code == 204
    done = ["room_added", "room_removed", "slot_added", "slot_changed", "slot_removed"]
    assert [did for did, _ in await colleague.did()] == done


async def test_a_plan_and_its_sessions(gathering: Gathering, colleague: Colleague) -> None:
    await gathering.prepare()
    await colleague.introduced()
    plan = await gathering.plan()
    assert (await gathering.plan())["run_id"] == plan["run_id"]
    for _ in range(2):
        assert (await gathering.publish(plan)).status_code == 200
    assert await colleague.did(object_id=plan["run_id"]) == [
        ("plan_made", None),
        ("plan_published", None),
    ]
    [session] = await gathering.sessions()
    last = await of(gathering, "slots", -1)
    host = f"{gathering.id}-person-a"
    contact = PersonContact(person_id=host, name="Fatima Linde", language="nl")
    await gathering.hear((contact, 1))
    for change, body in (
        ("reschedule", {"slot_id": last["id"]}),
        ("capacity", {"capacity_max": 5}),
        ("host", {"person_id": host}),
        ("cancel", {}),
    ):
        path = f"/sessions/{session['id']}/{change}"
        answer = await colleague.browser.post(path, json=body)
        assert answer.status_code == 200, answer.text
    assert await colleague.did(object_id=session["id"]) == [
        ("session_moved", None),
        ("session_resized", None),
        ("host_chosen", host),
        ("session_cancelled", None),
    ]
    shown = await colleague.reads(f"/plans/{plan['run_id']}")
    assert "plan in gebruik genomen, Marloes Esdoorn" in shown
    assert "gevraagd om de sessie te leiden (Pitch one, Fatima Linde), Marloes Esdoorn" in shown
    await gathering.hear((PersonErased(person_id=host, erased_at=clock.now()), 1))
    assert [did for did, _ in await colleague.did(object_id=session["id"])] == [
        "session_moved",
        "session_resized",
        "session_cancelled",
    ]


async def test_the_name_goes_with_the_colleague(gathering: Gathering, colleague: Colleague) -> None:
    await gathering.hear((gathering.published(), 1))
    await gathering.post("rooms", name="Zaal Reiger", capacity=10)
    page = f"/g/{gathering.id}/rooms"
    assert "ruimte toegevoegd (Zaal Reiger), een collega<" in await colleague.reads(page)
    await colleague.introduced()
    assert "(Zaal Reiger), Marloes Esdoorn<" in await colleague.reads(page)
    await gathering.hear((PersonErased(person_id=colleague.person_id, erased_at=clock.now()), 1))
    assert "(Zaal Reiger), een collega van toen<" in await colleague.reads(page)
    assert await gathering.service.mongo["staff"].count({"_id": colleague.id}) == 0


async def test_an_account_that_is_gone_is_not_named(
    gathering: Gathering, colleague: Colleague
) -> None:
    await gathering.hear((gathering.published(), 1))
    await colleague.introduced()
    await gathering.post("rooms", name="Zaal Reiger", capacity=10)
    await gathering.hear_gone((StaffChanged, colleague.id, 2))
    rows = await gathering.service.mongo["acts"].find({"gathering_id": gathering.id})
    assert [(row["did"], row["staff_id"]) for row in rows] == [("room_added", None)]
