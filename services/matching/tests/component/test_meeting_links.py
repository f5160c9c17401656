"""Where a session is met on line is said on a topic of its own, and on none for everybody."""

from services.matching.tests.component.gathering import Gathering

LINK = "https://bellen.example/octa"
OPEN = ("session-scheduled", "session-rescheduled", "session-cancelled", "plan-published")


async def prepared(gathering: Gathering, *rooms: tuple[str, str | None]) -> None:
    """A published plan with one session, in the first of these rooms."""
    await gathering.hear(
        (gathering.published(), 1),
        (gathering.pitch("one"), 2),
        *((gathering.attendee(name), 2) for name in "abc"),
    )
    for days in (11, 12):
        await gathering.add_slot(days=days)
    for place, (name, link) in enumerate(rooms):
        made = await gathering.post("rooms", name=name, capacity=12, link=link)
        assert made.status_code == 201, made.text
        if place == 0:
            await gathering.publish(await gathering.plan())


async def links(gathering: Gathering) -> list[tuple[int, str | None]]:
    """What was said of it, in order, each with its version."""
    return [(one["version"], one["link"]) for one in await gathering.said("session-link")]


async def move(gathering: Gathering, room: str) -> None:
    """Staff move the session to another room, and another time."""
    [session] = await gathering.sessions()
    found = (await gathering.client.get(f"/gatherings/{gathering.id}/rooms")).json()["items"]
    slots = (await gathering.client.get(f"/gatherings/{gathering.id}/slots")).json()["items"]
    room_id = next(one["id"] for one in found if one["name"] == room)
    slot_id = next(one["id"] for one in slots if one["starts_at"] != session["starts_at"])
    answer = await gathering.change(session["id"], "reschedule", slot_id=slot_id, room_id=room_id)
    assert answer.status_code == 200, answer.text


async def test_it_is_on_its_own_topic_alone(gathering: Gathering) -> None:
    await prepared(gathering, ("Online", LINK))
    await move(gathering, "Online")
    [session] = await gathering.sessions()
    assert (await gathering.change(session["id"], "cancel")).status_code == 200
    said = {topic: await gathering.said(topic) for topic in OPEN}
    assert all(said.values())
    assert [one["link"] for topic in OPEN[:3] for one in said[topic]] == [None] * 3
    assert LINK not in str(said)
    # Neither the other time nor the end changed where it is met.
    assert await links(gathering) == [(1, LINK)]
    [told] = await gathering.said("session-link")
    assert told["session_id"] == session["id"]


async def test_another_room_has_another_one_or_none(gathering: Gathering) -> None:
    other = f"{LINK}-2"
    await prepared(gathering, ("Online", LINK), ("Zaal Ara", None), ("Online twee", other))
    for room in ("Zaal Ara", "Online twee"):
        await move(gathering, room)
    assert await links(gathering) == [(1, LINK), (2, None), (3, other)]


async def test_a_session_in_a_room_says_nothing_of_it(gathering: Gathering) -> None:
    await prepared(gathering, ("Zaal Ara", None))
    assert len(await gathering.said("session-scheduled")) == 1
    assert await links(gathering) == []


async def test_a_later_plan_keeps_the_count(gathering: Gathering) -> None:
    await prepared(gathering, ("Online", LINK), ("Zaal Ara", None))
    await move(gathering, "Zaal Ara")
    await gathering.publish(await gathering.plan())
    await move(gathering, "Online")
    assert await links(gathering) == [(1, LINK), (2, None), (3, LINK)]
