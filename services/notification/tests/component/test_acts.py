"""Who of staff let invitations go, or did something about a mail, is kept and shown in the outbox.
It goes with whom the mail was for, and the name with the colleague."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx
import pytest_asyncio
from doorpakken_events.erasure import PersonErased
from doorpakken_events.event import Event
from doorpakken_events.registration import PersonContact
from doorpakken_events.staff import StaffChanged
from doorpakken_local.system import System
from doorpakken_plumbing.identity.staff import Staff, sign_token
from doorpakken_plumbing.service import Service
from doorpakken_plumbing.time import clock
from fastapi import FastAPI

from services.notification.tests.component.gathering import Gathering
from services.notification.tests.component.saying import say
from tests.probe import becomes, eventually


@dataclass
class Colleague:
    """A member of staff with a browser; `account` is what registration says of them."""

    gathering: Gathering
    service: Service
    browser: httpx.AsyncClient
    account: StaffChanged

    async def hears(self, *events: tuple[Event, int]) -> None:
        """The service has handled these."""
        ids = await say(self.service, *events)
        inbox = self.service.mongo["inbox"]
        await becomes(lambda: inbox.count({"_id": {"$in": ids}}), len(ids), seconds=30)

    async def introduced(self) -> None:
        """Registration tells who they are."""
        person_id = self.account.person_id or ""
        contact = PersonContact(person_id=person_id, name="Marloes Esdoorn", language="nl")
        await self.hears((self.account, 1), (contact, 1))

    async def did(self) -> list[tuple[str, str, str | None]]:
        """What was done at the gathering, in order: by whom, and for whom."""
        at = {"gathering_id": self.gathering.id}
        rows = await self.service.mongo["acts"].find(at, sort=[("_id", 1)])
        return [(row["did"], row["staff_id"], row["person_id"]) for row in rows]

    async def outbox(self) -> str:
        """The page of the gathering's outbox."""
        return (await self.browser.get(f"/g/{self.gathering.id}/outbox")).text

    async def set_apart(self) -> dict[str, Any]:
        """The only mail of the gathering that waits for staff."""

        async def waiting() -> list[dict[str, Any]]:
            found = (await self.browser.get("/api/v1/mails/set-apart")).json()["items"]
            return [mail for mail in found if mail["gathering_id"] == self.gathering.id]

        [mail] = await eventually(waiting, lambda found: len(found) == 1)
        return mail


@pytest_asyncio.fixture
async def colleague(
    app: FastAPI, service: Service, infrastructure: System, gathering: Gathering
) -> AsyncIterator[Colleague]:
    """Somebody whom no other test knows."""
    account = StaffChanged(staff_id=f"staff-{uuid4()}", person_id=str(uuid4()))
    key = infrastructure.surroundings.credentials.staff_private_key.get_secret_value()
    token = sign_token(key, Staff(account.staff_id, {"*": "organiser"}, f"session-{uuid4()}"))
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app),
        base_url=service.settings.notification_url,
        headers={"Authorization": f"Bearer {token}"},
    ) as browser:
        yield Colleague(gathering, service, browser, account)


async def test_who_released_a_wave(colleague: Colleague) -> None:
    gathering = colleague.gathering
    await colleague.hears(*gathering.told("gladys"))
    await colleague.introduced()
    for path in (f"/api/v1/waves/{gathering.run}/release", f"/waves/{gathering.run}/release"):
        assert (await colleague.browser.post(path)).status_code in (200, 303)
    assert await colleague.did() == [("wave_released", colleague.account.staff_id, None)]
    said = "uitnodigingen verstuurd, Marloes Esdoorn"
    assert said in await colleague.outbox()
    assert said in (await colleague.browser.get("/outbox")).text


async def test_what_was_done_about_a_mail_goes_with_whom_it_was_for(colleague: Colleague) -> None:
    gathering, me = colleague.gathering, colleague.account.staff_id
    wrong = gathering.contact("gladys", email="gladys@@post")
    await colleague.hears(gathering.published(), wrong, gathering.link("gladys"))
    await colleague.introduced()
    gladys = f"{gathering.id}-gladys-person"
    first = await colleague.set_apart()
    again = f"/api/v1/mails/{first['mail_id']}/try-again"
    assert (await colleague.browser.post(again)).status_code == 204
    mail = await colleague.set_apart()
    for _ in range(2):
        dropped = await colleague.browser.post(f"/mails/{mail['mail_id']}/drop")
        assert dropped.status_code == 303
    assert await colleague.did() == [
        ("mail_tried_again", me, gladys),
        ("mail_dropped", me, gladys),
    ]
    about = f"({mail['reference']}, Gladys Waterlelie), Marloes Esdoorn"
    shown = await colleague.outbox()
    assert f"mail opnieuw verstuurd {about}" in shown
    assert f"gezegd dat de mail niet weggaat {about}" in shown
    await colleague.hears((PersonErased(person_id=gladys, erased_at=clock.now()), 1))
    assert await colleague.did() == []


async def test_the_name_goes_with_the_colleague(colleague: Colleague) -> None:
    gathering = colleague.gathering
    await colleague.hears(*gathering.told("gladys"))
    await colleague.browser.post(f"/waves/{gathering.run}/release")
    assert "uitnodigingen verstuurd, een collega<" in await colleague.outbox()
    await colleague.introduced()
    person_id = colleague.account.person_id or ""
    await colleague.hears((PersonErased(person_id=person_id, erased_at=clock.now()), 1))
    assert "uitnodigingen verstuurd, een collega van toen<" in await colleague.outbox()
