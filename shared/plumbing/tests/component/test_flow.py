"""From a commit in one service to the handler of another: once, newest, and poison set aside."""

import asyncio
from typing import Any

from aiokafka.errors import OutOfOrderSequenceNumber
from doorpakken_events.envelope import headers_of
from doorpakken_events.event import Event
from doorpakken_events.registration import AttendeeCheckedIn, AttendeeRegistered, PersonContact
from doorpakken_plumbing.messaging import parking
from doorpakken_plumbing.messaging.heard import ReceivedEvent
from doorpakken_plumbing.messaging.newest import whole
from doorpakken_plumbing.messaging.outbox import row
from doorpakken_plumbing.messaging.projection import Projections
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Document
from doorpakken_plumbing.service import Parts, Service
from doorpakken_plumbing.time import clock

from shared.plumbing.tests.component.conftest import StartService
from shared.plumbing.tests.saying import TOLD, attendee
from tests.probe import becomes, eventually

FAST = {"handler_tries": 2, "retry_delay_seconds_min": 0.01}


class Hearing:
    """A service that keeps what it heard of its own test, and breaks on whom it is told to."""

    def __init__(self) -> None:
        self.broken: set[str] = set()
        self._since = clock.real_now()

    async def on_attendee(self, tx: Transaction, heard: ReceivedEvent[Any]) -> None:
        if heard.time < self._since:
            # Said by an earlier test in which nobody heard it.
            return
        if heard.aggregate_id in self.broken:
            raise LookupError("not now")
        document: Document = {"_id": heard.aggregate_id, "version": heard.version}
        await tx["heard"].replace_one({"_id": heard.aggregate_id}, document, upsert=True)
        await tx["effects"].insert_one({"_id": heard.event_id, "topic": heard.topic})

    @property
    def parts(self) -> Parts:
        return Parts(handlers=dict.fromkeys(TOLD, self.on_attendee))

    def folding(self, projections: Projections) -> Parts:
        """Folds these, and handles the others."""
        others = [event for event in TOLD if event not in projections]
        return Parts(handlers=dict.fromkeys(others, self.on_attendee), projections=projections)


async def say(service: Service, *events: tuple[Any, int]) -> None:
    """Publishes events with their versions in one transaction."""

    async def work(tx: Transaction) -> None:
        for event, version in events:
            tx.publish(event, version)

    await service.transact(work)


async def heard_versions(service: Service) -> dict[str, int]:
    return {one["_id"]: one["version"] for one in await service.mongo["heard"].find({})}


async def test_every_event_arrives_once(start: StartService) -> None:
    saying, hearing = await start("registration"), await start("matching", Hearing().parts)
    people = [f"once-{number}" for number in range(50)]
    await asyncio.gather(*(say(saying, (attendee(one), 1)) for one in people))
    await becomes(lambda: heard_versions(hearing), dict.fromkeys(people, 1))
    assert await hearing.mongo["effects"].count({}) == 50
    await becomes(lambda: saying.mongo["outbox"].count({"state": "pending"}), 0)
    # The relay sends a row once, not until its mark can be read.
    assert hearing.consumer.counts["duplicate"] == 0


async def test_a_stale_event_is_an_inbox_row_and_nothing_else(start: StartService) -> None:
    saying, hearing = await start("registration"), await start("matching", Hearing().parts)
    await say(saying, (AttendeeCheckedIn(**attendee("stale").model_dump()), 2))
    await becomes(lambda: heard_versions(hearing), {"stale": 2})
    await say(saying, (attendee("stale"), 1))
    await becomes(lambda: hearing.mongo["inbox"].count({"state": "superseded"}), 1)
    assert await heard_versions(hearing) == {"stale": 2}
    assert await hearing.mongo["effects"].count({}) == 1


async def test_the_same_record_twice_has_one_effect(start: StartService) -> None:
    saying, hearing = await start("registration"), await start("matching", Hearing().parts)
    event = attendee("twice")
    headers = headers_of(
        event, service="registration", event_id="e-twice", version=1, time=clock.now()
    )
    topic = saying.settings.topic(event.TOPIC)
    for _ in range(2):
        await (await saying.writer.send(topic, event.key, event.payload(), headers))

    async def duplicates() -> int:
        return hearing.consumer.counts["duplicate"]

    await becomes(duplicates, 1)
    assert await hearing.mongo["effects"].count({}) == 1
    assert await hearing.mongo["inbox"].count({"_id": "e-twice"}) == 1


