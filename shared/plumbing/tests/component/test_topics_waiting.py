"""A topic that takes nothing holds up the aggregates that have something to say on it, and nobody
else; what was sent is not sent again; and everything goes when the topic is there."""

import asyncio
from collections.abc import Callable
from uuid import uuid4

from doorpakken_events.catalogue import CATALOGUE
from doorpakken_events.registration import AttendeeCheckedIn, AttendeeRegistered
from doorpakken_plumbing.kafka.admin import ensure_topics, history
from doorpakken_plumbing.kafka.records import Login, Writer
from doorpakken_plumbing.messaging.heard import message_of
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.observing.metrics import TOPIC_WAITING
from doorpakken_plumbing.service import Service
from doorpakken_plumbing.settings import ServiceSettings
from doorpakken_plumbing.system import figures

from shared.plumbing.tests.component.conftest import StartService
from shared.plumbing.tests.saying import attendee
from tests.probe import becomes

FAST = {"topic_retry_seconds_min": 0.2, "topic_retry_seconds_max": 0.4}
THERE, MISSING = AttendeeRegistered.TOPIC, AttendeeCheckedIn.TOPIC
EVENTS = {event.TOPIC: event for event in (AttendeeRegistered, AttendeeCheckedIn)}


async def say(service: Service, attendee_id: str, *topics: str) -> None:
    """States of one attendee, one after the other."""

    async def work(tx: Transaction) -> None:
        for version, topic in enumerate(topics, start=1):
            tx.publish(EVENTS[topic](**attendee(attendee_id).model_dump()), version)

    await service.transact(work)


async def states(service: Service) -> dict[str, list[str]]:
    """How far the rows of each attendee are."""
    found: dict[str, list[str]] = {}
    for row in await service.mongo["outbox"].find({}, sort=[("key", 1), ("version", 1)]):
        found.setdefault(row["key"], []).append(row["state"])
    return found


async def test_a_missing_topic_holds_up_its_own_aggregates_alone(start: StartService) -> None:
    prefix = f"waiting-{uuid4().hex[:6]}-"
    service = await start("registration", topic_prefix=prefix, relay_send_seconds=4.5, **FAST)
    admin = Login.of(service.settings)
    await ensure_topics(admin, [CATALOGUE[THERE]], partitions=3, topic_prefix=prefix)
    await say(service, "before", THERE)
    await say(service, "waits", THERE, MISSING, THERE)
    waiting = {"before": ["sent"], "waits": ["sent", "held", "held"]}
    await becomes(lambda: states(service), waiting)
    await say(service, "waits-too", MISSING)
    await say(service, "waits-not", THERE, THERE)
    now = waiting | {"waits-too": ["held"], "waits-not": ["sent", "sent"]}
    await becomes(lambda: states(service), now)
    shown = await figures(service)
    assert shown["topics_waiting"] == {MISSING: f"Kafka has no topic {MISSING}"}
    assert shown["pending"] == 3
    assert TOPIC_WAITING.labels(MISSING)._value.get() == 1
    assert service.why_not_ready() == []

    await ensure_topics(admin, [CATALOGUE[MISSING]], partitions=3, topic_prefix=prefix)
    await becomes(lambda: service.mongo["outbox"].count({"state": {"$ne": "sent"}}), 0)
    assert (await figures(service))["topics_waiting"] == {}
    said = await history(admin, [prefix + THERE, prefix + MISSING])
    ids = [message_of(record, prefix=prefix).id for record in said]
    assert len(ids) == len({*ids}) == 7, "nothing was sent twice"


async def test_topics_asked_for_one_right_after_the_other_are_all_found(
    settings_of: Callable[..., ServiceSettings],
) -> None:
    settings = settings_of("registration", topic_prefix=f"at-once-{uuid4().hex[:6]}-")
    topics = [topic for topic in CATALOGUE.values() if "registration" in topic.emitters]
    prefix = settings.topic_prefix
    writer = Writer(settings)
    await writer.start()  # Its client knows the topics of this moment.
    try:
        await ensure_topics(Login.of(settings), topics, partitions=1, topic_prefix=prefix)
        sends = []
        for topic in topics:
            sends.append(asyncio.create_task(writer.send(prefix + topic.name, "key", b"{}", [])))
            await asyncio.sleep(0)  # The request for the topics before this one is under way.
        await asyncio.gather(*await asyncio.gather(*sends))
    finally:
        await writer.stop()
