"""Administers a broker: creates topics, users and rights from the catalogue, and reads records.
Stops at the first request that the broker refuses."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence, Set
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from typing import Any

from aiokafka import AIOKafkaConsumer
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType
from aiokafka.errors import KafkaConnectionError, for_code
from aiokafka.protocol.admin import DeleteAclsRequest, DescribeAclsRequest
from doorpakken_events.catalogue import CATALOGUE, SERVICES, Topic, heard_by, said_by

from doorpakken_plumbing.kafka.login import why_closed
from doorpakken_plumbing.kafka.records import Login, Record, group_of
from doorpakken_plumbing.kafka.requests import (
    ALLOW,
    ANY,
    GROUP,
    LITERAL,
    PREFIXED,
    READ,
    TOPIC,
    WRITE,
    AlterUsers,
    CreateRights,
    Right,
)

TOPIC_EXISTS = 36
NO_SUCH_USER = 91
VISIBLE_SECONDS = 30.0
POLL_SECONDS = 0.05
LOOK_MS = 200


class AdminRefused(Exception):
    """The broker refused the login or a request, or did not answer."""


def rights_of(service: str, topic_prefix: str = "") -> set[Right]:
    says = {
        Right(service, TOPIC, topic_prefix + topic.name, LITERAL, WRITE)
        for topic in said_by(service)
    }
    hears = {
        Right(service, TOPIC, topic_prefix + topic.name, LITERAL, READ)
        for topic in heard_by(service)
    }
    return says | hears | {Right(service, GROUP, f"{service}-", PREFIXED, READ)}


async def ensure_topics(
    admin: Login,
    topics: Iterable[Topic],
    *,
    partitions: int,
    replication: int = 1,
    topic_prefix: str = "",
) -> None:
    """Creates missing topics, waits until the broker shows them, and configures existing ones as
    the catalogue says now."""
    wanted = {
        topic_prefix + topic.name: NewTopic(
            topic_prefix + topic.name,
            topic.partitions(partitions),
            replication,
            topic_configs={key: str(value) for key, value in topic.config.items()},
        )
        for topic in topics
    }
    async with _connected(admin) as client:
        missing = wanted.keys() - set(await client.list_topics())
        await _configure([wanted[name] for name in sorted(wanted.keys() - missing)], client)
        if missing:
            answer = await client.create_topics([wanted[name] for name in sorted(missing)])
            for name, code, *_ in answer.topic_errors:
                _check(code, f"topic {name}", besides=TOPIC_EXISTS)
            await _until("its new topics", lambda: _has_topics(client, wanted.keys()))


async def ensure_rights(admin: Login, rights: Iterable[Right]) -> None:
    """Returns when the broker applies the rights."""
    wanted = set(rights)
    async with _connected(admin) as client:
        missing = wanted - await _rights(client)
        if missing:
            answer = await client._send_to_controller(CreateRights(sorted(missing)))
            for code, _message in answer.creation_responses:
                _check(code, "a right")
        await _until("its new rights", lambda: _has_rights(client, wanted))


async def ensure_users(admin: Login, passwords: Mapping[str, str]) -> None:
    """Also changes passwords. Returns when the broker accepts every login."""
    async with _connected(admin) as client:
        answer = await client._send_to_controller(AlterUsers(passwords))
        for user, code, _message, _tags in answer.results:
            _check(code, f"user {user}")
    for user, password in passwords.items():
        login = replace(admin, username=user, password=password)
        await _until(f"its new user {user}", partial(_may_enter, login))


async def rights_now(admin: Login) -> set[Right]:
    async with _connected(admin) as client:
        return await _rights(client)


async def remove_user(admin: Login, user: str) -> None:
    """Removes the login and every right, so that open connections read nothing more. Idempotent."""
    async with _connected(admin) as client:
        answer = await client._send_to_controller(AlterUsers({}, [user]))
        for _user, code, _message, _tags in answer.results:
            _check(code, f"user {user} leave", besides=NO_SUCH_USER)
        answer = await client._send_to_controller(
            DeleteAclsRequest(ANY, None, ANY, f"User:{user}", None, ANY, ANY)
        )
        for code, _message, _rights_removed in answer.filter_responses:
            _check(code, f"the rights of {user} end")
        # Brokers apply both in this order: once the rights are gone, the user is gone too.
        await _until(f"that {user} has no rights", lambda: _has_no_rights(client, user))


async def records(
    admin: Login, topics: Iterable[str], *, from_beginning: bool
) -> AsyncIterator[Record]:
    """Yields records as they arrive, without joining a group; never ends."""
    start = "earliest" if from_beginning else "latest"
    async with _looking(admin, topics, start) as consumer:
        async for record in consumer:
            yield record


async def history(admin: Login, topics: Iterable[str]) -> list[Record]:
    """All records present now, without joining a group."""
    async with _looking(admin, topics, "earliest") as consumer:
        ends = await consumer.end_offsets(list(consumer.assignment()))
        found: list[Record] = []
        while [part for part, end in ends.items() if await consumer.position(part) < end]:
            batches = await consumer.getmany(timeout_ms=LOOK_MS)
            found += [record for records in batches.values() for record in records]
        return found


async def lag_by_service(admin: Login) -> dict[str, int]:
    async with _looking(admin, CATALOGUE, "earliest") as consumer:
        ends = await consumer.end_offsets(list(consumer.assignment()))
    lags = {}
    async with _connected(admin) as client:
        for service in SERVICES:
            done = await client.list_consumer_group_offsets(group_of(service))
            heard = {topic.name for topic in heard_by(service)}
            lags[service] = sum(
                end - (done[part].offset if part in done else 0)
                for part, end in ends.items()
                if part.topic in heard
            )
    return lags


@asynccontextmanager
async def _looking(admin: Login, topics: Iterable[str], start: str) -> AsyncIterator[Any]:
    consumer = AIOKafkaConsumer(
        *topics, enable_auto_commit=False, auto_offset_reset=start, **admin.options()
    )
    try:
        await _let_in(consumer, admin)
        yield consumer
    finally:
        await consumer.stop()


@asynccontextmanager
async def _connected(admin: Login) -> AsyncIterator[Any]:
    client = AIOKafkaAdminClient(**admin.options())
    try:
        await _let_in(client, admin)
        yield client
    finally:
        await client.close()


async def _let_in(client: Any, login: Login) -> None:
    if reason := await why_closed(login):
        raise AdminRefused(f"{reason}.")
    try:
        await client.start()
    except KafkaConnectionError as error:
        raise AdminRefused(f"Kafka at {login.bootstrap} stopped answering.") from error


async def _until(what: str, is_so: Callable[[], Awaitable[bool]]) -> None:
    # The controller answers before its brokers have the change, so poll them.
    for _ in range(int(VISIBLE_SECONDS / POLL_SECONDS)):
        if await is_so():
            return
        await asyncio.sleep(POLL_SECONDS)
    raise AdminRefused(f"Kafka did not show {what} within {VISIBLE_SECONDS:.0f} s.")


async def _configure(topics: Sequence[NewTopic], client: Any) -> None:
    wanted = {topic.name: topic.topic_configs for topic in topics}
    asked = [
        ConfigResource(ConfigResourceType.TOPIC, name, configs) for name, configs in wanted.items()
    ]
    found = [one for answer in await client.describe_configs(asked) for one in answer.resources]
    now = {name: {entry[0]: entry[1] for entry in entries} for _, _, _, name, entries in found}
    differs = [one for one in asked if wanted[one.name] != now.get(one.name)]
    # A setting that is not listed here returns to the broker's default.
    answers = await client.alter_configs(differs) if differs else []
    for code, _message, _kind, name in (one for answer in answers for one in answer.resources):
        _check(code, f"the settings of topic {name}")


async def _has_topics(client: Any, names: Set[str]) -> bool:
    return names <= set(await client.list_topics())


async def _has_rights(client: Any, rights: Set[Right]) -> bool:
    return rights <= await _rights(client)


async def _has_no_rights(client: Any, user: str) -> bool:
    return user not in {right.user for right in await _rights(client)}


async def _may_enter(login: Login) -> bool:
    return await why_closed(login) is None


def _check(code: int, what: str, besides: int = 0) -> None:
    if code not in (0, besides):
        raise AdminRefused(f"Kafka refused to make {what}: {for_code(code).__name__}")


async def _rights(client: Any) -> set[Right]:
    answer = await client._send_to_controller(
        DescribeAclsRequest(ANY, None, ANY, None, None, ANY, ANY)
    )
    _check(answer.error_code, "the list of rights")
    return {
        Right(principal.removeprefix("User:"), kind, name, pattern, operation)
        for kind, name, pattern, acls in answer.resources
        for principal, _host, operation, permission in acls
        if permission == ALLOW
    }
