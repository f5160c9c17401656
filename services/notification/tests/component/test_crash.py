"""Killed at each step of a send: after the restart nobody has two mails and nobody has none."""

import asyncio
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from signal import SIGKILL, SIGTERM
from uuid import uuid4

import pytest
import pytest_asyncio
from doorpakken_notification.store import sending

from services.notification.tests.component.conftest import OpenDesk
from services.notification.tests.component.desk import Desk
from services.notification.tests.component.gathering import FRIDAY, Gathering
from tests.probe import becomes

PEOPLE = tuple(f"n{number}" for number in range(12))
CONNECTIONS = 2


class Process:
    """Notification as a process of its own, on the desk's database."""

    def __init__(self, environment: dict[str, str], desk: Desk, log: Path) -> None:
        settings = desk.settings
        self._environment = environment | {
            "MONGODB_DATABASE": settings.mongodb_database,
            "DATA_DIR": str(settings.data_dir),
            "TOPIC_PREFIX": environment["TOPIC_PREFIX"],
            "MAIL_CONNECTIONS": str(CONNECTIONS),
            "PORT": "0",
            "INSTANCE": f"crash-{uuid4().hex[:8]}",
        }
        self._log = log
        self._running: asyncio.subprocess.Process | None = None

    async def start(self, failpoints: str = "") -> None:
        """Starts it, to die at a failpoint."""
        with self._log.open("ab") as log:
            self._running = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "doorpakken_notification",
                env=self._environment | {"FAILPOINTS": failpoints},
                stdout=log,
                stderr=log,
            )

    async def dies(self) -> int:
        """Waits for its end; the exit code."""
        assert self._running
        async with asyncio.timeout(30):
            return await self._running.wait()

    async def stop(self) -> None:
        """Ends it where it still runs."""
        if self._running and self._running.returncode is None:
            self._running.send_signal(SIGTERM)
            await self._running.wait()


@pytest_asyncio.fixture
async def process(
    environment: dict[str, str], desk: Desk, tmp_path: Path
) -> AsyncIterator[Process]:
    process = Process(environment, desk, tmp_path / "notification.log")
    yield process
    await process.stop()


@pytest.mark.parametrize(
    ("point", "most_ambiguous"),
    [
        ("delivery.intent", CONNECTIONS - 1),
        ("delivery.accepted", CONNECTIONS),
        ("delivery.journaled", CONNECTIONS - 1),
    ],
)
async def test_a_kill_loses_nothing_and_doubles_nothing(
    desk: Desk, gathering: Gathering, process: Process, point: str, most_ambiguous: int
) -> None:
    await desk.hear(*gathering.told(*PEOPLE))
    await desk.release(gathering.run)
    await process.start(f"{point}=kill:3")
    assert await process.dies() == -SIGKILL
    await process.start()
    await _all_end(desk)
    states = await desk.states()
    ambiguous = [key for key, state in states.items() if state == "ambiguous"]
    assert len(ambiguous) <= most_ambiguous
    for name in PEOPLE:
        key = f"invitation:{gathering.id}:{gathering.id}-{name}"
        mails = await desk.mails(gathering.address(name))
        assert len(mails) == 1 if key not in ambiguous else len(mails) <= 1
    sent = [one["attendee_id"] for one in await desk.said("mail-sent")]
    assert len(sent) == len(set(sent)) == len(PEOPLE) - len(ambiguous)


async def _all_end(desk: Desk) -> None:
    ended = {"state": {"$in": ["sent", "ambiguous"]}}
    await becomes(lambda: desk.mongo["mails"].count(ended), len(PEOPLE), seconds=40)


async def test_another_replica_takes_what_a_dead_one_meant(
    open_desk: OpenDesk, gathering: Gathering
) -> None:
    desk = await open_desk(instance="2")
    await desk.hear(*gathering.told("gladys", "kwame", "imane"))
    await desk.release(gathering.run)
    kept = desk.mongo["mails"]
    long_ago = {"lease": {"token": "t", "by": "1", "until": FRIDAY}}
    for name, state in (("gladys", "leased"), ("kwame", "intent"), ("imane", "intent")):
        person = {"person_id": f"{gathering.id}-{name}-person"}
        changed = {"$set": {"state": state, "attempt": 1, **long_ago, **person}}
        await kept.update_one({"attendee_id": f"{gathering.id}-{name}"}, changed)
    taken = (await desk.stored(f"invitation:{gathering.id}:{gathering.id}-kwame"))["mail_id"]
    journal = desk.settings.data_dir / "mail" / "1.journal"
    journal.parent.mkdir(exist_ok=True)
    journal.write_text(f"taken <{taken}@{desk.settings.mail_domain}> 1\n")
    async with desk.delivering():
        await desk.settles("sent", 2)
        await desk.settles("ambiguous", 1)
    assert len(await desk.mails(gathering.address("gladys"))) == 1
    assert await desk.mails(gathering.address("kwame")) == []
    assert await desk.mails(gathering.address("imane")) == []


async def test_who_lost_a_row_to_another_does_not_put_it_off(
    desk: Desk, gathering: Gathering
) -> None:
    await desk.hear(*gathering.told("gladys"))
    await desk.release(gathering.run)
    key = f"invitation:{gathering.id}:{gathering.id}-gladys"
    lease = {"token": "newer", "by": "2", "until": FRIDAY}
    meant = {"$set": {"state": "intent", "attempt": 1, "lease": lease}}
    await desk.mongo["mails"].update_one({"_id": key}, meant)
    for token, state in (("older", "intent"), ("newer", "retry")):
        await sending.put_off(desk.mongo, key, token, code=451, delay_seconds=60)
        assert (await desk.stored(key))["state"] == state
