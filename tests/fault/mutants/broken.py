"""Ways to break the product, each of which an invariant has to notice. Never part of it: patched in
from outside, into one process of a test."""

import asyncio
from collections.abc import Callable
from types import MappingProxyType
from typing import Any
from uuid import uuid4

from doorpakken_plumbing import failpoints
from doorpakken_plumbing.messaging import inbox, projection
from doorpakken_plumbing.messaging.applying import Applier
from doorpakken_plumbing.messaging.consumer import Consumer
from doorpakken_plumbing.messaging.heard import next_offsets
from doorpakken_plumbing.messaging.inbox import Outcome
from doorpakken_plumbing.messaging.leases import Leases
from doorpakken_plumbing.messaging.relay import Relay
from doorpakken_plumbing.mongo.database import UpdateOne
from doorpakken_plumbing.service import Service


def relay_marks_first() -> None:
    """Rows are marked as sent, and only then sent."""
    send = Relay._send_rows

    async def mark_and_send(self: Any, rows: Any, failed: Any) -> None:
        await self._mark_sent([row["_id"] for row in rows])
        await failpoints.reach("relay.acknowledged", *(row["topic"] for row in rows))
        await send(self, rows, failed)

    Relay._send_rows = mark_and_send  # type: ignore[method-assign]


def relay_stamps_nothing() -> None:
    """What is handed over has no time of its own, and no lease is looked at."""
    Leases.stamp_ms = lambda _self: None  # type: ignore[assignment, method-assign, return-value]


def consumer_commits_first() -> None:
    """Offsets are committed, and only then is anything applied."""
    handle = Consumer._handle

    async def commit_and_handle(self: Any, reader: Any, records: Any) -> None:
        if records:
            await reader.commit(next_offsets(records))
            await failpoints.reach("consumer.applied")
        await handle(self, reader, records)

    Consumer._handle = commit_and_handle  # type: ignore[method-assign]


def inbox_forgets() -> None:
    """Whatever was seen or folded before is applied again."""
    row = inbox._inbox_row
    inbox.decide = lambda *_a, **_k: Outcome.APPLIED
    inbox._inbox_row = lambda *given: row(*given) | {"_id": str(uuid4())}
    updates = inbox._guard_updates

    def guard_updates(messages: Any, outcomes: Any, seen: Any) -> list[UpdateOne]:
        seen.versions |= {message.subject: message.version for message in messages}
        return updates(messages, outcomes, seen)

    inbox._guard_updates = guard_updates


def fold_forgets() -> None:
    """A read model takes what is older than what it has."""
    upsert = projection._upsert

    def unguarded(message: Any, projections: Any) -> UpdateOne:
        return UpdateOne({"_id": message.key}, upsert(message, projections)._doc, upsert=True)

    projection._upsert = unguarded


def poison_is_dropped() -> None:
    """What cannot be handled is forgotten instead of parked."""

    async def drop(*_a: Any, **_k: Any) -> None:
        return None

    Applier._park = drop  # type: ignore[method-assign]


def mail_goes_twice() -> None:
    """Every mail is handed over a second time."""
    from doorpakken_notification.delivery.connection import Connection

    hand_over = Connection.hand_over

    async def twice(self: Any, *given: Any) -> Any:
        await hand_over(self, *given)
        return await hand_over(self, *given)

    Connection.hand_over = twice  # type: ignore[assignment, method-assign]


def deaf_in_silence() -> None:
    """What the client library cancels ends the consumer, and nobody notices."""

    async def cancelled(*_a: Any, **_k: Any) -> None:
        raise asyncio.CancelledError

    Consumer._handle = cancelled  # type: ignore[method-assign]
    Service.notice_end = lambda *_a, **_k: None  # type: ignore[method-assign]


def unfit_mail_is_forgotten() -> None:
    """A mail that cannot go is said to have gone, to whoever asks."""
    from doorpakken_notification.delivery import outcomes

    mark_ended = outcomes.mark_ended

    async def forgotten(tx: Any, key: str, *given: Any, **more: Any) -> None:
        await mark_ended(tx, key, *given, **more)
        await tx["mails"].update_one({"_id": key}, {"$unset": {"needs_staff": ""}})

    outcomes.mark_ended = forgotten


def seats_without_end() -> None:
    """No session is ever full."""
    from doorpakken_registration.seats.model.session import Session

    Session.is_full = property(lambda _self: False)  # type: ignore[assignment, method-assign]


def begins_before_it_ends() -> None:
    """What begins for somebody is written before what ends for them."""
    from doorpakken_registration.seats.store import sign_ups

    keep = sign_ups.keep_sign_ups

    async def made_first(tx: Any, *, made: Any, changed: Any) -> None:
        await keep(tx, made=made, changed=())
        await keep(tx, made=(), changed=changed)

    sign_ups.keep_sign_ups = made_first


MUTANTS: MappingProxyType[str, Callable[[], None]] = MappingProxyType(
    {
        one.__name__: one
        for one in (
            relay_marks_first,
            relay_stamps_nothing,
            consumer_commits_first,
            inbox_forgets,
            fold_forgets,
            poison_is_dropped,
            mail_goes_twice,
            deaf_in_silence,
            unfit_mail_is_forgotten,
            seats_without_end,
            begins_before_it_ends,
        )
    }
)
