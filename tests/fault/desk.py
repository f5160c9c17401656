"""A member of staff who makes gatherings at registration, and figures read at all doors."""

from collections.abc import Generator
from dataclasses import dataclass
from typing import Any

import httpx
from doorpakken_local.system import System

from tests.fault.patience import answered

GATHERING = {
    "title": "Derde bijeenkomst",
    "ambition": "Doorpakken",
    "starts_at": "2099-10-06T13:00:00Z",
    "ends_at": "2099-10-06T17:00:00Z",
    "venue": {"name": "Zaal Ara", "address": "Plein 1"},
    "capacity": None,
}


class SignedIn(httpx.Auth):
    """The first account's token, and a new one when a request is told that it ran out."""

    requires_response_body = True

    def __init__(self, system: System, token: str) -> None:
        self._login = f"{system.urls['registration']}/api/v1/staff/login"
        self._account = account_of(system)
        self.token = token

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Asks with the token, and once more with a new one."""
        # A bearer alone: cookies of a browser would need an origin.
        request.headers.pop("Cookie", None)
        request.headers["Authorization"] = f"Bearer {self.token}"
        answer = yield request
        if answer.status_code == 401:
            signed_in = yield httpx.Request("POST", self._login, json=self._account)
            if signed_in.is_success:
                self.token = signed_in.json()["token"]
                request.headers["Authorization"] = f"Bearer {self.token}"
                yield request


def account_of(system: System) -> dict[str, str]:
    """What the first account signs in with."""
    return {"email": "staff@doorpakken.example", "password": system.staff_password}


@dataclass
class Desk:
    """Signed in at registration, for as long as it is open."""

    client: httpx.AsyncClient
    system: System
    auth: SignedIn

    @classmethod
    async def open(cls, system: System) -> "Desk":
        """Signs in as the first account."""
        client = httpx.AsyncClient(base_url=system.urls["registration"], timeout=30)
        answer = await answered(client, "POST", "/api/v1/staff/login", account_of(system))
        answer.raise_for_status()
        client.cookies.clear()
        client.auth = auth = SignedIn(system, answer.json()["token"])
        return cls(client, system, auth)

    async def gathering(self, **more: Any) -> str:
        """A published gathering."""
        made = await answered(self.client, "POST", "/api/v1/gatherings", GATHERING | more)
        made.raise_for_status()
        found: str = made.json()["id"]
        published = await answered(self.client, "POST", f"/api/v1/gatherings/{found}/publish")
        published.raise_for_status()
        return found

    async def token(self) -> str:
        """A token that has just been good."""
        await self.figures("registration")
        return self.auth.token

    async def figures(self, service: str) -> dict[str, Any]:
        """What the service says of itself."""
        answer = await self.client.get(f"{self.system.urls[service]}/system/figures")
        answer.raise_for_status()
        found: dict[str, Any] = answer.json()
        return found

    async def close(self) -> None:
        """Ends the connections."""
        await self.client.aclose()
