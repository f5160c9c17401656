"""Staff move, resize and cancel sessions and choose hosts; later plans keep all of it."""

from typing import Any

import httpx
import pytest

from services.matching.tests.component.conftest import ClientOf
from services.matching.tests.component.gathering import Gathering, together
from services.matching.tests.component.test_hosting import answered


def slug_of(answer: httpx.Response) -> tuple[int, str]:
    """Status and slug of a refusal."""
    return answer.status_code, answer.json()["slug"]


async def publish(gathering: Gathering, *pitches: str) -> list[dict[str, Any]]:
    """The sessions of a published plan."""
    await gathering.prepare(pitches=pitches or ("one",))
    await gathering.publish(await gathering.plan())
    return await gathering.sessions()


async def slots_of(gathering: Gathering) -> list[dict[str, Any]]:
    """All slots, the earliest first."""
    answer = await gathering.client.get(f"/gatherings/{gathering.id}/slots")
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


async def test_what_staff_see_of_a_session(gathering: Gathering) -> None:
    (session,) = await publish(gathering)
    seats = [
        (gathering.sign_up(name, session["id"], state, place=place), 1)
        for name, state, place in (
            ("a", "active", None),
            ("b", "held", None),
            ("c", "offered", None),
            ("d", "conflict", None),
            ("e", "waitlisted", 1),
            ("f", "ended", None),
        )
    ]
    await gathering.hear(*seats)
    (seen,) = await gathering.sessions()
    assert seen["taken"] == {"active": 1, "held": 1, "offered": 1, "conflict": 1}
    assert (seen["waitlisted"], seen["over_by"], seen["version"]) == (1, 0, 1)
    assert (seen["title"], seen["place"], seen["capacity_max"]) == ("Pitch one", "Zaal Ara", 12)
    assert (seen["host"], seen["hosting"]["state"], seen["hosting"]["ask"]) == (
        f"{gathering.id}-pitcher-one",
        "asked",
        1,
    )


async def test_a_session_is_moved_and_its_host_asked_again(gathering: Gathering) -> None:
    (session,) = await publish(gathering)
    (asked,) = await gathering.said("host-asked")
    await gathering.hear((answered(asked, "yes"), 1))
    slot = (await slots_of(gathering))[2]
    moved = await gathering.change(session["id"], "reschedule", slot_id=slot["id"])
    assert (moved.status_code, moved.json()["state"]) == (200, "rescheduled")
    (said,) = await gathering.said("session-rescheduled")
    assert (said["version"], said["session_id"], said["place"]) == (2, session["id"], "Zaal Ara")
    assert (said["starts_at"], said["state"]) == (slot["starts_at"], "rescheduled")
    again = (await gathering.said("host-asked"))[-1]
    assert (again["ask"], again["state"], again["starts_at"]) == (2, "asked", slot["starts_at"])
    await gathering.hear((answered(asked, "no"), 2))
    assert (await gathering.sessions())[0]["hosting"]["state"] == "asked"


async def test_moving_twice_says_it_once(gathering: Gathering) -> None:
    (session,) = await publish(gathering)
    slot_id = (await slots_of(gathering))[2]["id"]
    for _ in range(2):
        assert (
            await gathering.change(session["id"], "reschedule", slot_id=slot_id)
        ).status_code == 200
    assert len(await gathering.said("session-rescheduled")) == 1


async def test_the_time_a_host_wished_for_is_a_yes(gathering: Gathering) -> None:
    (session,) = await publish(gathering)
    (asked,) = await gathering.said("host-asked")
    wish = asked["other_slots"][1]
    await gathering.hear((answered(asked, "other_slot", slot_id=wish["slot_id"]), 1))
    (seen,) = await gathering.sessions()
    assert seen["hosting"]["state"] == "other_slot"
    assert (seen["hosting"]["slot"]["slot_id"], seen["hosting"]["slot"]["is_free"]) == (
        wish["slot_id"],
        True,
    )
    assert seen["starts_at"] == asked["starts_at"]  # nothing moves by itself
    moved = await gathering.change(session["id"], "reschedule", slot_id=wish["slot_id"])
    assert moved.json()["hosting"]["state"] == "yes"
    said = await gathering.said("host-asked")
    assert [(one["ask"], one["state"]) for one in said] == [
        (1, "asked"),
        (1, "other_slot"),
        (2, "yes"),
    ]


