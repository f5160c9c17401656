"""A gathering that is open at the domain time of the system, and people for it."""

from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta

import httpx
from doorpakken_local.demo.place import Place
from doorpakken_local.demo.play import Play, opened
from doorpakken_local.demo.stories.story import load
from doorpakken_local.demo.visiting.crowd import each
from doorpakken_local.demo.visiting.web import Json
from doorpakken_local.system import System

API = "/api/v1"
CROWD = "@menigte.example"  # the people of other tests than the story
HOST = 100_000  # a number that nobody of a crowd has
PITCH: Json = {
    "kind": "project",
    "title": "OCTA",
    "summary": "Jongeren en bedrijven",
    "needs": [{"category": "placement", "description": "Plek", "amount": 15, "unit": "place"}],
}


def play_at(system: System) -> AbstractAsyncContextManager[Play]:
    """Staff who are signed in at every service."""
    return opened(Place.of(system), load())


async def open_now(play: Play) -> None:
    """Staff make and publish a gathering that starts in a week."""
    now = datetime.fromisoformat((await play.desk.registration.get("/healthz"))["now"])
    starts = now.replace(microsecond=0) + timedelta(days=7)
    told = play.story.gathering
    body = {
        "title": told.title,
        "ambition": told.ambition,
        "venue": told.venue.model_dump(),
        "starts_at": starts.isoformat(),
        "ends_at": (starts + timedelta(hours=3)).isoformat(),
        "registration_opens_at": (now - timedelta(days=1)).isoformat(),
        "registration_closes_at": starts.isoformat(),
        "follow_up_from": (starts + timedelta(days=1)).date().isoformat(),
        "follow_up_until": (starts + timedelta(days=30)).date().isoformat(),
    }
    play.gathering_id = (await play.desk.registration.post(f"{API}/gatherings", body))["id"]
    await play.desk.registration.post(f"{play.gathering_path}/publish")


def person(number: int, *, of: str = "") -> Json:
    """Somebody whom nobody else is, at all or of one gathering: who has a seat elsewhere cannot
    sit here at the same time."""
    return {
        "name": f"Deelnemer {number} Vlas",
        "email": f"deelnemer.{number}{of and f'.{of}'}{CROWD}",
        "kind": "community_member",
    }


async def register(play: Play, count: int, *, at_once: int | None = None) -> list[httpx.Response]:
    """So many people of this gathering alone, all at the same time or so many at once."""
    path = f"{play.gathering_path}/attendees"

    async def one(number: int) -> httpx.Response:
        body = person(number, of=play.gathering_id)
        return await play.desk.registration.session.post(path, json=body)

    return await each(range(count), one, at_once=at_once or count)


async def open_session(play: Play, attendee_id: str, *, seats: int) -> str:
    """A published session of so many seats; somebody has to be present for a plan."""
    staff, matching = play.desk.registration, play.desk.matching
    host = await staff.post(f"{play.gathering_path}/attendees", person(HOST))
    pitch = await staff.post(
        f"{play.gathering_path}/pitches", PITCH | {"person_id": host["person_id"]}
    )
    await staff.post(f"{API}/pitches/{pitch['id']}/review", {"decision": "accepted"})
    await staff.post(f"{API}/attendees/{attendee_id}/check-in")
    await matching.post(f"{play.gathering_path}/rooms", {"name": "Zaal", "capacity": seats})
    gathering = await staff.get(f"{play.gathering_path}")
    day = gathering["follow_up_from"]
    slot = {"starts_at": f"{day}T10:00:00+02:00", "ends_at": f"{day}T12:00:00+02:00"}
    await matching.post(f"{play.gathering_path}/slots", slot)
    await play.settled()
    run_id = (await matching.post(f"{play.gathering_path}/plans"))["run_id"]
    await matching.post(f"{API}/plans/{run_id}/publish")
    await play.settled()
    (session,) = await play.sessions()
    assert session["capacity_max"] == seats
    return str(session["id"])
