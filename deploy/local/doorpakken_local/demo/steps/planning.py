"""The evening of the day: staff add rooms and times, publish a plan and release the invitations.
The wave is released only when it is complete."""

from doorpakken_local.demo.play import Play
from doorpakken_local.demo.stories.parts import Gathering, Room, Slot
from doorpakken_local.demo.visiting.probe import until
from doorpakken_local.demo.visiting.web import API, Json


async def plan(play: Play) -> None:
    await _add_places(play)
    await play.settled()
    page = await play.office.open(f"/g/{play.gathering_id}/plans", service="matching")
    page = await play.office.submit(page, {}, leads_to="/plans")
    play.wave_id = page.url.rpartition("/")[2]
    await play.office.submit(page, {}, leads_to="/publish")


async def _add_places(play: Play) -> None:
    page = await play.office.open(f"/g/{play.gathering_id}/rooms", service="matching")
    for room in play.story.rooms:
        page = await play.office.submit(page, _room(room), leads_to="/rooms")
    for slot in play.story.slots:
        entries = _slot(play.story.gathering, slot)
        page = await play.office.submit(page, entries, leads_to="/slots")


def _room(room: Room) -> dict[str, str]:
    return {
        "name": room.name,
        "capacity": str(room.capacity),
        "address": room.address,
        "link": room.link or "",
    }


def _slot(gathering: Gathering, slot: Slot) -> dict[str, str]:
    """As a browser sends a day and a time that were picked."""
    day = gathering.on(slot.day).isoformat()
    return {"day": day, "begin": f"{slot.starts:%H:%M}", "end": f"{slot.ends:%H:%M}"}


async def release(play: Play) -> None:
    present = play.tally.present
    by_mail = sum(bool(person.email) for person in present)
    await until("a draft for everybody", lambda: _wave(play), lambda w: _owed(w) == len(present))
    page = await play.office.open(f"/g/{play.gathering_id}/outbox", service="notification")
    await play.office.submit(page, {}, leads_to=f"/{play.wave_id}/release")
    await until(
        "all invitations to be sent",
        lambda: _wave(play),
        lambda wave: wave["by_state"].get("sent") == by_mail,
    )
    play.tally.mails["invitation"] = by_mail
    # The answer page works only after registration has received the plan too.
    await play.settled()


async def _wave(play: Play) -> Json:
    """Has no states until notification has received the plan."""
    listed = await play.desk.notification.get(f"{API}/waves")
    known = [wave for wave in listed["items"] if wave["wave_id"] == play.wave_id]
    return known[0] if known else {"by_state": {}}


def _owed(wave: Json) -> int:
    counts: dict[str, int] = wave["by_state"]
    return sum(counts.values())
