"""F02 and F03: kill -9 between two steps that belong together; nothing is lost or done twice.
`FAULT_KILLS` says how often; `make fault` kills ten times."""

import os
import time
from collections.abc import AsyncIterator

import httpx
import pytest
import pytest_asyncio
from doorpakken_local.system import System
from doorpakken_plumbing.mongo import Mongo
from doorpakken_plumbing.settings import Limits

from tests.fault.desk import Desk
from tests.probe import becomes, eventually

KILLS = int(os.environ.get("FAULT_KILLS", "2"))
HEARERS = ("matching", "notification", "reporting")

pytestmark = pytest.mark.fault


@pytest_asyncio.fixture
async def desk(system: System) -> AsyncIterator[Desk]:
    opened = await Desk.open(system)
    yield opened
    await opened.close()


def store_of(system: System, service: str) -> Mongo:
    return Mongo(system.access.mongodb_admin_uri, service, Limits())


async def is_dead(system: System, name: str) -> bool:
    return not any(one.part.name == name and one.is_alive() for one in system.processes.list())


async def restart(system: System, name: str, failpoint: str = "") -> None:
    await system.stop_one(name)
    await system.start_one(name, {"FAILPOINTS": failpoint} if failpoint else None)


async def inbox_rows(system: System, service: str, key: str) -> int:
    """Events of one attendee in the inbox; reporting folds without one and counts its document."""
    if service == "reporting":
        return await store_of(system, service)["attendee"].count({"_id": key})
    return await store_of(system, service)["inbox"].count({"subject": f"attendee/{key}"})


async def require_once(system: System, desk: Desk, attendee_id: str) -> None:
    """Exactly one inbox row, or document, of the attendee in each service that hears it, and no
    second one when all that was said is heard."""
    for service in HEARERS:
        await becomes(lambda name=service: inbox_rows(system, name, attendee_id), 1)  # type: ignore[misc]
    for service in HEARERS:
        await eventually(
            lambda name=service: desk.figures(name),  # type: ignore[misc]
            lambda seen: seen["lag"] == 0,
        )
        assert await inbox_rows(system, service, attendee_id) == 1


@pytest.mark.parametrize("kill", range(KILLS))
async def test_f02_relay_killed_between_the_ack_and_the_mark(
    system: System, desk: Desk, kill: int
) -> None:
    gathering_id = await desk.gathering()
    await eventually(lambda: desk.figures("registration"), lambda seen: seen["pending"] == 0)
    known = (await desk.figures("matching"))["inbox"]["duplicate"]
    await restart(system, "registration", "relay.acknowledged=kill")
    answer = await desk.enter(gathering_id)
    assert answer.status_code == 201
    attendee_id = answer.json()["id"]
    await becomes(lambda: is_dead(system, "registration"), True)
    outbox = store_of(system, "registration")["outbox"]
    assert await outbox.count({"key": attendee_id, "state": "pending"}) == 1

    await system.start_one("registration")
    started_at = time.monotonic()
    await eventually(lambda: desk.figures("registration"), lambda seen: seen["pending"] == 0)
    assert time.monotonic() - started_at <= 10
    assert await outbox.count({"key": attendee_id, "state": "sent"}) == 1
    await require_once(system, desk, attendee_id)
    assert (await desk.figures("matching"))["inbox"]["duplicate"] > known


@pytest.mark.parametrize("kill", range(KILLS))
async def test_f03_consumer_killed_between_its_transaction_and_the_commit(
    system: System, desk: Desk, kill: int
) -> None:
    gathering_id = await desk.gathering()
    await eventually(lambda: desk.figures("matching"), lambda seen: seen["lag"] == 0)
    await restart(system, "matching", "consumer.applied=kill")
    answer = await desk.enter(gathering_id)
    assert answer.status_code == 201
    await becomes(lambda: is_dead(system, "matching"), True)

    await system.start_one("matching")
    seen = await eventually(
        lambda: desk.figures("matching"),
        lambda seen: seen["lag"] == 0 and seen["inbox"]["duplicate"] >= 1,
    )
    assert seen["parked"] == 0
    await require_once(system, desk, answer.json()["id"])


async def test_registration_answers_while_others_are_down(system: System, desk: Desk) -> None:
    """What is said meanwhile is heard after the start."""
    gathering_id = await desk.gathering()
    await system.stop_one("reporting")
    answers: list[httpx.Response] = [await desk.enter(gathering_id) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [201] * 5
    await system.start_one("reporting")
    for answer in answers:
        await require_once(system, desk, answer.json()["id"])
