"""A member of staff who makes gatherings at registration, and figures read at all doors."""

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


@dataclass
class Desk:
    """Signed in at registration."""

    client: httpx.AsyncClient
    system: System

    @classmethod
    async def open(cls, system: System) -> "Desk":
        """Signs in as the first account."""
        client = httpx.AsyncClient(base_url=system.urls["registration"], timeout=30)
        account = {"email": "staff@doorpakken.example", "password": system.staff_password}
        answer = await answered(client, "POST", "/api/v1/staff/login", account)
        answer.raise_for_status()
        # A bearer alone: cookies of a browser would need an origin.
        client.cookies.clear()
        client.headers["Authorization"] = f"Bearer {answer.json()['token']}"
        return cls(client, system)

    async def gathering(self, **more: Any) -> str:
        """A published gathering."""
        made = await answered(self.client, "POST", "/api/v1/gatherings", GATHERING | more)
        made.raise_for_status()
        found: str = made.json()["id"]
        published = await answered(self.client, "POST", f"/api/v1/gatherings/{found}/publish")
        published.raise_for_status()
        return found

    async def figures(self, service: str) -> dict[str, Any]:
        """What the service says of itself."""
        answer = await self.client.get(f"{self.system.urls[service]}/system/figures")
        answer.raise_for_status()
        found: dict[str, Any] = answer.json()
        return found

    async def close(self) -> None:
        """Ends the connections."""
        await self.client.aclose()
