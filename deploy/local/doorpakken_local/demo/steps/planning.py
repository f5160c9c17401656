"""The evening of the day: staff add rooms and times, publish a plan and release the invitations.
The wave is released only when it is complete."""

from typing import Any

from doorpakken_local.demo.play import Play
from doorpakken_local.demo.stories.parts import Room, Slot
from doorpakken_local.demo.visiting.crowd import each
from doorpakken_local.demo.visiting.probe import until
from doorpakken_local.demo.visiting.web import API, Json


async def plan(play: Play) -> None:
    await each(play.story.rooms, lambda room: _add_room(play, room))
    await each(play.story.slots, lambda slot: _add_slot(play, slot))
    await play.settled()
    made = await play.desk.matching.post(f"{play.gathering_path}/plans")
    play.wave_id = made["run_id"]
    await play.desk.matching.post(f"{API}/plans/{play.wave_id}/publish")
    play.plan = await play.desk.matching.get(f"{API}/plans/{play.wave_id}")


async def _add_room(play: Play, room: Room) -> Json:
    body = room.model_dump(exclude_none=True)
    return await play.desk.matching.post(f"{play.gathering_path}/rooms", body)


async def _add_slot(play: Play, slot: Slot) -> Json:
    day = play.story.gathering
    body: dict[str, Any] = {
        "starts_at": day.at(slot.day, slot.starts).isoformat(),
        "ends_at": day.at(slot.day, slot.ends).isoformat(),
    }
    return await play.desk.matching.post(f"{play.gathering_path}/slots", body)


async def release(play: Play) -> None:
    present = play.tally.present
    by_mail = sum(bool(person.email) for person in present)
    await until("a draft for everybody", lambda: _wave(play), lambda w: _owed(w) == len(present))
    await play.desk.notification.post(f"{API}/waves/{play.wave_id}/release")
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
