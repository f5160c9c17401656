"""The send protocol for one leased row: checks, intent with its bytes, hand-over, journal, outcome.
No second hand-over while it is unknown whether the first one arrived; an error in one row does not
affect others."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import structlog
from doorpakken_plumbing import failpoints
from doorpakken_plumbing.messaging.lanes import Command
from doorpakken_plumbing.mongo.database import Document, is_infrastructure
from doorpakken_plumbing.observing.tracing import Origin
from doorpakken_plumbing.service import Service
from doorpakken_plumbing.texts.mail_addresses import wire_address_of
from doorpakken_plumbing.time import clock

from doorpakken_notification.compose import compose, message_id_of
from doorpakken_notification.contents import contents_of
from doorpakken_notification.delivery import outcomes
from doorpakken_notification.delivery.connection import Connection
from doorpakken_notification.delivery.journal import Journal, Told
from doorpakken_notification.model.contents import Contents, Ends, Recipient, Waits
from doorpakken_notification.model.mail import Reason, State
from doorpakken_notification.model.mail_kinds import MAIL_KINDS
from doorpakken_notification.model.verdict import (
    GIVE_UP_AFTER,
    Failure,
    Stage,
    Verdict,
    retry_delay_seconds,
    verdict_of,
)
from doorpakken_notification.settings import Settings
from doorpakken_notification.store import address_mails, mail_bytes, mails, set_apart
from doorpakken_notification.store.reading import Reading

log = structlog.get_logger(__name__)

SENT_LANE = "mails sent"
# Added to the end of a window, so that rows counted at its very end are in its mail.
GATHERED_LATER = timedelta(seconds=2)
WAITED_SHARE, LONGEST_WAIT_SECONDS = 0.1, 300.0


@dataclass(frozen=True)
class Ready:
    """A mail whose intent is written."""

    row: Document
    address: str
    content: bytes
    attempt: int


class Steps:
    """The steps of the protocol, for one instance."""

    def __init__(self, service: Service, settings: Settings, journal: Journal) -> None:
        self._service = service
        self._settings = settings
        self._journal = journal

    async def send(self, row: Document, reading: Reading, connection: Connection) -> bool:
        """True when the mail server accepted the mail: it is then in the journal and still has to
        be marked."""
        ready = await self._prepare(row, reading)
        if ready is None:
            return False
        await failpoints.reach("delivery.intent")
        message_id = self._message_id(row)

        async def begin() -> bool:
            if not await mails.is_meant(self._service.mongo, row["_id"], row["lease"]["token"]):
                return False
            await self._journal.begin(message_id, ready.attempt)
            return True

        failure = await connection.hand_over(
            self._settings.mail_from, ready.address, ready.content, begin
        )
        if failure:
            await self._fail(ready, failure)
            return False
        await failpoints.reach("delivery.accepted")
        await self._journal.take(message_id, ready.attempt)
        await failpoints.reach("delivery.journaled")
        return True

    async def settle_intent(self, row: Document, told: Told, *, is_ours: bool) -> None:
        """Resolves a mail whose sender stopped after the intent. Only our own journal proves that a
        mail was not begun: another instance may be slow and not gone."""
        message_id = self._message_id(row)
        if message_id in told.taken:
            await self.mark_sent(row["_id"])
        elif is_ours and told.is_whole and (message_id, row["attempt"]) not in told.begun:
            await self._put_off(row, code=None, delay_seconds=0)
        else:
            await self._hold(row)

    async def mark_sent(self, key: str) -> None:
        try:
            await self._service.lanes.submit(SENT_LANE, key, outcomes.mark_sent)
        except Exception as error:
            if is_infrastructure(error):
                raise
            # The mail has arrived, although reconciling what follows from it failed.
            log.error("a sent mail was not settled", row=key, reason=type(error).__name__)
            alone = Command(key, Origin.current())
            await self._service.transact(lambda tx: outcomes.mark_sent_alone(tx, alone))

    async def set_apart(self, row: Document, error: Exception) -> None:
        key = row["_id"]
        log.error("a mail is set apart", row=key, kind=row.get("kind"), reason=type(error).__name__)
        try:
            await self._service.transact(lambda tx: outcomes.mark_failed(tx, key))
        except Exception as worse:
            if is_infrastructure(worse):
                raise
            log.error("a mail is set apart in silence", row=key, reason=type(worse).__name__)
            await set_apart.keep_apart(self._service.mongo, key)

    async def _prepare(self, row: Document, reading: Reading) -> Ready | None:
        documents, key, token = self._service.mongo, row["_id"], row["lease"]["token"]
        early_seconds = self._early_seconds(row)
        if early_seconds > 0:
            await mails.wait_for(documents, key, token, None, early_seconds)
            return None
        try:
            contents, content = await self._write(row, reading)
        except Waits as waits:
            await mails.wait_for(documents, key, token, waits.subject, self._wait_seconds(row))
            return None
        except Ends as ends:
            await self._end(key, ends.state, ends.reason, ends.person_id, ends.told)
            return None
        recipient = contents.recipient
        if await self._is_too_many(row, recipient):
            return None
        is_ours = await mails.mark_intent(
            documents,
            row,
            person_id=recipient.person_id,
            content=content,
            told=dict(contents.told) if contents.told else None,
            lease_seconds=self._settings.mail_lease_seconds,
            keep_seconds=timedelta(days=self._settings.mail_bytes_keep_days).total_seconds(),
        )
        address = recipient.address or ""
        return Ready(row, address, content, row["attempt"] + 1) if is_ours else None

    async def _is_too_many(self, row: Document, recipient: Recipient) -> bool:
        """True when the address reached its limit; the row is then part of one later mail."""
        if not MAIL_KINDS[row["kind"]].is_capped or row["attempt"] or row.get("gathers"):
            return False
        settings, key = self._settings, row["_id"]
        counted = await address_mails.count_mail(
            self._service.mongo,
            address_mails.key_of(settings.keys, recipient.address or ""),
            key,
            most=settings.mails_per_address,
            window=timedelta(minutes=settings.mails_per_address_minutes),
        )
        if counted.mails <= settings.mails_per_address:
            return False
        if counted.gathered_in == key:
            until = counted.until + GATHERED_LATER
            await mails.gather(self._service.mongo, key, row["lease"]["token"], until)
        else:
            await self._service.transact(
                lambda tx: outcomes.mark_ended(
                    tx,
                    key,
                    State.STOPPED,
                    Reason.GATHERED,
                    recipient.person_id,
                    gathered_in=counted.gathered_in,
                )
            )
        return True

    def _early_seconds(self, row: Document) -> float:
        if row["attempt"] or not MAIL_KINDS[row["kind"]].gathers:
            return 0
        waited: timedelta = clock.real_now() - row["owed_at"]
        return self._settings.mail_gather_seconds - waited.total_seconds()

    def _wait_seconds(self, row: Document) -> float:
        """Until the next check; longer the longer it waits, since its parent makes it due at
        once."""
        waited: timedelta = clock.real_now() - row["owed_at"]
        longest = min(WAITED_SHARE * waited.total_seconds(), LONGEST_WAIT_SECONDS)
        return max(self._settings.parent_wait_seconds, longest)

    async def _write(self, row: Document, reading: Reading) -> tuple[Contents, bytes]:
        """Reuses the bytes of the first attempt while they are true; raises Waits or Ends."""
        contents = await self._contents(row, reading)
        if row["attempt"] and _still_says(row, contents):
            known = await mail_bytes.find_bytes(self._service.mongo, row["_id"])
            if known:
                return replace(contents, told=row.get("told")), known
        try:
            mail = compose(contents, row["mail_id"], self._settings, clock.now())
        except Exception as error:
            # Depends only on what people typed: one mail that cannot be made must not block others.
            log.error("mail not composed", kind=row["kind"], reason=type(error).__name__)
            person_id = contents.recipient.person_id
            raise Ends(State.STOPPED, Reason.NOT_COMPOSED, person_id) from error
        if len(mail) > self._settings.mail_size_bytes_max:
            raise Ends(State.STOPPED, Reason.TOO_LARGE, contents.recipient.person_id)
        return contents, mail

    async def _contents(self, row: Document, reading: Reading) -> Contents:
        contents = await contents_of(reading, row, self._settings)
        recipient = contents.recipient
        if not recipient.address:
            raise Ends(State.ON_PAPER, Reason.NO_ADDRESS, recipient.person_id, contents.told)
        try:
            address = wire_address_of(recipient.address)
        except ValueError as error:
            raise Ends(State.STOPPED, Reason.BAD_ADDRESS, recipient.person_id) from error
        return replace(contents, recipient=replace(recipient, address=address))

    async def _fail(self, ready: Ready, failure: Failure) -> None:
        key, verdict = ready.row["_id"], verdict_of(failure)
        log.warning(
            "mail not taken", stage=str(failure.stage), code=failure.code, verdict=str(verdict)
        )
        if verdict is Verdict.BOUNCED:
            await self._service.transact(lambda tx: outcomes.mark_bounced(tx, key, ready.address))
        elif verdict is Verdict.STOPPED:
            await self._end(key, State.STOPPED, _refused(failure), None)
        elif verdict is Verdict.AMBIGUOUS:
            await self._hold(ready.row)
        elif self._is_hopeless(ready.row):
            await self._end(key, State.STOPPED, Reason.GAVE_UP, None)
        else:
            chance = random.random()
            delay = retry_delay_seconds(failure.code, ready.attempt, chance)
            await self._put_off(ready.row, code=failure.code, delay_seconds=delay)

    async def _put_off(
        self, row: Document, *, code: int | None, delay_seconds: float, is_doubtful: bool = False
    ) -> None:
        documents, token = self._service.mongo, row["lease"]["token"]
        await mails.put_off(
            documents,
            row["_id"],
            token,
            code=code,
            delay_seconds=delay_seconds,
            is_doubtful=is_doubtful,
        )

    def _is_hopeless(self, row: Document) -> bool:
        first = row.get("first_tried_at")
        return first is not None and clock.real_now() - first > GIVE_UP_AFTER

    async def _hold(self, row: Document) -> None:
        """The outcome is unknown: staff decide, unless settings prefer a second copy to none."""
        if self._settings.mail_ambiguous == "resend":
            await self._put_off(row, code=None, delay_seconds=0, is_doubtful=True)
        else:
            await self._end(row["_id"], State.AMBIGUOUS, Reason.UNKNOWN_OUTCOME, None)

    async def _end(
        self,
        key: str,
        state: State,
        reason: Reason,
        person_id: str | None,
        told: Mapping[str, Any] | None = None,
    ) -> None:
        await self._service.transact(
            lambda tx: outcomes.mark_ended(tx, key, state, reason, person_id, told)
        )

    def _message_id(self, row: Document) -> str:
        return message_id_of(row["mail_id"], self._settings.mail_domain)


def _still_says(row: Document, contents: Contents) -> bool:
    """True if the first attempt's bytes are still true, or may have arrived already. A seat that
    certainly was not mailed yet is described as it is now."""
    before, now = row.get("told"), contents.told
    return (
        not now or not before or bool(row.get("is_doubtful")) or before["moment"] == now["moment"]
    )


def _refused(failure: Failure) -> Reason:
    if not failure.is_unfit:
        return Reason.REFUSED
    return Reason.BAD_ADDRESS if failure.stage is Stage.RECIPIENT else Reason.OUR_FAULT
