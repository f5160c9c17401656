"""The delivery loop: leases due rows, sends them over a few kept connections, cleans up after other
instances. Does not start sending before its own journal is replayed."""

import asyncio
import time
from collections.abc import Awaitable, Sequence
from typing import cast
from uuid import uuid4

import structlog
from doorpakken_plumbing.mongo.database import Document, PyMongoError, is_infrastructure
from doorpakken_plumbing.observing.waiting import Waiting
from doorpakken_plumbing.service import Service
from doorpakken_plumbing.time import clock

from doorpakken_notification import waves
from doorpakken_notification.delivery import journal
from doorpakken_notification.delivery.connection import Connection
from doorpakken_notification.delivery.journal import Journal
from doorpakken_notification.delivery.steps import Steps
from doorpakken_notification.model.mail import State
from doorpakken_notification.settings import Settings
from doorpakken_notification.store import mail_bytes, mails
from doorpakken_notification.store.reading import Reading

log = structlog.get_logger(__name__)

BEAT_SECONDS = 1.0


async def deliver(service: Service) -> None:
    sender = Sender(service, cast(Settings, service.settings))
    try:
        await sender.run()
    finally:
        await sender.stop()


class Sender:
    """Delivery of one instance."""

    def __init__(self, service: Service, settings: Settings) -> None:
        self._documents = service.mongo
        self._settings = settings
        self._journal = Journal(journal.path_of(settings.data_dir, settings.instance))
        self._steps = Steps(service, settings, self._journal)
        self._on_their_way: dict[str, asyncio.Task[None]] = {}
        self._waiting = Waiting()
        self._is_stopping = False
        self._trouble: Exception | None = None
        self._next_beat = 0.0
        self._free: asyncio.Queue[Connection] = asyncio.Queue()
        url = settings.smtp_url.get_secret_value()
        for _ in range(settings.mail_connections):
            self._free.put_nowait(Connection(url, timeout_seconds=settings.smtp_timeout_seconds))

    async def run(self) -> None:
        """Never returns; waits while the database is unavailable."""
        is_replayed = False
        while True:
            try:
                if not is_replayed:
                    await self._replay_journal()
                    is_replayed = True
                while True:
                    await self._round()
                    self._waiting.over()
            except PyMongoError as error:
                if not is_infrastructure(error):
                    raise
                self._waiting.note(f"delivery waits: {self._documents.why(error)}")
            await asyncio.sleep(self._settings.retry_delay_seconds_max)

    async def stop(self) -> None:
        self._is_stopping = True
        if self._on_their_way:
            await asyncio.wait(self._on_their_way.values())
        while not self._free.empty():
            await self._free.get_nowait().close()
        self._journal.close()

    async def _round(self) -> None:
        if self._trouble:
            raise self._trouble
        if time.monotonic() >= self._next_beat:
            self._next_beat = time.monotonic() + BEAT_SECONDS
            await self._beat()
        settings = self._settings
        leased = await mails.lease(
            self._documents,
            token=str(uuid4()),
            instance=settings.instance,
            most=settings.mail_batch_size,
            lease_seconds=settings.mail_lease_seconds,
        )
        reading = await self._read_for(leased)
        for row in leased:
            task = asyncio.create_task(self._send(row, reading), name="send mail")
            self._on_their_way[row["_id"]] = task
        if len(leased) < settings.mail_batch_size:
            await asyncio.sleep(settings.mail_poll_seconds)
        # Lease no more until half a batch is sent, so that leases do not lapse here.
        while len(self._on_their_way) > settings.mail_batch_size // 2:
            await asyncio.wait(self._on_their_way.values(), return_when=asyncio.FIRST_COMPLETED)

    async def _read_for(self, leased: Sequence[Document]) -> Reading:
        """Reads the facts of all rows at once. If one is unreadable, every row reads its own, so
        that only the rows that need it fail."""
        reading = Reading(self._documents)
        try:
            if leased:
                await reading.prefetch(leased)
        except Exception as error:
            if is_infrastructure(error):
                raise
            log.error("facts not read at once", reason=type(error).__name__)
            return Reading(self._documents)
        return reading

    async def _send(self, row: Document, reading: Reading) -> None:
        try:
            if await self._hand_over(row, reading):
                await self._steps.mark_sent(row["_id"])
        except OSError as error:
            # The journal cannot be written, such as on a full disk: this instance must not go on.
            self._trouble = error
        except Exception as error:  # noqa: BLE001 - one row's trouble is no other's
            await self._or_wait(self._set_apart(row, error), "a mail waits")
        finally:
            self._on_their_way.pop(row["_id"], None)

    async def _set_apart(self, row: Document, error: Exception) -> None:
        # Infrastructure: the lease lapses, and the journal has the outcome if the mail was sent.
        if is_infrastructure(error):
            raise error
        await self._steps.set_apart(row, error)

    async def _or_wait(self, work: Awaitable[None], what: str) -> None:
        """Logs errors instead of raising them; an unavailable database is only noted."""
        try:
            await work
        except Exception as error:  # noqa: BLE001 - what is not waited for is in the log
            if isinstance(error, PyMongoError) and is_infrastructure(error):
                self._waiting.note(f"{what}: {self._documents.why(error)}")
            else:
                log.error("delivery goes on without", what=what, reason=type(error).__name__)

    async def _hand_over(self, row: Document, reading: Reading) -> bool:
        connection = await self._free.get()
        try:
            if not self._is_stopping:
                return await self._steps.send(row, reading, connection)
            back = {"state": str(State.QUEUED)}
            await mails.give_back(self._documents, row["_id"], row["lease"]["token"], back)
            return False
        finally:
            self._free.put_nowait(connection)

    async def _beat(self) -> None:
        by_rule = self._settings.wave_release == "when_complete"
        await waves.keep_moving(self._documents, when_complete=by_rule)
        await mails.free_lapsed(self._documents)
        await mail_bytes.drop_old(self._documents, clock.real_now())
        for row in await mails.list_lapsed_intents(self._documents):
            if row["_id"] not in self._on_their_way:
                await self._settle(row)
        if not self._on_their_way and not await self._intents():
            self._journal.trim(self._settings.journal_size_bytes)

    async def _replay_journal(self) -> None:
        await mails.free_own(self._documents, self._settings.instance)
        for row in await self._intents():
            await self._settle(row)
        self._journal.trim()

    async def _intents(self) -> list[Document]:
        return await mails.list_intents(self._documents, self._settings.instance)

    async def _settle(self, row: Document) -> None:
        by = row["lease"]["by"]
        told = journal.read(journal.path_of(self._settings.data_dir, by))
        try:
            await self._steps.settle_intent(row, told, is_ours=by == self._settings.instance)
        except Exception as error:  # noqa: BLE001 - one row's trouble is no other's
            await self._set_apart(row, error)
