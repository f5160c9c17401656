"""The delivery loop: leases due mails and sends each over one of a few kept connections: composed,
intent with its bytes, handed over, journal, sent. An error in one mail does not affect others; none
is handed over again while it is unknown whether it arrived."""

import asyncio
import time
from collections.abc import Awaitable, Sequence
from datetime import timedelta
from typing import cast
from uuid import uuid4

import structlog
from doorpakken_plumbing import failpoints
from doorpakken_plumbing.mongo.database import PyMongoError, is_infrastructure
from doorpakken_plumbing.observing.waiting import Waiting
from doorpakken_plumbing.service import Service
from doorpakken_plumbing.time import clock

from doorpakken_notification.compose import compose, message_id_of
from doorpakken_notification.delivery import journal
from doorpakken_notification.delivery.connection import Connection
from doorpakken_notification.delivery.endings import Endings
from doorpakken_notification.delivery.journal import Journal
from doorpakken_notification.delivery.recovery import Recovery
from doorpakken_notification.model.contents import Contents, Ends, Recipient, Waits
from doorpakken_notification.model.mail import Mail
from doorpakken_notification.model.mail_kinds import MAIL_KINDS
from doorpakken_notification.model.mail_states import Reason, State
from doorpakken_notification.settings import Settings
from doorpakken_notification.store import address_mails, sending
from doorpakken_notification.store.reading import Reading

log = structlog.get_logger(__name__)

BEAT_SECONDS = 1.0
# Added to the end of a window, so that mails counted at its very end are in its mail.
GATHERED_LATER = timedelta(seconds=2)
WAITED_SHARE, LONGEST_WAIT_SECONDS = 0.1, 300.0


async def deliver(service: Service) -> None:
    sender = Sender(service, cast(Settings, service.settings))
    try:
        await sender.run()
    finally:
        await sender.stop()