async def test_poison_parks_its_aggregate_and_nothing_else(start: StartService) -> None:
    hearing = Hearing()
    hearing.broken.add("bad")
    saying, service = await start("registration"), await start("matching", hearing.parts, **FAST)
    await say(saying, (attendee("bad"), 1), (attendee("good"), 1))
    await becomes(lambda: parking.count_parked(service.mongo), 1)
    later = AttendeeCheckedIn(**attendee("bad").model_dump())
    await say(saying, (later, 2), (attendee("better"), 1))
    await becomes(lambda: service.mongo["parked"].count({"state": "queued"}), 1)
    await becomes(lambda: heard_versions(service), {"good": 1, "better": 1})

    hearing.broken.clear()
    poison = (await parking.list_parked(service.mongo))[0]
    assert (poison["reason"], poison["tries"], poison["waiting_behind"]) == (
        "handler: LookupError",
        2,
        1,
    )
    await service.transact(lambda tx: parking.ask_retry(tx, poison["_id"]))
    await becomes(lambda: heard_versions(service), {"good": 1, "better": 1, "bad": 2})
    await becomes(lambda: service.mongo["parked"].count({}), 0)
    await say(saying, (attendee("bad"), 3))
    await becomes(lambda: heard_versions(service), {"good": 1, "better": 1, "bad": 3})


async def test_discarding_poison_frees_what_waited(start: StartService) -> None:
    hearing = Hearing()
    hearing.broken.add("gone")
    saying, service = await start("registration"), await start("matching", hearing.parts, **FAST)
    await say(saying, (attendee("gone"), 1))
    await becomes(lambda: parking.count_parked(service.mongo), 1)
    await say(saying, (AttendeeCheckedIn(**attendee("gone").model_dump()), 2))
    await becomes(lambda: service.mongo["parked"].count({"state": "queued"}), 1)
    hearing.broken.clear()
    poison = (await parking.list_parked(service.mongo))[0]
    await service.transact(lambda tx: parking.discard(tx, poison["_id"]))
    await becomes(lambda: heard_versions(service), {"gone": 2})
    assert await service.mongo["effects"].count({}) == 1


async def test_unreadable_records_are_parked_with_a_reason(start: StartService) -> None:
    saying, hearing = await start("registration"), await start("matching", Hearing().parts)
    topic = saying.settings.topic(AttendeeRegistered.TOPIC)
    event = attendee("broken")
    headers = headers_of(
        event, service="registration", event_id="e-json", version=1, time=clock.now()
    )
    await (await saying.writer.send(topic, "broken", b"{not json", headers))
    await (await saying.writer.send(topic, "nobody", event.payload(), []))
    await say(saying, (attendee("sound"), 1))
    await becomes(lambda: heard_versions(hearing), {"sound": 1})
    rows = await eventually(lambda: hearing.mongo["parked"].find({}), lambda rows: len(rows) == 2)
    reasons = sorted(one["reason"].partition(",")[0] for one in rows)
    assert reasons == ["envelope: headers missing: ce_specversion", "schema: value (json_invalid)"]


async def test_a_parked_contact_is_told_without_its_words(start: StartService) -> None:
    hearing = Hearing()
    hearing.broken.add("p9")
    saying, service = await start("registration"), await start("matching", hearing.parts, **FAST)
    contact = PersonContact(person_id="p9", name="Imane Lindebloesem", language="nl")
    await say(saying, (contact, 1))
    await becomes(lambda: parking.count_parked(service.mongo), 1)
    told = await service.mongo["outbox"].find_one({"topic": "parked.matching"})
    assert told is not None
    assert b"Imane" not in told["payload"]
    assert b'"value_base64":null' in told["payload"]


