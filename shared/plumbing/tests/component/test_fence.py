"""Who holds a lease no longer writes no longer: what comes too late the broker refuses, and what
would come too late is not handed over."""

import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import replace
from uuid import uuid4

import pytest
import pytest_asyncio
from doorpakken_events.catalogue import CATALOGUE
from doorpakken_events.registration import AttendeeRegistered
from doorpakken_plumbing.kafka.admin import ensure_topics
from doorpakken_plumbing.kafka.errors import is_too_late
from doorpakken_plumbing.kafka.records import Login, Writer
from doorpakken_plumbing.messaging.leases import Leases, LeaseTooShort
from doorpakken_plumbing.mongo.database import Mongo
from doorpakken_plumbing.settings import ServiceSettings
from doorpakken_plumbing.time import clock

from tests.probe import eventually

LATE, NOW, AHEAD = 6, 0, -5
Say = Callable[[ServiceSettings, float], Awaitable[BaseException | None]]


@pytest_asyncio.fixture
async def say() -> AsyncIterator[Say]:
    """Sends a record that was stamped so many seconds ago; why it was refused."""
    async with AsyncExitStack() as stack:

        async def send(settings: ServiceSettings, seconds_ago: float) -> BaseException | None:
            writer = Writer(settings)
            stack.push_async_callback(writer.stop)
            stamp_ms = int((clock.real_now().timestamp() - seconds_ago) * 1000)
            topic = settings.topic(AttendeeRegistered.TOPIC)
            return await _error_of(await writer.send(topic, "key", b"{}", [], stamp_ms))

        yield send


async def test_a_record_is_taken_while_its_time_is_near(
    settings_of: Callable[..., ServiceSettings], say: Say
) -> None:
    settings = settings_of("registration")
    # A partition may have no leader yet, and then what is on time comes late.
    await eventually(lambda: say(settings, NOW), lambda error: error is None)
    assert is_too_late(await say(settings, LATE))
    assert is_too_late(await say(settings, AHEAD))


async def test_topics_that_were_there_before_refuse_what_is_late_too(
    settings_of: Callable[..., ServiceSettings], say: Say
) -> None:
    settings = settings_of("registration", topic_prefix=f"before-{uuid4().hex[:6]}-")
    admin, topic = Login.of(settings), CATALOGUE[AttendeeRegistered.TOPIC]
    plain = replace(topic, config={"cleanup.policy": "compact"})
    for one in (plain, topic, topic):
        await ensure_topics(admin, [one], partitions=1, topic_prefix=settings.topic_prefix)
    assert is_too_late(await say(settings, LATE))


async def _error_of(sent: object) -> BaseException | None:
    try:
        await sent  # type: ignore[misc]
    except Exception as error:  # noqa: BLE001 - judged by the test
        return error
    return None


async def test_nothing_is_stamped_that_could_outlive_the_lease(
    mongo: Mongo, monkeypatch: pytest.MonkeyPatch
) -> None:
    lease = Leases(mongo, "one", lease_seconds=10)
    with pytest.raises(LeaseTooShort):
        lease.stamp_ms()
    await lease.prepare()
    assert await lease.step()
    before = time.monotonic()
    assert lease.stamp_ms()
    # A record handed over after this could be taken until 4 s later, by a clock 1 s behind.
    monkeypatch.setattr(time, "monotonic", lambda: before + 5.5)
    with pytest.raises(LeaseTooShort):
        lease.stamp_ms()
