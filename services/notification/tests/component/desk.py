"""Notification without its Kafka: handlers, ledger and delivery on a database of their own, and the
mailbox to look into."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import httpx
from doorpakken_events.catalogue import topic_of
from doorpakken_events.envelope import envelope_of
from doorpakken_events.event import Event
from doorpakken_notification import waves
from doorpakken_notification.delivery import deliver
from doorpakken_notification.main import PARTS
from doorpakken_notification.settings import Settings
from doorpakken_plumbing.identity.links import Link, read_link
from doorpakken_plumbing.messaging import inbox
from doorpakken_plumbing.messaging.heard import Message, read_message
from doorpakken_plumbing.mongo import layout
from doorpakken_plumbing.mongo.database import Document
from doorpakken_plumbing.service import INDEXES, Service
from doorpakken_plumbing.time import clock
from uuid_utils import uuid7

from tests.probe import becomes


class Desk:
    """One notification in the hands of a test."""

    def __init__(self, settings: Settings, mailbox_url: str) -> None:
        self.settings = settings
        self.service = Service(settings, PARTS)
        self.mongo = self.service.mongo
        self._mailbox = httpx.AsyncClient(base_url=mailbox_url)

    async def open(self) -> None:
        """Marks the database and makes the indexes."""
        assert await layout.why_not_ours(self.mongo) is None
        await self.mongo.make_indexes([*INDEXES, *PARTS.indexes])

    async def close(self) -> None:
        """Leaves everything as it is."""
        await self._mailbox.aclose()
        self.mongo.close()

    async def hear(self, *events: tuple[Event, int]) -> None:
        """Handles events with their versions, in this order, as the consumer does."""
        for event, version in events:
            await self._apply(_message(type(event), event.key, event, version))

    async def hear_gone(self, event: type[Event], key: str, version: int) -> None:
        """Handles a tombstone."""
        await self._apply(_message(event, key, None, version))

    async def release(self, wave_id: str) -> waves.Wave:
        """Lets a wave go, as staff do."""
        return await self.service.transact(lambda tx: waves.release(tx, wave_id, "staff-1"))

    @asynccontextmanager
    async def delivering(self) -> AsyncIterator[None]:
        """Delivery runs inside."""
        task = asyncio.create_task(deliver(self.service))
        try:
            yield
        finally:
            if not task.done():
                task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def states(self) -> dict[str, str]:
        """The state of each mail by its key."""
        return {row["_id"]: row["state"] for row in await self.mongo["mails"].find({})}

    async def stored(self, key: str) -> Document:
        """One mail as the database has it."""
        found = await self.mongo["mails"].find_one({"_id": key})
        assert found, key
        return found

    async def settles(self, state: str, count: int, *, seconds: float = 15) -> None:
        """Waits until so many mails are in that state."""
        mails = self.mongo["mails"]
        await becomes(lambda: mails.count({"state": state}), count, seconds=seconds)

    async def said(self, topic: str) -> list[dict[str, Any]]:
        """What was said on a topic, with its version."""
        found = await self.mongo["outbox"].find({"topic": topic}, sort=[("_id", 1)])
        return [{**json.loads(row["payload"]), "version": row["version"]} for row in found]

    async def mail_of(self, address: str, kind: str) -> dict[str, Any]:
        """The only mail of a kind to an address."""
        sent = [row["mail_id"] for row in await self.mongo["mails"].find({"kind": kind})]
        domain = self.settings.mail_domain
        ids = {f"<{mail_id}@{domain}>" for mail_id in sent}
        found = await self.mails(address)
        (mail,) = [one for one in found if _header(one, "message-id") in ids]
        return mail

    def link_in(self, text: str) -> Link:
        """The first personal link in a text."""
        start = f"{self.settings.registration_url}/l/"
        token = text.split(start, 1)[1].split()[0]
        return read_link(self.settings.keys, token, clock.now())

    async def mails(self, address: str) -> list[dict[str, Any]]:
        """The mails to an address, each whole."""
        listed = (await self._mailbox.get("/api/mails", params={"to": address})).json()["items"]
        return [(await self._mailbox.get(f"/api/mails/{mail['id']}")).json() for mail in listed]

    async def _apply(self, message: Message) -> None:
        assert message.problem is None, message.problem
        await self.service.transact(
            lambda tx: inbox.apply(tx, [message], PARTS.handlers, PARTS.tombstones)
        )


def _header(mail: dict[str, Any], name: str) -> str:
    return {key.lower(): str(text) for key, text in mail["headers"].items()}[name]


def _message(event: type[Event], key: str, data: Event | None, version: int) -> Message:
    envelope = envelope_of(
        event,
        key,
        service=topic_of(event).emitter,
        event_id=str(uuid7()),
        version=version,
        time=clock.now(),
    )
    return read_message(
        topic=event.TOPIC,
        partition=0,
        offset=0,
        key=key,
        headers=tuple(envelope.headers()),
        value=data.payload() if data else None,
    )
