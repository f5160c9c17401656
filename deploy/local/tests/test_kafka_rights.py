"""Who may do what on the real broker: each service writes what it says, reads what it hears, in its
own groups, and nothing else."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.errors import GroupAuthorizationFailedError, TopicAuthorizationFailedError
from doorpakken_events.catalogue import CATALOGUE, SERVICES, heard_by, said_by
from doorpakken_local.system import System
from doorpakken_plumbing.kafka import Login
from doorpakken_plumbing.kafka_admin import (
    AdminRefused,
    ensure_rights,
    ensure_topics,
    ensure_users,
    records,
    rights_of,
)

PREFIX = "rights-"
READ_SECONDS = 20.0


@pytest_asyncio.fixture(scope="module")
async def topics(infrastructure: System) -> AsyncIterator[None]:
    """The whole catalogue once more, so that no other test hears what is written here."""
    admin = infrastructure.access.kafka
    await ensure_topics(admin, CATALOGUE.values(), partitions=1, topic_prefix=PREFIX)
    await ensure_rights(admin, {right for name in SERVICES for right in rights_of(name, PREFIX)})
    yield


def login_of(system: System, service: str) -> Login:
    password = system.access.credentials.kafka[service].get_secret_value()
    return Login(system.access.kafka.bootstrap, service, password)


@pytest.mark.parametrize("service", SERVICES)
async def test_a_service_writes_its_own_topics_and_no_other(
    infrastructure: System, topics: None, service: str
) -> None:
    producer = AIOKafkaProducer(**login_of(infrastructure, service).options())
    await producer.start()
    written = set()
    try:
        for name in CATALOGUE:
            try:
                await producer.send_and_wait(PREFIX + name, b"{}", key=b"k")
            except TopicAuthorizationFailedError:
                continue
            written.add(name)
    finally:
        await producer.stop()
    assert written == {topic.name for topic in said_by(service)}


@pytest.mark.parametrize("service", SERVICES)
async def test_a_service_reads_what_it_hears_and_no_other(
    infrastructure: System, topics: None, service: str
) -> None:
    allowed = {topic.name for topic in heard_by(service)}
    login = login_of(infrastructure, service)
    await read(login, f"{service}-rights", [PREFIX + name for name in allowed])
    refused = [name for name in CATALOGUE if name not in allowed]
    await asyncio.gather(*(must_not_read(login, service, PREFIX + name) for name in refused))


async def must_not_read(login: Login, service: str, topic: str) -> None:
    with pytest.raises(TopicAuthorizationFailedError, match=topic):
        await read_on(login, f"{service}-{topic}", topic)


async def read_on(login: Login, group: str, topic: str) -> None:
    """Fetch until refused: the refusal comes with a fetch, and the first may be under way."""
    async with asyncio.timeout(READ_SECONDS):
        while True:
            await read(login, group, [topic])


async def test_a_service_joins_no_group_of_another(infrastructure: System, topics: None) -> None:
    with pytest.raises(GroupAuthorizationFailedError):
        await read(
            login_of(infrastructure, "matching"), "registration-x", [PREFIX + "pitch-submitted"]
        )


async def read(login: Login, group: str, names: list[str]) -> None:
    """Join the group and fetch once."""
    consumer = AIOKafkaConsumer(*names, group_id=group, **login.options())
    try:
        async with asyncio.timeout(READ_SECONDS):
            await consumer.start()
            await consumer.getmany(timeout_ms=500)
            assert {part.topic for part in consumer.assignment()} == set(names)
    finally:
        await consumer.stop()


async def test_a_wrong_password_is_a_sentence(infrastructure: System) -> None:
    stranger = Login(infrastructure.access.kafka.bootstrap, "admin", "wrong")
    with pytest.raises(AdminRefused, match="password"):
        await ensure_rights(stranger, [])


async def test_everything_may_be_made_again(infrastructure: System, topics: None) -> None:
    admin = infrastructure.access.kafka
    await ensure_topics(admin, CATALOGUE.values(), partitions=1, topic_prefix=PREFIX)
    await ensure_rights(admin, rights_of("matching", PREFIX))


async def test_a_password_may_be_changed(infrastructure: System) -> None:
    admin = infrastructure.access.kafka
    for password in ("first", "second"):
        await ensure_users(admin, {"somebody": password})
        somebody = Login(admin.bootstrap, "somebody", password)
        producer = AIOKafkaProducer(**somebody.options())
        await producer.start()
        await producer.stop()
    with pytest.raises(AdminRefused, match="password"):
        await ensure_rights(Login(admin.bootstrap, "somebody", "first"), [])


async def test_records_are_seen_from_the_beginning(infrastructure: System, topics: None) -> None:
    admin = infrastructure.access.kafka
    producer = AIOKafkaProducer(**admin.options())
    await producer.start()
    await producer.send_and_wait(PREFIX + "plan-published", b"one", key=b"seen")
    await producer.stop()
    async with asyncio.timeout(READ_SECONDS):
        async for record in records(admin, [PREFIX + "plan-published"], from_beginning=True):
            if record.key == b"seen":
                assert record.value == b"one"
                break