async def test_a_wish_that_is_not_free_any_more(gathering: Gathering) -> None:
    one, two = sorted(await publish(gathering, "one", "two"), key=lambda each: each["title"])
    slot = next(
        each
        for each in await slots_of(gathering)
        if each["id"] not in (one["slot_id"], two["slot_id"])
    )
    asked = next(
        each for each in await gathering.said("host-asked") if each["session_id"] == one["id"]
    )
    await gathering.hear((answered(asked, "other_slot", slot_id=slot["id"]), 1))
    await gathering.change(two["id"], "reschedule", slot_id=slot["id"])
    seen = next(each for each in await gathering.sessions() if each["id"] == one["id"])
    assert seen["hosting"]["slot"]["is_free"] is False


async def test_a_room_is_not_given_twice(gathering: Gathering) -> None:
    one, two = await publish(gathering, "one", "two")
    there = {"slot_id": two["slot_id"], "room_id": two["room_id"]}
    assert slug_of(await gathering.change(one["id"], "reschedule", **there)) == (409, "room-taken")
    elsewhere = await gathering.change(one["id"], "reschedule", slot_id=two["slot_id"])
    assert slug_of(elsewhere) == (409, "room-taken")  # no other room holds as many
    rooms = (await gathering.client.get(f"/gatherings/{gathering.id}/rooms")).json()["items"]
    small = next(room["id"] for room in rooms if room["capacity"] == 8)
    moved = await gathering.change(one["id"], "reschedule", slot_id=two["slot_id"], room_id=small)
    assert (moved.json()["capacity_max"], moved.json()["room_id"]) == (8, small)


async def test_two_moves_to_one_place_at_once(gathering: Gathering) -> None:
    one, two = await publish(gathering, "one", "two")
    slot_id = (await slots_of(gathering))[3]["id"]
    there = {"slot_id": slot_id, "room_id": one["room_id"]}
    answers = await together(
        *(gathering.change(each["id"], "reschedule", **there) for each in (one, two))
    )
    assert sorted(each.status_code for each in answers) == [200, 409]


async def test_moves_that_cannot_be(gathering: Gathering) -> None:
    (session,) = await publish(gathering)
    past = (await gathering.add_slot(days=-2)).json()["id"]
    change = gathering.change
    assert slug_of(await change(session["id"], "reschedule", slot_id=past)) == (409, "slot-passed")
    assert (await change(session["id"], "reschedule", slot_id="nope")).status_code == 404
    here = {"slot_id": session["slot_id"], "room_id": "nope"}
    assert (await change(session["id"], "reschedule", **here)).status_code == 404
    assert (await change("nope", "reschedule", slot_id="x")).status_code == 404
    assert slug_of(await change(session["id"], "capacity", capacity_max=0)) == (
        422,
        "invalid-input",
    )
    assert await gathering.said("session-rescheduled") == []


async def test_a_session_shrinks_and_grows(gathering: Gathering) -> None:
    (session,) = await publish(gathering)
    await gathering.hear(*((gathering.sign_up(name, session["id"]), 1) for name in ("a", "b", "c")))
    small = (await gathering.change(session["id"], "capacity", capacity_max=2)).json()
    assert (small["capacity_max"], small["capacity_min"], small["over_by"]) == (2, 2, 1)
    large = (await gathering.change(session["id"], "capacity", capacity_max=14)).json()
    assert (large["capacity_max"], large["over_by"]) == (14, 0)
    said = await gathering.said("session-scheduled")
    assert [(one["version"], one["capacity_max"]) for one in said] == [(1, 12), (2, 2), (3, 14)]


async def test_a_later_plan_keeps_what_staff_changed(gathering: Gathering) -> None:
    (session,) = await publish(gathering)
    slot_id = (await slots_of(gathering))[2]["id"]
    person_id = f"{gathering.id}-person-a"
    await gathering.change(session["id"], "reschedule", slot_id=slot_id)
    await gathering.change(session["id"], "capacity", capacity_max=2)
    await gathering.change(session["id"], "host", person_id=person_id)
    await gathering.hear((gathering.pitch("two"), 2))
    plan = await gathering.plan()
    planned = next(one for one in plan["sessions"] if one["session_id"] == session["id"])
    assert (planned["slot"], planned["capacity_max"], planned["host"]) == (slot_id, 2, person_id)
    assert planned["seats"] <= 2
    whole = (await gathering.client.get(f"/plans/{plan['run_id']}")).json()["people"]
    host = next(one for one in whole if one["attendee_id"] == f"{gathering.id}-a")
    assert session["id"] not in [seat["session_id"] for seat in host["seats"]]
    said = len(await gathering.said("session-rescheduled"))
    assert (await gathering.publish(plan)).status_code == 200
    assert len(await gathering.said("session-rescheduled")) == said
    kept = next(one for one in await gathering.sessions() if one["id"] == session["id"])
    assert (kept["state"], kept["slot_id"]) == ("rescheduled", slot_id)


