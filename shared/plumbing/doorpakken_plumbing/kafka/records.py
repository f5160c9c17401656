"""Reads and writes Kafka records with a service's credentials.
A wrong password or a missing right is reported as a sentence, not as a time-out."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, ConsumerRebalanceListener, TopicPartition
from aiokafka.client import AIOKafkaClient
from aiokafka.coordinator.assignors.range import RangePartitionAssignor
from aiokafka.errors import (
    CommitFailedError,
    GroupAuthorizationFailedError,
    IllegalStateError,
    KafkaConnectionError,
    KafkaError,
    MessageSizeTooLargeError,
    TopicAuthorizationFailedError,
    UnknownTopicOrPartitionError,
)
from aiokafka.structs import ConsumerRecord

from doorpakken_plumbing.kafka.client import ClientBroke, ends, own_trouble, require_alive
from doorpakken_plumbing.kafka.errors import is_too_late
from doorpakken_plumbing.kafka.group import group_of, member_name
from doorpakken_plumbing.kafka.login import Login, why_closed
from doorpakken_plumbing.settings import ServiceSettings

__all__ = [
    "ClientBroke",
    "CommitFailedError",
    "GroupAuthorizationFailedError",
    "IllegalStateError",
    "KafkaConnectionError",
    "KafkaError",
    "Login",
    "Partition",
    "Reader",
    "Record",
    "TopicAuthorizationFailedError",
    "TopicsMissing",
    "UnknownTopicOrPartitionError",
    "Writer",
    "group_of",
    "lag_of",
    "rewind",
    "why",
]

Partition: TypeAlias = TopicPartition
Record: TypeAlias = ConsumerRecord

RECORD_LIMIT_BYTES = 262_144
REBALANCE_PATIENCE_SECONDS = 5.0


class TopicsMissing(KafkaError):  # type: ignore[misc]  # aiokafka has no types
    """Topics that the service consumes do not exist, or this user cannot see them."""


class _Joined(ConsumerRebalanceListener):  # type: ignore[misc]  # aiokafka has no types
    """Whether the group has assigned partitions to its member, possibly none."""

    def __init__(self) -> None:
        self.is_so = False

    def on_partitions_revoked(self, _revoked: Sequence[Partition]) -> None:
        """Nothing to do: an assignment follows every revocation."""

    def on_partitions_assigned(self, _assigned: Sequence[Partition]) -> None:
        self.is_so = True


class Writer:
    """An idempotent producer, replaced after errors it cannot recover from (aiokafka issue
    1017)."""

    def __init__(self, settings: ServiceSettings) -> None:
        self._settings = settings
        self._producer: AIOKafkaProducer | None = None
        self._stopping: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Raises KafkaConnectionError when no broker accepts the connection."""
        producer = AIOKafkaProducer(
            client_id=f"{self._settings.service}-{self._settings.instance}",
            acks="all",
            enable_idempotence=True,
            linger_ms=5,
            compression_type="zstd",
            max_request_size=RECORD_LIMIT_BYTES * 4,
            request_timeout_ms=int(self._settings.kafka_request_seconds * 1000),
            **Login.of(self._settings).options(),
        )
        try:
            await producer.start()
        except BaseException:
            await producer.stop()
            raise
        self._producer = producer

    async def send(
        self,
        topic: str,
        key: str,
        value: bytes | None,
        headers: Sequence[tuple[str, bytes]],
        timestamp_ms: int | None = None,
    ) -> asyncio.Future[Any]:
        """`timestamp_ms` None is now. The future ends with the broker's acknowledgement."""
        if self._producer is None:
            await self.start()
        assert self._producer is not None
        if value is not None and len(value) > RECORD_LIMIT_BYTES:
            raise MessageSizeTooLargeError(f"{len(value)} bytes, at most {RECORD_LIMIT_BYTES}")
        if not self.knows(topic):
            await self._look_for(self._producer.client, topic)
        future: asyncio.Future[Any] = await self._producer.send(
            topic, value, key=key.encode(), headers=list(headers), timestamp_ms=timestamp_ms
        )
        return future

    def knows(self, topic: str) -> bool:
        known = self._producer and self._producer.client.cluster.partitions_for_topic(topic)
        return bool(known)

    async def _look_for(self, client: AIOKafkaClient, topic: str) -> None:
        # Asks at most twice, where the client would retry while others wait. The first answer may
        # be that to a request from before the topic was added, which the client does not notice.
        client.add_topic(topic)
        for _ in range(2):
            if not await client.force_metadata_update():
                raise KafkaConnectionError("no broker says which topics there are")
            if self.knows(topic):
                return
        if topic in client.cluster.unauthorized_topics:
            raise TopicAuthorizationFailedError(topic)
        raise UnknownTopicOrPartitionError(topic)

    async def discard(self) -> None:
        """Drops the producer with its unsent records; the next send makes a new one."""
        producer, self._producer = self._producer, None
        if producer is None:
            return
        # Not cancelled: the sender task of a half-stopped producer would run for ever. Its unsent
        # records are still pending in the outbox, so nothing is lost.
        stopping = asyncio.create_task(producer.stop(), name="producer stops")
        self._stopping.add(stopping)
        stopping.add_done_callback(self._forget)
        await asyncio.wait({stopping}, timeout=2)

    async def stop(self) -> None:
        await self.discard()

    def _forget(self, stopped: asyncio.Task[None]) -> None:
        self._stopping.discard(stopped)
        # Its error was reported already, by the records that failed.
        if not stopped.cancelled():
            stopped.exception()


