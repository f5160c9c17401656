"""What tests about merging people do over and over: seat somebody, and merge two."""

import httpx

from services.registration.tests.component.desk import Desk, Json


async def seat(desk: Desk, session_id: str, attendee_id: str) -> httpx.Response:
    """Somebody joins a session."""
    body = {"attendee_id": attendee_id}
    return await desk.client.post(f"/sessions/{session_id}/sign-ups", json=body)


async def merge(desk: Desk, gone: Json, stays: Json) -> httpx.Response:
    """The first becomes the second."""
    body = {"into": stays["person_id"]}
    return await desk.client.post(f"/persons/{gone['person_id']}/merge", json=body)


async def two(desk: Desk) -> tuple[Json, Json]:
    """Two people, each at a gathering of their own."""
    return await desk.attendee(await desk.gathering()), await desk.attendee(await desk.gathering())
