"""What the others say is what the figures show: folded once, in any order, and rebuilt alike."""

import random
from typing import Any

import httpx
from doorpakken_plumbing.service import Service

from services.reporting.tests.component.conftest import ClientOf
from services.reporting.tests.component.world import World

PEOPLE, PRESENT, PAPER, SEATS = 500, 480, 5, 10


def story(world: World) -> list[tuple[Any, int]]:
    """500 signed up, 480 came, all of them invited; one session of ten seats is over-asked."""
    return [
        world.published(),
        world.contact(1),
        *(world.attendee(n) for n in range(PEOPLE)),
        *(world.present(n) for n in range(PRESENT)),
        world.pitch("OCTA", ("placement", 15, "place"), ("expertise", 8, "trajectory")),
        world.pitch("Mom", ("money", 320000, "euro_cent"), ("money", 750000, "euro_cent")),
        world.support("OCTA", "believes"),
        world.support("Mom", "joins"),
        world.support("Mom", "believes", "pending"),
        world.offer(1, "OCTA", 0, ("placement", 4, "place")),
        world.offer(2, "OCTA", 0, ("placement", 5, "place")),
        world.offer(3, "Mom", 0, ("money", 400000, "euro_cent")),
        *(world.wishes(n, "Mom", "OCTA") for n in range(7)),
        world.portrait("Rowena"),
        world.insight(1, "Rowena", "approved"),
        world.insight(2, "Rowena", "hidden"),
        world.session("OCTA", SEATS),
        world.session("Mom", 12),
        world.plan(PRESENT, 2),
        world.host("OCTA", "yes"),
        *world.invited(range(PRESENT - PAPER)),
        *world.on_paper(range(PRESENT - PAPER, PRESENT)),
        *(world.joined(n, "OCTA") for n in range(SEATS)),
        *(world.waits(SEATS + n, "OCTA", n + 1) for n in range(3)),
        *(world.held(100 + n, "Mom") for n in range(4)),
        *(world.answer(n, "accepted") for n in range(13)),
        *(world.answer(20 + n, "declined", "no_time") for n in range(4)),
        world.answer(30, "maybe"),
    ]


async def figures_of(client: httpx.AsyncClient, world: World) -> dict[str, Any]:
    answer = await client.get(f"/api/v1/gatherings/{world.id}/figures")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def expected(world: World) -> dict[str, Any]:
    """The counts of the story."""
    return {
        "gathering_id": world.id,
        "attendees": 500,
        "checked_in": 480,
        "people_by_kind": {
            "covenant_partner": {"registered": 167, "present": 160},
            "local_entrepreneur": {"registered": 167, "present": 160},
            "community_member": {"registered": 166, "present": 160},
            "other": {"registered": 0, "present": 0},
        },
        "pitches": 2,
        "needs": 4,
        "endorsements": 2,
        "offers": 3,
        "needs_with_offer": 2,
        "needs_without_offer": 2,
        "attendees_with_wishes": 7,
        "insights": {"approved": 1, "pending": 0, "hidden": 1},
        "seats": 10,
        "waitlisted": 3,
        "seats_by_state": {
            "active": 10,
            "held": 4,
            "offered": 0,
            "conflict": 0,
            "waitlisted": 3,
        },
        "hosts": {"yes": 1, "no": 0, "other_slot": 0, "none": 1},
        "answers": {"accepted": 13, "declined": 4, "maybe": 1, "none": 462, "pending": 0},
        "answer_reasons": {"no_time": 4},
    }


async def test_figures_of_500_people_said_in_any_order(
    world: World, client: httpx.AsyncClient
) -> None:
    said = story(world)
    random.Random(20231006).shuffle(said)
    await world.say(*said)
    figures = await figures_of(client, world)
    assert figures | expected(world) == figures
    assert figures["wave"] == {
        "wave_id": f"{world.id}-run",
        "answer_by": "2023-10-11T13:00:00Z",
        "present": 480,
        "sent": 475,
        "on_paper": 5,
        "suppressed": 0,
        "bounced": 0,
        "stopped": 0,
        "ambiguous": 0,
        "waiting": 0,
        "adds_up": True,
    }
    octa = next(one for one in figures["sessions"] if one["title"] == "OCTA")
    assert (octa["active"], octa["waitlisted"], octa["capacity_max"]) == (10, 3, 10)
    money = next(one for one in figures["needs_by_category"] if one["category"] == "money")
    assert money["amounts"] == [{"unit": "euro_cent", "amount": 1_070_000}]
    assert figures["support"] == {
        "recorded": 3,
        "organisations": {"confirmed": 0, "pending": 1, "withdrawn": 0},
        "people": {"confirmed": 2, "pending": 0, "withdrawn": 0},
    }
    needs = {one["description"]: one for one in figures["need_list"]}
    assert [needs["OCTA 0"][word] for word in ("asked", "offered", "open", "over")] == [15, 9, 6, 0]
    assert (needs["Mom 0"]["open"], needs["Mom 0"]["over"]) == (0, 80_000)
    assert figures["wishes_for"][0]["by_rank"] == [7, 0, 0]
    assert figures["registered_over_time"]["points"][-1]["total"] == 500
    assert figures["present_over_time"]["points"][-1]["total"] == 480


async def test_a_stale_or_repeated_event_changes_nothing(
    world: World, client: httpx.AsyncClient, service: Service
) -> None:
    await world.say(world.published(), world.present(1), world.answer(1, "accepted", version=4))
    before = await figures_of(client, world), await service.mongo["attendee"].find({})
    stale = world.answer(1, "declined", "no_time", version=3)
    await world.say(world.attendee(1), world.present(1), stale)
    assert (await figures_of(client, world), await service.mongo["attendee"].find({})) == before
    assert before[0]["checked_in"] == 1


async def test_of_a_person_only_the_name_is_kept_and_that_goes_too(
    world: World, service: Service
) -> None:
    contact, _ = world.contact(1)
    await world.say((contact, 1))
    kept = await service.mongo["contact"].find_one({"_id": contact.key})
    assert kept is not None
    assert kept["data"] == {"person_id": contact.key, "name": "Wilg 1"}
    await world.say_gone(contact, 2)
    gone = await service.mongo["contact"].find_one({"_id": contact.key})
    assert gone is not None
    assert gone["data"] is None


async def test_a_gathering_nobody_told_of_is_not_found(client: httpx.AsyncClient) -> None:
    answer = await client.get("/api/v1/gatherings/g-nowhere/figures")
    assert (answer.status_code, answer.json()["slug"]) == (404, "not-found")


async def test_figures_are_for_staff_of_that_gathering(
    world: World, client_of: ClientOf, client: httpx.AsyncClient
) -> None:
    await world.say(world.published())
    path = f"/api/v1/gatherings/{world.id}/figures"
    async with client_of({"another": "organiser"}) as elsewhere, client_of({}) as nobody:
        nobody.headers.pop("authorization")
        assert (await elsewhere.get(path)).status_code == 403
        assert (await nobody.get(path)).status_code == 401
