"""What keeps a service from Kafka is a sentence that names the place and no password."""

from dataclasses import replace

import pytest
from doorpakken_local.ports import LOOPBACK
from doorpakken_local.system import System
from doorpakken_plumbing.kafka.login import why_closed
from doorpakken_plumbing.kafka.records import KafkaConnectionError, Login, TopicsMissing, why


@pytest.fixture
def admin(infrastructure: System) -> Login:
    return infrastructure.access.kafka


async def test_a_broker_that_lets_us_in_is_no_reason(admin: Login) -> None:
    assert await why_closed(admin) is None


async def test_a_wrong_password(admin: Login) -> None:
    told = await why(KafkaConnectionError(), replace(admin, password="wrong"))
    assert told == f"Kafka at {admin.bootstrap} refused the user admin or its password"


async def test_nobody_there(admin: Login) -> None:
    told = await why(ConnectionRefusedError(), replace(admin, bootstrap=f"{LOOPBACK}:9"))
    assert told == f"Kafka at {LOOPBACK}:9 does not answer"


async def test_topics_that_are_not_made_yet(admin: Login) -> None:
    told = await why(TopicsMissing("plan-published, staff-changed"), admin)
    assert told == (
        f"Kafka at {admin.bootstrap} has no topics for admin yet: plan-published, staff-changed"
    )