@pytest.mark.parametrize("what", ["reschedule", "capacity", "host", "cancel"])
async def test_a_plan_from_before_a_change_is_outdated(gathering: Gathering, what: str) -> None:
    (session,) = await publish(gathering)
    await gathering.hear((gathering.attendee("late"), 2), (gathering.pitch("two"), 2))
    plan = await gathering.plan()
    bodies = {
        "reschedule": {"slot_id": (await slots_of(gathering))[2]["id"]},
        "capacity": {"capacity_max": 5},
        "host": {"person_id": f"{gathering.id}-person-b"},
        "cancel": {},
    }
    assert (await gathering.change(session["id"], what, **bodies[what])).status_code == 200
    assert slug_of(await gathering.publish(plan)) == (409, "plan-outdated")
    assert (await gathering.publish(await gathering.plan())).status_code == 200


async def test_a_session_that_staff_cancelled_is_not_opened_again(gathering: Gathering) -> None:
    one, two = await publish(gathering, "one", "two")
    cancelled = await gathering.change(one["id"], "cancel", reason="De zaal is dicht.")
    assert (cancelled.status_code, cancelled.json()["state"]) == (200, "cancelled")
    assert (await gathering.change(one["id"], "cancel")).status_code == 200
    (said,) = await gathering.said("session-cancelled")
    assert (said["version"], said["reason"]) == (2, "De zaal is dicht.")
    plan = await gathering.plan()
    assert [each["session_id"] for each in plan["sessions"]] == [two["id"]]
    assert [(each["pitch_id"], each["reason"]) for each in plan["unopened"]] == [
        (one["pitch_id"], "cancelled_by_staff")
    ]
    assert (await gathering.publish(plan)).status_code == 200
    assert len(await gathering.said("session-scheduled")) == 2
    for what, body in (("capacity", {"capacity_max": 5}), ("reschedule", {"slot_id": "x"})):
        assert slug_of(await gathering.change(one["id"], what, **body)) == (
            409,
            "session-cancelled",
        )
    await gathering.change(two["id"], "cancel")
    assert slug_of(await gathering.post("plans")) == (409, "no-accepted-pitches")


async def test_a_reason_that_everybody_reads_says_how_to_reach_nobody(
    gathering: Gathering,
) -> None:
    (session,) = await publish(gathering)
    answer = await gathering.change(session["id"], "cancel", reason="Bel 06 12345678")
    assert slug_of(answer) == (422, "contact-details-in-public-text")


async def test_what_somebody_gave_up_is_not_recommended_again(gathering: Gathering) -> None:
    (session,) = await publish(gathering)
    ended = {
        name: gathering.sign_up(name, session["id"], "ended", reason=reason)
        for name, reason in (("a", "left"), ("b", "answer_changed"))
    }
    await gathering.hear(*((one, 2) for one in ended.values()))
    plan = await gathering.plan()
    whole = (await gathering.client.get(f"/plans/{plan['run_id']}")).json()["people"]
    found = {
        one["attendee_id"].removeprefix(f"{gathering.id}-"): len(one["seats"])
        + len(one["alternatives"])
        for one in whole
    }
    assert found == {"a": 0, "b": 1, "c": 1}


async def test_a_later_plan_gives_no_seat_that_is_offered_to_the_line(
    gathering: Gathering,
) -> None:
    (session,) = await publish(gathering)
    await gathering.change(session["id"], "capacity", capacity_max=2)
    line = ((gathering.sign_up(name, session["id"], "offered"), 1) for name in ("x", "y"))
    await gathering.hear(*line)
    plan = await gathering.plan()
    assert plan["figures"]["seats"] == 2
    whole = (await gathering.client.get(f"/plans/{plan['run_id']}")).json()["people"]
    assert [one["seats"] for one in whole] == [[], [], []]


async def test_only_organisers_change_a_session(gathering: Gathering, client_of: ClientOf) -> None:
    (session,) = await publish(gathering)
    async with client_of({gathering.id: "reader"}) as reader:
        assert (await reader.get(f"/gatherings/{gathering.id}/sessions")).status_code == 200
        answer = await reader.post(f"/sessions/{session['id']}/cancel")
        assert slug_of(answer) == (403, "forbidden")
    async with client_of({"another": "organiser"}) as stranger:
        answer = await stranger.get(f"/gatherings/{gathering.id}/sessions")
        assert slug_of(answer) == (403, "forbidden")
