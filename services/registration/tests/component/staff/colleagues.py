"""Colleagues in tests: invited by an administrator, with a password they chose by their link."""

from dataclasses import dataclass, field
from datetime import timedelta

import httpx
from doorpakken_plumbing.identity.links import Link, make_link
from doorpakken_plumbing.time import clock
from doorpakken_registration.settings import Settings
from fastapi import FastAPI

from services.registration.tests.component.desk import Desk, Json
from tests.names import new_email
from tests.probe import becomes

PASSWORD = "vier woorden achter elkaar"


@dataclass
class Colleague:
    """An account with a browser of its own."""

    desk: Desk
    browser: httpx.AsyncClient
    account: Json
    password: str = field(default=PASSWORD, repr=False)

    @property
    def path(self) -> str:
        return f"/staff/accounts/{self.account['id']}"

    async def status(self, path: str = "/api/v1/staff/me") -> int:
        return (await self.browser.get(path)).status_code

    async def is_out(self) -> None:
        """Waits until tokens from before are refused."""
        await becomes(self.status, 401, seconds=5)


def browser(app: FastAPI, settings: Settings) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(app, client=("203.0.113.90", 40000)),
        base_url=settings.registration_url,
        headers={"Sec-Fetch-Site": "same-origin"},
    )


async def invited(desk: Desk, **roles: str) -> Json:
    """The account of somebody new."""
    body = {"name": "Marloes Esdoorn", "email": new_email(), "roles": roles or {"*": "organiser"}}
    answer = await desk.client.post(
        "/staff/accounts", json=body, headers=desk.bearer("administrator")
    )
    assert answer.status_code == 201, answer.text
    made: Json = answer.json()
    return made


async def token_for(desk: Desk, account: Json) -> str:
    """What stands in the newest mail with a link to choose a password."""
    requested = await desk.said("link-requested", person_id=account["person_id"])
    [contact] = (await desk.said("person-contact", person_id=account["person_id"]))[-1:]
    link = Link(
        "staff-password",
        account["person_id"],
        requested[-1]["link_request_id"],
        contact["generation"],
        clock.now() + timedelta(days=30),
    )
    return make_link(desk.settings.links, link)


async def at_work(desk: Desk, app: FastAPI, **roles: str) -> Colleague:
    """Somebody who was invited, chose a password and is signed in."""
    account = await invited(desk, **roles)
    visited = browser(app, desk.settings)
    path = f"/staff/password/{await token_for(desk, account)}"
    chosen = await visited.post(path, data={"password": PASSWORD})
    assert chosen.status_code == 303, chosen.text
    return Colleague(desk, visited, account)