class Reader:
    """A consumer group member that reads topics from the beginning and commits explicitly."""

    def __init__(self, settings: ServiceSettings, *, topics: Sequence[str]) -> None:
        self._topics = topics
        self._joined = _Joined()
        self._session_seconds = settings.kafka_session_seconds
        instance = member_name(settings.service, settings.instance, topics)
        self._consumer = AIOKafkaConsumer(
            client_id=instance,
            group_id=group_of(settings.service, settings.topic_prefix),
            group_instance_id=instance,
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            session_timeout_ms=int(settings.kafka_session_seconds * 1000),
            heartbeat_interval_ms=int(settings.kafka_session_seconds * 200),
            max_poll_interval_ms=int(settings.kafka_poll_minutes * 60_000),
            fetch_max_bytes=settings.consumer_fetch_bytes,
            fetch_max_wait_ms=250,
            # Finds a topic that was deleted and created again.
            metadata_max_age_ms=int(settings.kafka_metadata_seconds * 1000),
            partition_assignment_strategy=(RangePartitionAssignor,),
            **Login.of(settings).options(),
        )

    async def start(self) -> None:
        """Raises TopicsMissing."""
        try:
            with own_trouble():
                await self._consumer.start()
                missing = set(self._topics) - await self._consumer.topics()
            if missing:
                raise TopicsMissing(", ".join(sorted(missing)))
        except BaseException:
            await self.stop()
            raise
        self._consumer.subscribe(list(self._topics), listener=self._joined)

    @property
    def has_joined(self) -> bool:
        """With more members than partitions, a member that has joined may be assigned none."""
        return self._joined.is_so

    async def read(self, *, most: int, wait_seconds: float) -> list[Record]:
        """Up to `most` records, per partition in order; empty when none came in time. Raises
        ClientBroke when a task of the client has ended."""
        require_alive(self._consumer)
        wait = self._consumer.getmany(timeout_ms=int(wait_seconds * 1000), max_records=most)
        try:
            # During a rebalance the client waits for its assignment, without a limit.
            async with asyncio.timeout(wait_seconds + REBALANCE_PATIENCE_SECONDS):
                with own_trouble():
                    found: Mapping[Partition, list[Record]] = await wait
        except TimeoutError:
            return []
        return [record for records in found.values() for record in records]

    async def commit(self, offsets: Mapping[Partition, int]) -> None:
        """Commits only the partitions still assigned; a rebalance is harmless. Raises TimeoutError
        when the broker does not answer within the session time-out."""
        ours = {part: offset for part, offset in offsets.items() if part in self.assignment()}
        if not ours:
            return
        try:
            async with asyncio.timeout(self._session_seconds):
                with own_trouble():
                    await self._consumer.commit(ours)
        except (CommitFailedError, IllegalStateError):
            # Another member has the partition now; its inbox drops duplicates.
            return

    def assignment(self) -> frozenset[Partition]:
        return frozenset(self._consumer.assignment())

    async def lag(self) -> int:
        """Uncommitted records of our partitions. Raises TimeoutError as `commit` does."""
        require_alive(self._consumer)
        async with asyncio.timeout(self._session_seconds):
            with own_trouble():
                return await lag_of(self._consumer)

    async def stop(self) -> None:
        await ends(self._consumer)


async def rewind(settings: ServiceSettings, topics: Sequence[str]) -> None:
    """Has the service read these topics from the beginning at its next start. Raises
    CommitFailedError while an instance reads, or stopped so recently that it may come back."""
    options = Login.of(settings).options()
    looking = AIOKafkaConsumer(*topics, **options)
    group = group_of(settings.service, settings.topic_prefix)
    committing = AIOKafkaConsumer(group_id=group, enable_auto_commit=False, **options)
    try:
        await looking.start()
        starts = await looking.beginning_offsets(list(looking.assignment()))
        await committing.start()
        committing.assign(list(starts))
        await committing.commit(starts)
    finally:
        await looking.stop()
        await committing.stop()


async def lag_of(consumer: AIOKafkaConsumer) -> int:
    parts = list(consumer.assignment())
    if not parts:
        return 0
    # Requests for offsets wait until the current fetch is answered, so send as few as possible.
    ends = await consumer.end_offsets(parts)
    committed = await asyncio.gather(*(consumer.committed(part) for part in parts))
    done = dict(zip(parts, committed, strict=True))
    untouched = [part for part in parts if done[part] is None and ends[part]]
    starts = await consumer.beginning_offsets(untouched) if untouched else {}
    return sum(max(0, ends[part] - (done[part] or starts.get(part, 0))) for part in parts)


async def why(error: BaseException, login: Login) -> str:
    if isinstance(error, TopicsMissing):
        return f"Kafka at {login.bootstrap} has no topics for {login.username} yet: {error.args[0]}"
    if is_too_late(error):
        return (
            f"Kafka at {login.bootstrap} refuses the time of records: clocks differ, or it is slow"
        )
    if isinstance(error, KafkaConnectionError | OSError) and (reason := await why_closed(login)):
        return reason
    return f"Kafka at {login.bootstrap}: {type(error).__name__}"