class Sender:
    """Delivery of one instance. Sends nothing before its own journal is replayed."""

    def __init__(self, service: Service, settings: Settings) -> None:
        self._service = service
        self._documents = service.mongo
        self._settings = settings
        self._journal = Journal(journal.path_of(settings.data_dir, settings.instance))
        self._endings = Endings(service, settings)
        self._recovery = Recovery(service, settings, self._journal, self._endings)
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
                    await self._recovery.replay_journal()
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
            await self._recovery.beat(self._on_their_way)
        settings = self._settings
        leased = await sending.lease(
            self._documents,
            token=str(uuid4()),
            instance=settings.instance,
            most=settings.mail_batch_size,
            lease_seconds=settings.mail_lease_seconds,
        )
        reading = await self._read_for(leased)
        for mail in leased:
            task = asyncio.create_task(self._send(mail, reading), name="send mail")
            self._on_their_way[mail.key] = task
        if len(leased) < settings.mail_batch_size:
            await asyncio.sleep(settings.mail_poll_seconds)
        # Lease no more until half a batch is sent, so that leases do not lapse here.
        while len(self._on_their_way) > settings.mail_batch_size // 2:
            await asyncio.wait(self._on_their_way.values(), return_when=asyncio.FIRST_COMPLETED)

    async def _read_for(self, leased: Sequence[Mail]) -> Reading:
        """Reads the facts of all mails at once. If one is unreadable, every mail reads its own, so
        that only the mails that need it fail."""
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

    async def _send(self, mail: Mail, reading: Reading) -> None:
        try:
            if await self._is_taken(mail, reading):
                await self._endings.mark_sent(mail.key)
        except OSError as error:
            # The journal cannot be written, such as on a full disk: this instance must not go on.
            self._trouble = error
        except Exception as error:  # noqa: BLE001 - one mail's trouble is no other's
            await self._or_wait(self._endings.set_apart(mail, error), "a mail waits")
        finally:
            self._on_their_way.pop(mail.key, None)

    async def _or_wait(self, work: Awaitable[None], what: str) -> None:
        """Logs errors instead of raising them; an unavailable database is only noted."""
        try:
            await work
        except Exception as error:  # noqa: BLE001 - what is not waited for is in the log
            if isinstance(error, PyMongoError) and is_infrastructure(error):
                self._waiting.note(f"{what}: {self._documents.why(error)}")
            else:
                log.error("delivery goes on without", what=what, reason=type(error).__name__)

    async def _is_taken(self, mail: Mail, reading: Reading) -> bool:
        """True when the mail server accepted the mail: it is then in the journal and still has to
        be marked."""
        connection = await self._free.get()
        try:
            if self._is_stopping:
                await sending.give_back(self._documents, mail)
                return False
            return await self._hand_over(mail, reading, connection)
        finally:
            self._free.put_nowait(connection)

    async def _hand_over(self, mail: Mail, reading: Reading, connection: Connection) -> bool:
        written = await self._prepare(mail, reading)
        if written is None:
            return False
        (contents, content), attempt = written, mail.attempt + 1
        await failpoints.reach("delivery.intent")
        message_id = message_id_of(mail.mail_id, self._settings.mail_domain)

        async def begin() -> bool:
            if not await sending.is_meant(self._documents, mail):
                return False
            await self._journal.begin(message_id, attempt)
            return True

        address = contents.recipient.address or ""
        failure = await connection.hand_over(self._settings.mail_from, address, content, begin)
        if failure:
            await self._endings.fail(mail, address, failure)
            return False
        await failpoints.reach("delivery.accepted")
        await self._journal.take(message_id, attempt)
        await failpoints.reach("delivery.journaled")
        return True

    async def _prepare(self, mail: Mail, reading: Reading) -> tuple[Contents, bytes] | None:
        """What is to be handed over, once its intent is written; None where it does not go now."""
        early_seconds = self._early_seconds(mail)
        if early_seconds > 0:
            await sending.wait_for(self._documents, mail, None, early_seconds)
            return None
        try:
            contents, content = await compose(mail, reading, self._settings)
        except Waits as waits:
            seconds = self._wait_seconds(mail)
            await sending.wait_for(self._documents, mail, waits.subject, seconds)
            return None
        except Ends as ends:
            await self._endings.end(mail, ends.state, ends.reason, ends.person_id, ends.told)
            return None
        if await self._is_too_many(mail, contents.recipient):
            return None
        is_ours = await sending.mark_intent(
            self._documents,
            mail,
            person_id=contents.recipient.person_id,
            content=content,
            told=contents.told,
            lease_seconds=self._settings.mail_lease_seconds,
            keep_seconds=timedelta(days=self._settings.mail_bytes_keep_days).total_seconds(),
        )
        return (contents, content) if is_ours else None

    async def _is_too_many(self, mail: Mail, recipient: Recipient) -> bool:
        """True when the address reached its limit; the mail is then part of one later mail."""
        if not MAIL_KINDS[mail.kind].is_capped or mail.attempt or mail.gathers:
            return False
        settings = self._settings
        counted = await address_mails.count_mail(
            self._documents,
            address_mails.key_of(settings.keys, recipient.address or ""),
            mail.key,
            most=settings.mails_per_address,
            window=timedelta(minutes=settings.mails_per_address_minutes),
        )
        if counted.mails <= settings.mails_per_address:
            return False
        if counted.gathered_in == mail.key:
            await sending.gather(self._documents, mail, counted.until + GATHERED_LATER)
        else:
            state, reason, later = State.STOPPED, Reason.GATHERED, counted.gathered_in
            await self._endings.end(mail, state, reason, recipient.person_id, gathered_in=later)
        return True

    def _early_seconds(self, mail: Mail) -> float:
        gathers = MAIL_KINDS[mail.kind].gathers
        if mail.attempt or not gathers:
            return 0
        seconds = {
            "seat": self._settings.mail_gather_seconds,
            "gathering": self._settings.gathering_gather_seconds,
            "day": self._settings.reminders_gather_seconds,
        }
        waited = clock.real_now() - mail.owed_at
        return seconds[gathers] - waited.total_seconds()

    def _wait_seconds(self, mail: Mail) -> float:
        """Until the next check; longer the longer it waits, since its parent makes it due at
        once."""
        waited = clock.real_now() - mail.owed_at
        longest = min(WAITED_SHARE * waited.total_seconds(), LONGEST_WAIT_SECONDS)
        return max(self._settings.parent_wait_seconds, longest)
