"""`doorpakken parked` on a whole system: one event that several services set aside."""

import pytest
from aiokafka import AIOKafkaProducer
from doorpakken_events.envelope import headers_of
from doorpakken_events.registration import OrganisationDescribed
from doorpakken_local.commands import parked
from doorpakken_local.demo.counting.report import Report
from doorpakken_local.system import System
from doorpakken_plumbing.time import clock

from tests.probe import becomes, eventually

ORGANISATION = OrganisationDescribed(organisation_id="o1", name="Wilg", kind="other")


async def say_poison(system: System) -> None:
    headers = headers_of(
        ORGANISATION, service="registration", event_id="e-poison", version=1, time=clock.now()
    )
    producer = AIOKafkaProducer(**system.access.kafka.options())
    await producer.start()
    try:
        await producer.send_and_wait(
            ORGANISATION.TOPIC, b"{not json", key=ORGANISATION.key.encode(), headers=headers
        )
    finally:
        await producer.stop()


async def test_one_event_is_discarded_at_every_service_that_answers(
    system: System, report: Report, capsys: pytest.CaptureFixture[str]
) -> None:
    """After the story, which counts everything that was ever parked."""
    await say_poison(system)

    async def services() -> list[str]:
        return [one["service"] for one in await parked.list_all(system.folder)]

    await becomes(services, ["matching", "notification", "reporting"])
    system.kill("notification")
    assert await services() == ["matching", "reporting"]
    assert system.urls["notification"] in capsys.readouterr().err
    said = await parked.act(system.folder, "discard", "e-poison")
    assert said.splitlines() == [
        "matching: organisation/o1 discard asked.",
        "reporting: organisation/o1 discard asked.",
    ]
    assert await services() == []
    await system.start_one("notification")
    assert await services() == ["notification"]
    await parked.act(system.folder, "discard", "e-poison")
    await eventually(services, lambda left: not left)
