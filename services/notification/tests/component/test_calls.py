"""Who is telephoned about a gathering before it has a wave, as staff see it."""

from datetime import timedelta
from typing import Any

import httpx
from doorpakken_plumbing.service import Service
from doorpakken_plumbing.time import clock

from services.notification.tests.component.gathering import Gathering
from services.notification.tests.component.test_http import (
    ClientOf,
    app,
    client_of,
    say,
    service,
    staff,
)
from tests.probe import eventually

__all__ = ["app", "client_of", "service", "staff"]


async def test_who_is_called_about_a_gathering_that_moves(
    service: Service, staff: httpx.AsyncClient, client_of: ClientOf, gathering: Gathering
) -> None:
    start = clock.now().replace(microsecond=0) + timedelta(days=14)
    times: dict[str, Any] = {"starts_at": start, "ends_at": start + timedelta(hours=3)}
    planned = gathering.planned(**times)
    await say(
        service,
        planned,
        gathering.contact("kwame", email=None),
        gathering.present("kwame", state="registered"),
        gathering.moved(2, planned, venue={"name": "Buurthuis"}, **times),
    )
    calls = f"/gatherings/{gathering.id}/calls"

    async def page() -> str:
        return (await staff.get(calls)).text

    text = await eventually(page, lambda seen: "Kwame Waterlelie" in seen)
    assert "bijeenkomst is verplaatst" in text
    assert "Was: " in text
    assert "Buurthuis" in text
    assert calls in (await staff.get("/outbox")).text
    async with client_of({"another": "organiser"}) as other:
        assert (await other.get(calls)).status_code == 403
        assert calls not in (await other.get("/outbox")).text
    assert (await staff.get("/gatherings/nobody-knows/calls")).status_code == 404
