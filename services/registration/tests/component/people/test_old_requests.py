"""Requests for links and mails go after five weeks, from here and from their topics."""

from datetime import timedelta

import httpx
import pytest
from doorpakken_plumbing.time import clock
from doorpakken_registration.people import old_requests

from services.registration.tests.component.desk import Desk
from tests.names import new_email
from tests.probe import becomes, eventually


async def test_what_is_old_goes_and_what_is_young_stays(
    desk: Desk, public: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(old_requests, "AT_ONCE", 2)  # several rounds
    old = [await asked(desk, public) for _ in range(5)]
    young = await asked(desk, public)
    requests = desk.service.mongo["link_requests"]
    long_ago = clock.now() - timedelta(days=35, minutes=1)
    await requests.update_many({"_id": {"$in": old}}, {"$set": {"requested_at": long_ago}})
    await desk.service.mongo["timers"].update_one(
        {"_id": old_requests.KIND}, {"$set": {"due": clock.now()}}
    )
    await becomes(lambda: requests.count({"_id": {"$in": old}}), 0)
    assert await requests.count({"_id": young}) == 1
    rows = await desk.service.mongo["outbox"].find(
        {"topic": "link-requested", "key": {"$in": [*old, young]}, "payload": None}
    )
    assert sorted(row["key"] for row in rows) == sorted(old)
    # It looks again tomorrow.
    tomorrow = {"_id": old_requests.KIND, "due": {"$gt": clock.now() + timedelta(hours=23)}}
    await becomes(lambda: desk.service.mongo["timers"].count(tomorrow), 1)


async def asked(desk: Desk, public: httpx.AsyncClient) -> str:
    """The id of a request for a link by somebody who is known."""
    email = new_email()
    person = await desk.attendee(await desk.gathering(), email=email)
    await public.post("/api/v1/link-requests", json={"email": email})
    [found] = await eventually(
        lambda: desk.service.mongo["link_requests"].find({"person_id": person["person_id"]}),
        lambda seen: len(seen) == 1,
    )
    return str(found["_id"])
