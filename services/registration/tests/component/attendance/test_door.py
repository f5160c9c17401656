"""At the door: codes are scanned, also late and by two phones, and each person comes in once."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

from doorpakken_plumbing.identity.door_codes import door_code
from doorpakken_plumbing.identity.links import KEY_BYTES_MIN, LinkKeys
from doorpakken_plumbing.time import clock
from doorpakken_registration.attendance import door
from doorpakken_registration.gatherings.model.gathering import LOCAL

from services.registration.tests.component.desk import Desk, Json
from services.registration.tests.component.staff_of import bearer


async def test_a_scan_checks_in_at_the_time_of_the_scan(desk: Desk) -> None:
    gathering_id = await today(desk)
    who = await desk.attendee(gathering_id)
    at = clock.now() - timedelta(minutes=20)
    [taken] = await scan(desk, gathering_id, (code_of(desk, who), at))
    assert (taken["result"], taken["name"]) == ("checked_in", "Gladys Waterlelie")
    [said] = await desk.said("attendee-checked-in", attendee_id=who["id"])
    assert datetime.fromisoformat(said["checked_in_at"]) == at


async def test_of_two_phones_the_first_to_arrive_counts_and_both_are_kept(desk: Desk) -> None:
    gathering_id = await today(desk)
    who = await desk.attendee(gathering_id)
    code, now = code_of(desk, who), clock.now()
    late, early = now - timedelta(minutes=1), now - timedelta(minutes=9)
    assert await results(desk, gathering_id, (code, late)) == ["checked_in"]
    assert await results(desk, gathering_id, (code.lower(), early)) == ["already_inside"]
    [said] = await desk.said("attendee-checked-in", attendee_id=who["id"])
    assert datetime.fromisoformat(said["checked_in_at"]) == late
    assert await kept(desk, who) == [(early, False), (late, True)]


async def test_scans_sent_again_are_answered_alike_and_count_once(desk: Desk) -> None:
    gathering_id = await today(desk)
    people = [await desk.attendee(gathering_id) for _ in range(3)]
    at = clock.now() - timedelta(minutes=3)
    read = [(code_of(desk, one), at) for one in people]
    first, *again = await asyncio.gather(*(scan(desk, gathering_id, *read) for _ in range(3)))
    assert {one["result"] for one in first} == {"checked_in"}
    assert again == [first, first]
    assert len(await desk.said("attendee-checked-in", gathering_id=gathering_id)) == 3
    assert [await kept(desk, one) for one in people] == [[(at, True)]] * 3


async def test_a_scan_is_never_before_the_day_nor_in_the_future(desk: Desk) -> None:
    gathering_id = await today(desk)
    people = [await desk.attendee(gathering_id) for _ in range(2)]
    now = clock.now()
    times = (now - timedelta(days=3), now + timedelta(seconds=50))
    read = [(code_of(desk, one), at) for one, at in zip(people, times, strict=True)]
    await scan(desk, gathering_id, *read)
    said = await desk.said("attendee-checked-in", gathering_id=gathering_id)
    by_id = {one["attendee_id"]: datetime.fromisoformat(one["checked_in_at"]) for one in said}
    midnight = now.astimezone(LOCAL).replace(hour=0, minute=0, second=0, microsecond=0)
    assert by_id[people[0]["id"]] == midnight.astimezone(UTC)
    assert now <= by_id[people[1]["id"]] < now + timedelta(seconds=50)


async def test_a_phone_whose_clock_is_wrong_is_set_right(desk: Desk) -> None:
    gathering_id = await today(desk)
    who = await desk.attendee(gathering_id)
    wrong = timedelta(days=400)
    at = clock.now() - timedelta(minutes=5) - wrong
    await scan(desk, gathering_id, (code_of(desk, who), at), sent_at=clock.now() - wrong)
    [said] = await desk.said("attendee-checked-in", attendee_id=who["id"])
    off = datetime.fromisoformat(said["checked_in_at"]) - (at + wrong)
    assert abs(off) < timedelta(seconds=5)


async def test_a_code_that_is_nobodys_or_of_who_cancelled_is_answered(desk: Desk) -> None:
    gathering_id = await today(desk)
    elsewhere = await desk.attendee(await today(desk))
    gone = await desk.attendee(gathering_id)
    await desk.client.delete(f"/attendees/{gone['id']}")
    read = [(code, clock.now()) for code in (code_of(desk, elsewhere), code_of(desk, gone), "??")]
    for _ in range(2):
        taken = await scan(desk, gathering_id, *read)
        assert [one["result"] for one in taken] == ["unknown", "cancelled", "unknown"]
        assert [one["name"] for one in taken] == [None, "Gladys Waterlelie", None]


async def test_a_code_is_looked_up_without_reading_the_others(desk: Desk) -> None:
    gathering_id = await today(desk)
    [who, *others] = [await desk.attendee(gathering_id) for _ in range(4)]
    mongo, keys = desk.service.mongo, desk.settings.links
    code = code_of(desk, who)
    for typed in (code, f"{code[:3]}-{code[3:].lower()}"):
        found = await door.by_code(mongo, keys, gathering_id, [typed, "??"])
        assert {one: [x.attendee_id for x in theirs] for one, theirs in found.items()} == {
            typed: [who["id"]]
        }
    kept = mongo["attendees"]
    wanted = {"gathering_id": gathering_id, "door.codes": {"$exists": True}}
    assert await kept.count(wanted) == 4
    # Only who was changed since is read for the next code.
    await desk.client.post(f"/attendees/{others[0]['id']}/check-in")
    assert await kept.count(wanted) == 3
    assert await results(desk, gathering_id, (code_of(desk, others[0]), clock.now())) == [
        "already_inside"
    ]
    assert await kept.count(wanted) == 4


async def test_codes_of_mails_from_before_a_new_key_still_work(desk: Desk) -> None:
    gathering_id = await today(desk)
    who = await desk.attendee(gathering_id)
    old = desk.settings.links
    new = LinkKeys({"new": b"n" * KEY_BYTES_MIN, **old.keys})
    for keys, code in ((old, door_code(old, who["id"])), (new, door_code(new, who["id"]))):
        found = await door.by_code(desk.service.mongo, keys, gathering_id, [code])
        assert [one.attendee_id for one in found[code]] == [who["id"]]
    first = door_code(old, who["id"])
    found = await door.by_code(desk.service.mongo, new, gathering_id, [first])
    assert [one.attendee_id for one in found[first]] == [who["id"]]


async def test_the_list_for_a_phone_is_names_kinds_and_codes(desk: Desk) -> None:
    gathering_id = await today(desk)
    wies = await desk.attendee(gathering_id, name="Wies Berk")
    await desk.attendee(gathering_id, name="Ad Acacia", kind="other")
    gone = await desk.attendee(gathering_id)
    await desk.client.delete(f"/attendees/{gone['id']}")
    items = (await desk.client.get(f"/gatherings/{gathering_id}/door-list")).json()["items"]
    assert [one["name"] for one in items] == ["Ad Acacia", "Wies Berk"]
    assert items[1] == {
        "name": "Wies Berk",
        "kind": "community_member",
        "code": code_of(desk, wies),
    }


async def test_who_stands_at_the_door_sees_no_addresses_and_no_other_gathering(desk: Desk) -> None:
    gathering_id, other = await today(desk), await today(desk)
    who, stranger = await desk.attendee(gathering_id), await desk.attendee(other)
    theirs = bearer(desk, {gathering_id: "door"})
    post, get = desk.client.post, desk.client.get
    allowed = [
        await post(f"/attendees/{who['id']}/check-in", headers=theirs),
        await get(f"/gatherings/{gathering_id}/door-list", headers=theirs),
    ]
    assert [one.status_code for one in allowed] == [200, 200]
    refused = [
        await post(f"/attendees/{stranger['id']}/check-in", headers=theirs),
        await get(f"/gatherings/{other}/door-list", headers=theirs),
        await get(f"/gatherings/{gathering_id}/attendees", headers=theirs),
        await get(f"/attendees/{who['id']}", headers=theirs),
    ]
    assert [one.status_code for one in refused] == [403] * 4


async def today(desk: Desk, **more: Any) -> str:
    """A gathering that goes on now."""
    now = clock.now()
    ends_at = now + timedelta(hours=2)
    return await desk.gathering(starts_at=now.isoformat(), ends_at=ends_at.isoformat(), **more)


def code_of(desk: Desk, who: Json) -> str:
    """As it stands in their mail."""
    return door_code(desk.settings.links, who["id"])


async def scan(
    desk: Desk, gathering_id: str, *read: tuple[str, datetime], sent_at: datetime | None = None
) -> list[Json]:
    """What came of codes read at these times."""
    scans = [{"code": code, "scanned_at": at.isoformat()} for code, at in read]
    body = {"sent_at": (sent_at or clock.now()).isoformat(), "scans": scans}
    answer = await desk.client.post(f"/gatherings/{gathering_id}/scans", json=body)
    assert answer.status_code == 200, answer.text
    items: list[Json] = answer.json()["items"]
    return items


async def results(desk: Desk, gathering_id: str, *read: tuple[str, datetime]) -> list[str]:
    """Of each scan, in a word."""
    return [one["result"] for one in await scan(desk, gathering_id, *read)]


async def kept(desk: Desk, who: Json) -> list[tuple[datetime, bool]]:
    """The scans of somebody by time, and which one was first."""
    found = await desk.service.mongo["scans"].find({"attendee_id": who["id"]})
    return sorted((one["scanned_at"], one["is_first"]) for one in found)
