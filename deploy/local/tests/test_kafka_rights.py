"""Who may do what on the real broker: one table of everybody, every topic and every kind of group,
derived from the catalogue, and what a program is told that asks for more."""

import asyncio
from typing import Any

import pytest
import pytest_asyncio
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.errors import GroupAuthorizationFailedError, TopicAuthorizationFailedError
from doorpakken_events.catalogue import CATALOGUE, SERVICES
from doorpakken_local.system import System
from doorpakken_plumbing.kafka import integrations
from doorpakken_plumbing.kafka.admin import (
    AdminRefused,
    ensure_rights,
    ensure_topics,
    ensure_users,
    records,
)
from doorpakken_plumbing.kafka.records import Login
from doorpakken_plumbing.kafka.setup import prepare

from deploy.local.tests.reach import Reach, reach_of

GRANTED = "need-offered"
INTEGRATIONS = {"rights-plain": [], "rights-granted": [GRANTED]}
STRANGERS = ("no user", "unknown user", "wrong password")
# Groups of everybody, one that begins like another's name, one of nobody.
GROUPS = (
    *(f"{service}-reads" for service in SERVICES),
    *(f"ext-{name}-reads" for name in INTEGRATIONS),
    "ext-rights-plainly-reads",
    "reads",
)
READ_SECONDS = 20.0


def expected(who: str) -> Reach:
    """What EVENTS.md promises, read from the catalogue."""
    topics = CATALOGUE.values()
    if who in STRANGERS:
        return Reach()
    if who in SERVICES:
        return Reach(
            reads=frozenset(topic.name for topic in topics if who in topic.heard_by),
            writes=frozenset(topic.name for topic in topics if who in topic.emitters),
            groups=frozenset({f"{who}-reads"}),
        )
    public = {topic.name for topic in topics if topic.audience == "public"}
    return Reach(
        reads=frozenset(public | set(INTEGRATIONS[who])), groups=frozenset({f"ext-{who}-reads"})
    )


@pytest_asyncio.fixture(scope="module")
async def clients(infrastructure: System) -> dict[str, dict[str, Any]]:
    """The options with which each of the table's rows connects."""
    admin, known = infrastructure.access.kafka, infrastructure.access.credentials.kafka
    logins = {
        service: Login(admin.bootstrap, service, known[service].get_secret_value())
        for service in SERVICES
    }
    for name, grants in INTEGRATIONS.items():
        _integration, logins[name] = await integrations.add(admin, name, grants)
    logins["unknown user"] = Login(admin.bootstrap, "ext-nobody", admin.password)
    logins["wrong password"] = Login(admin.bootstrap, "admin", "wrong")
    return {who: login.options() for who, login in logins.items()} | {
        "no user": {"bootstrap_servers": admin.bootstrap}
    }


@pytest.mark.parametrize("who", [*SERVICES, *INTEGRATIONS, *STRANGERS])
async def test_everybody_reaches_what_the_catalogue_says_and_no_more(
    clients: dict[str, dict[str, Any]], who: str
) -> None:
    assert await reach_of(clients[who], GROUPS) == expected(who)


async def test_a_forbidden_write_names_the_topic(clients: dict[str, dict[str, Any]]) -> None:
    producer = AIOKafkaProducer(**clients["rights-plain"])
    await producer.start()
    try:
        with pytest.raises(TopicAuthorizationFailedError, match="attendee-registered"):
            await producer.send_and_wait("attendee-registered", b"{}")
    finally:
        await producer.stop()


async def test_a_forbidden_read_names_the_topic(clients: dict[str, dict[str, Any]]) -> None:
    with pytest.raises(TopicAuthorizationFailedError, match=GRANTED):
        await read(clients["rights-plain"], "ext-rights-plain-reads", GRANTED)


async def test_a_forbidden_group_is_named(clients: dict[str, dict[str, Any]]) -> None:
    with pytest.raises(GroupAuthorizationFailedError, match="matching-service"):
        await read(clients["rights-granted"], "matching-service", GRANTED)


async def read(options: dict[str, Any], group: str, topic: str) -> None:
    """Fetch until refused: the refusal comes with a fetch, and the first may be under way."""
    consumer = AIOKafkaConsumer(topic, group_id=group, **options)
    try:
        async with asyncio.timeout(READ_SECONDS):
            await consumer.start()
            while True:
                await consumer.getmany(timeout_ms=500)
    finally:
        await consumer.stop()


async def test_a_wrong_password_and_no_kafka_are_two_sentences(
    infrastructure: System, base_port: int
) -> None:
    admin = infrastructure.access.kafka
    with pytest.raises(AdminRefused, match="refused the user admin or its password"):
        await ensure_rights(Login(admin.bootstrap, "admin", "wrong"), [])
    with pytest.raises(AdminRefused, match="does not answer"):
        await ensure_rights(Login(f"127.0.0.1:{base_port}", "admin", "any"), [])


async def test_everything_may_be_made_again(infrastructure: System) -> None:
    access = infrastructure.access
    passwords = {name: access.credentials.kafka[name] for name in SERVICES}
    await prepare(access.kafka, passwords, partitions=3)


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


async def test_records_are_seen_from_the_beginning(infrastructure: System) -> None:
    admin, topic = infrastructure.access.kafka, "rights-plan-published"
    await ensure_topics(admin, [CATALOGUE["plan-published"]], partitions=1, topic_prefix="rights-")
    producer = AIOKafkaProducer(**admin.options())
    await producer.start()
    await producer.send_and_wait(topic, b"one", key=b"seen")
    await producer.stop()
    async with asyncio.timeout(READ_SECONDS):
        async for record in records(admin, [topic], from_beginning=True):
            assert (record.key, record.value) == (b"seen", b"one")
            break
