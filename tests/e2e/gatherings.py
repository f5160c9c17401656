"""A gathering that is open at the domain time of the system, and people for it."""

from datetime import datetime, timedelta

from doorpakken_local.demo.opening import described
from doorpakken_local.demo.play import Play
from doorpakken_local.demo.web import Json

API = "/api/v1"
CROWD = "@menigte.example"  # the people of other tests than the story


async def open_now(play: Play) -> None:
    """Staff make and publish a gathering that starts in a week."""
    now = datetime.fromisoformat((await play.desk.registration.get("/healthz"))["now"])
    starts = now.replace(microsecond=0) + timedelta(days=7)
    body = described(play.story.gathering) | {
        "starts_at": starts.isoformat(),
        "ends_at": (starts + timedelta(hours=3)).isoformat(),
        "registration_opens_at": (now - timedelta(days=1)).isoformat(),
        "registration_closes_at": starts.isoformat(),
        "follow_up_from": (starts + timedelta(days=1)).date().isoformat(),
        "follow_up_until": (starts + timedelta(days=30)).date().isoformat(),
        "capacity": None,
    }
    play.gathering_id = (await play.desk.registration.post(f"{API}/gatherings", body))["id"]
    await play.desk.registration.post(f"{play.gathering_path}/publish")


def person(number: int) -> Json:
    """Somebody whom nobody else is."""
    return {
        "name": f"Deelnemer {number} Vlas",
        "email": f"deelnemer.{number}{CROWD}",
        "kind": "community_member",
    }
