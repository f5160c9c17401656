"""What an owner of the broker may do to one topic, and undo: take a right, remove the topic."""

from dataclasses import dataclass

from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.protocol.admin import DeleteAclsRequest
from doorpakken_events.catalogue import CATALOGUE
from doorpakken_local.infrastructure import PARTITIONS
from doorpakken_plumbing.kafka.admin import ensure_rights, ensure_topics
from doorpakken_plumbing.kafka.records import Login
from doorpakken_plumbing.kafka.requests import ALLOW, LITERAL, TOPIC, WRITE, Right


@dataclass(frozen=True)
class Owner:
    """Somebody who may do all."""

    login: Login

    async def revoke_write(self, topic: str) -> None:
        """Its emitter may write to it no more."""
        client = AIOKafkaAdminClient(**self.login.options())
        await client.start()
        principal = f"User:{CATALOGUE[topic].emitter}"
        await client._send_to_controller(
            DeleteAclsRequest(TOPIC, topic, LITERAL, principal, "*", WRITE, ALLOW)
        )
        await client.close()

    async def allow_write(self, topic: str) -> None:
        """It may again."""
        right = Right(CATALOGUE[topic].emitter, TOPIC, topic, LITERAL, WRITE)
        await ensure_rights(self.login, [right])

    async def remove(self, topic: str) -> None:
        """The topic with all that was said on it."""
        client = AIOKafkaAdminClient(**self.login.options())
        await client.start()
        await client.delete_topics([topic])
        await client.close()

    async def make(self, topic: str) -> None:
        """The topic anew, empty."""
        await ensure_topics(self.login, [CATALOGUE[topic]], partitions=PARTITIONS)
