"""The consumer in the README, run as it stands there with what `doorpakken integration add` prints:
it hears a registration, and after a restart nothing that it had finished."""

import asyncio
import os
import re
import signal
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest_asyncio
from doorpakken_local.demo.play import Play
from doorpakken_local.system import System

from tests.e2e.gatherings import person

ROOT = Path(__file__).parents[2]
ADD = (sys.executable, "-m", "doorpakken_local", "integration", "add", "readme")
LINES = 30
HEARD = "nl.doorpakken.attendee-registered.v1"
LINE_SECONDS = 30
QUIET_SECONDS = 15
BOTH = "attendee-cancelled,attendee-registered"

Lines = asyncio.StreamReader


def consumer_in_readme() -> str:
    (block,) = re.findall(r"^```python\n(.*?)^```$", (ROOT / "README.md").read_text(), re.M | re.S)
    return str(block)


@pytest_asyncio.fixture(scope="module")
async def printed(system: System) -> dict[str, str]:
    """The block that was printed, with the one topic that this test looks at."""
    folder = str(system.folder.root)
    adding = await asyncio.create_subprocess_exec(*ADD, "--data-dir", folder, stdout=PIPE)
    out, _ = await adding.communicate()
    lines = [line for line in out.decode().splitlines() if not line.startswith("#")]
    variables = dict(line.split("=", 1) for line in lines)
    assert "attendee-registered" in variables["KAFKA_TOPICS"].split(",")
    return variables | {"KAFKA_TOPICS": "attendee-registered"}


@asynccontextmanager
async def listening(printed: dict[str, str]) -> AsyncIterator[Lines]:
    """What the consumer prints, until Ctrl-C."""
    argv = (sys.executable, "-c", consumer_in_readme())
    consumer = await asyncio.create_subprocess_exec(
        *argv, env=os.environ | printed, stdout=PIPE, stderr=PIPE
    )
    assert consumer.stdout is not None
    try:
        yield consumer.stdout
    finally:
        consumer.send_signal(signal.SIGINT)
        # What it still prints is read: a full pipe would hold it for ever.
        await consumer.communicate()


async def until_heard(lines: Lines, attendee_ids: set[str]) -> list[str]:
    """Ids of the events that came, up to the last of these attendees."""
    heard = []
    async with asyncio.timeout(LINE_SECONDS):
        while attendee_ids:
            line = (await lines.readline()).decode()
            event_id, event_type, subject, *_ = line.split()
            assert event_type == HEARD
            heard.append(event_id)
            attendee_ids = attendee_ids - {subject.removeprefix("attendee/")}
    return heard


async def registered(play: Play, numbers: range) -> set[str]:
    """Ids of attendees who sign up now."""
    session, path = play.desk.registration.session, f"{play.gathering_path}/attendees"
    answers = [await session.post(path, json=person(number)) for number in numbers]
    return {answer.json()["id"] for answer in answers}


def test_the_consumer_is_short() -> None:
    assert len([line for line in consumer_in_readme().splitlines() if line]) <= LINES


async def test_the_consumer_hears_what_is_new_and_once(play: Play, printed: dict[str, str]) -> None:
    async with listening(printed) as lines:
        before = await until_heard(lines, await registered(play, range(3)))
    async with listening(printed) as lines:
        after = await until_heard(lines, await registered(play, range(3, 6)))
    assert len(before) == len({*before})
    assert (len(after), {*before} & {*after}) == (3, set())


async def test_a_replay_tells_of_a_subject_on_each_topic(
    play: Play, printed: dict[str, str]
) -> None:
    """What was said last of somebody may come first; what was said before counts too."""
    registrations = await registered(play, range(6, 18))
    session = play.desk.registration.session
    for attendee_id in registrations:
        assert (await session.delete(f"/api/v1/attendees/{attendee_id}")).is_success
    group = f"{printed['KAFKA_GROUP'][:-1]}2"
    async with listening(printed | {"KAFKA_TOPICS": BOTH, "KAFKA_GROUP": group}) as lines:
        told = await until_told(lines, registrations)
    assert told == {(kind, one) for kind in ("cancelled", "registered") for one in registrations}


async def until_told(lines: Lines, attendee_ids: set[str]) -> set[tuple[str, str]]:
    """What came about these attendees until both kinds are there, or nothing comes any more."""
    told: set[tuple[str, str]] = set()
    with suppress(TimeoutError):
        while len(told) < 2 * len(attendee_ids):
            async with asyncio.timeout(QUIET_SECONDS):
                line = (await lines.readline()).decode()
            _, event_type, subject, *_ = line.split()
            attendee_id = subject.removeprefix("attendee/")
            if attendee_id in attendee_ids:
                told.add((event_type.split("attendee-")[1].removesuffix(".v1"), attendee_id))
    return told
