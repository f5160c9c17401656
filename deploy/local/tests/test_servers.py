"""Kafka and MongoDB as services find them, embedded and, where Docker answers, in containers:
passwords, rights, transactions, and nothing of people in a log."""

import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest
import pytest_asyncio
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.errors import TopicAuthorizationFailedError
from doorpakken_events.catalogue import CATALOGUE, SERVICES
from doorpakken_local.containers import docker_answers
from doorpakken_local.infrastructure import CHOICE
from doorpakken_local.system import System
from doorpakken_plumbing.kafka.admin import ensure_rights, ensure_topics, rights_of
from doorpakken_plumbing.kafka.records import Login
from pymongo import AsyncMongoClient
from pymongo.errors import OperationFailure

from conftest import free_base_port

KINDS = ["embedded", "containers"]
PREFIX = "servers-"  # topics that no service hears
TOPIC = f"{PREFIX}plan-published"
NEVER_MS = 2**31 - 1
Client = AsyncMongoClient[dict[str, object]]


@pytest_asyncio.fixture(scope="module", params=KINDS)
async def servers(
    request: pytest.FixtureRequest,
    infrastructure: System,
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[System]:
    """Those of the session, and those in containers, with topics of these tests alone."""
    async with AsyncExitStack() as stack:
        found = infrastructure
        if request.param == "containers":
            found = await stack.enter_async_context(in_containers(tmp_path_factory))
        admin, said = found.access.kafka, CATALOGUE["plan-published"]
        await ensure_topics(admin, [said], partitions=1, topic_prefix=PREFIX)
        await ensure_rights(admin, {one for name in SERVICES for one in rights_of(name, PREFIX)})
        yield found


def in_containers(tmp_path_factory: pytest.TempPathFactory) -> System:
    if not docker_answers():
        pytest.skip("needs Docker, which does not answer on this machine (DOCKER_HOST says where)")
    folder, environ = tmp_path_factory.mktemp("containers"), os.environ | {CHOICE: "containers"}
    return System(folder, free_base_port(), infrastructure_only=True, environ=environ)


def login(servers: System, service: str) -> Login:
    password = servers.access.credentials.kafka[service].get_secret_value()
    return Login(servers.access.kafka.bootstrap, service, password)


async def test_what_one_service_says_another_hears(servers: System) -> None:
    await say(login(servers, "matching"))
    consumer = AIOKafkaConsumer(
        TOPIC,
        group_id="notification-servers",
        auto_offset_reset="earliest",
        **login(servers, "notification").options(),
    )
    await consumer.start()
    try:
        assert (await consumer.getone()).key == b"servers"
    finally:
        await consumer.stop()


async def test_nobody_says_what_is_not_theirs(servers: System) -> None:
    with pytest.raises(TopicAuthorizationFailedError):
        await say(login(servers, "reporting"))


async def say(who: Login) -> None:
    producer = AIOKafkaProducer(**who.options())
    await producer.start()
    try:
        await producer.send_and_wait(TOPIC, b"{}", key=b"servers")
    finally:
        await producer.stop()


@pytest.mark.parametrize("service", SERVICES)
async def test_a_service_has_transactions_on_its_own_database_alone(
    servers: System, service: str
) -> None:
    async with Client(servers.access.mongodb_uri(service)) as client:
        own = client[service]["servers"]
        async with client.start_session() as session, await session.start_transaction():
            await own.insert_one({"_id": 1}, session=session)
        assert await own.find_one_and_delete({}) == {"_id": 1}
        with pytest.raises(OperationFailure, match="not authorized"):
            await client["somebody_elses"]["servers"].find_one({})


async def test_no_command_is_ever_slow_enough_for_the_log(servers: System) -> None:
    async with Client(servers.access.mongodb_admin_uri) as root:
        profile = await root["matching"].command("profile", -1)
    assert profile["slowms"] == NEVER_MS