async def test_a_projection_keeps_the_newest(start: StartService) -> None:
    projections: Projections = {AttendeeRegistered: whole, AttendeeCheckedIn: whole}
    saying = await start("registration")
    hearing = await start("matching", Hearing().folding(projections))
    await say(saying, (AttendeeCheckedIn(**attendee("p").model_dump()), 3))

    async def versions() -> list[tuple[str, int]]:
        rows = await hearing.mongo["attendee"].find({})
        return [(one["_id"], one["version"]) for one in rows]

    await becomes(versions, [("p", 3)])
    await say(saying, (attendee("p"), 2), (attendee("q"), 1))
    await eventually(versions, lambda seen: sorted(seen) == [("p", 3), ("q", 1)])


async def test_poison_in_a_projection_is_parked_and_the_rest_is_folded(start: StartService) -> None:
    def keep(event: Event) -> Document:
        # More than the eight bytes that MongoDB keeps of a number.
        return {"number": 10**30 if event.key == "huge" else 1}

    saying = await start("registration")
    hearing = await start("matching", Hearing().folding({AttendeeRegistered: keep}), **FAST)
    await say(saying, *((attendee(one), 1) for one in ("before", "huge", "after")))

    async def folded() -> list[str]:
        return sorted(one["_id"] for one in await hearing.mongo["attendee"].find({}))

    await becomes(folded, ["after", "before"])
    await becomes(lambda: parking.count_parked(hearing.mongo), 1)
    poison = (await parking.list_parked(hearing.mongo))[0]
    assert (poison["key"], poison["reason"], poison["tries"]) == (
        "huge",
        "handler: OverflowError",
        2,
    )
    assert hearing.failed_task is None


async def test_poison_that_is_delivered_again_is_told_once(start: StartService) -> None:
    saying, hearing = await start("registration"), await start("matching", Hearing().parts)
    topic = saying.settings.topic(AttendeeRegistered.TOPIC)
    headers = headers_of(
        attendee("again"), service="registration", event_id="e-again", version=1, time=clock.now()
    )
    for _ in range(2):
        await (await saying.writer.send(topic, "again", b"{not json", headers))

    async def parked() -> int:
        return hearing.consumer.counts["parked"]

    await becomes(parked, 2)
    assert await parking.count_parked(hearing.mongo) == 1
    assert await hearing.mongo["outbox"].count({"topic": "parked.matching"}) == 1


async def test_large_poison_is_told_without_its_value(start: StartService) -> None:
    saying, hearing = await start("registration"), await start("matching", Hearing().parts)
    topic = saying.settings.topic(AttendeeRegistered.TOPIC)
    await (await saying.writer.send(topic, "large", b"{" + b"x" * 250_000, []))
    await becomes(lambda: hearing.mongo["outbox"].count({"state": "sent"}), 1)
    parked = await hearing.mongo["parked"].find_one({"key": "large"})
    assert parked is not None
    assert len(parked["value"]) == 250_001


async def test_a_producer_whose_sender_died_is_made_anew(start: StartService) -> None:
    saying = await start("registration", retry_delay_seconds_max=0.1)
    hearing = await start("matching", Hearing().parts)
    await say(saying, (attendee("first"), 1))
    await becomes(lambda: heard_versions(hearing), {"first": 1})
    dead = saying.writer._producer
    assert dead is not None
    # What the library does when its background task ends: every later record is refused with this.
    dead._message_accumulator.fail_all(OutOfOrderSequenceNumber())
    await say(saying, (attendee("second"), 1))
    await becomes(lambda: heard_versions(hearing), {"first": 1, "second": 1})
    assert saying.writer._producer is not dead


async def test_a_row_that_cannot_be_sent_holds_its_aggregate_back(start: StartService) -> None:
    saying, hearing = await start("registration"), await start("matching", Hearing().parts)
    wrong = row(
        event_id="wrong",
        topic=AttendeeRegistered.TOPIC,
        aggregate="attendee",
        key="held",
        version=1,
        headers=[],
        payload=b'{"attendee_id": "held"}',
        created_at=clock.real_now(),
    )

    async def work(tx: Transaction) -> None:
        tx.enqueue(wrong)
        tx.publish(attendee("held"), 2)
        tx.publish(attendee("free"), 1)

    await saying.transact(work)
    await becomes(lambda: heard_versions(hearing), {"free": 1})
    rows = await saying.mongo["outbox"].find({"key": "held"}, sort=[("version", 1)])
    assert [one["state"] for one in rows] == ["dead", "pending"]
