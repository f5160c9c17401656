"""What becomes of a mail in hand when it was sent, when it cannot be sent, and when its sender
stopped after the intent. No second hand-over while it is unknown whether the first one arrived."""

import random

import structlog
from doorpakken_plumbing.messaging.lanes import Command
from doorpakken_plumbing.mongo.database import is_infrastructure
from doorpakken_plumbing.observing.tracing import Origin
from doorpakken_plumbing.service import Service
from doorpakken_plumbing.time import clock

from doorpakken_notification.compose import message_id_of
from doorpakken_notification.delivery import outcomes
from doorpakken_notification.delivery.journal import Told
from doorpakken_notification.model.calendar_notices import CalendarEntry
from doorpakken_notification.model.mail import Mail
from doorpakken_notification.model.mail_states import Reason, State
from doorpakken_notification.model.verdict import (
    GIVE_UP_AFTER,
    Failure,
    Stage,
    Verdict,
    retry_delay_seconds,
    verdict_of,
)
from doorpakken_notification.settings import Settings
from doorpakken_notification.store import sending, set_apart

log = structlog.get_logger(__name__)

SENT_LANE = "mails sent"


class Endings:
    """The outcomes of mails, for one instance."""

    def __init__(self, service: Service, settings: Settings) -> None:
        self._service = service
        self._settings = settings

    async def mark_sent(self, key: str) -> None:
        try:
            await self._service.lanes.submit(SENT_LANE, key, outcomes.mark_sent)
        except Exception as error:
            if is_infrastructure(error):
                raise
            # The mail has arrived, although reconciling what follows from it failed.
            log.error("a sent mail was not reconciled", mail=key, reason=type(error).__name__)
            alone = Command(key, Origin.current())
            await self._service.transact(lambda tx: outcomes.mark_sent_alone(tx, alone))

    async def resolve_intent(self, mail: Mail, told: Told, *, is_ours: bool) -> None:
        """For a mail whose sender stopped after the intent. Only our own journal proves that a
        mail was not begun: another instance may be slow and not gone."""
        message_id = message_id_of(mail.mail_id, self._settings.mail_domain)
        if message_id in told.taken:
            await self.mark_sent(mail.key)
        elif is_ours and told.is_whole and (message_id, mail.attempt) not in told.begun:
            await self._put_off(mail, code=None, delay_seconds=0)
        else:
            await self._hold(mail)

    async def set_apart(self, mail: Mail, error: Exception) -> None:
        # Infrastructure: the lease lapses, and the journal has the outcome if the mail was sent.
        if is_infrastructure(error):
            raise error
        key = mail.key
        log.error("a mail is set apart", mail=key, kind=mail.kind, reason=type(error).__name__)
        try:
            await self._service.transact(lambda tx: outcomes.mark_failed(tx, key))
        except Exception as worse:
            if is_infrastructure(worse):
                raise
            log.error("a mail is set apart in silence", mail=key, reason=type(worse).__name__)
            await set_apart.keep_apart(self._service.mongo, key)

    async def fail(self, mail: Mail, address: str, failure: Failure) -> None:
        key, verdict = mail.key, verdict_of(failure)
        log.warning(
            "mail not taken", stage=str(failure.stage), code=failure.code, verdict=str(verdict)
        )
        if verdict is Verdict.BOUNCED:
            await self._service.transact(lambda tx: outcomes.mark_bounced(tx, key, address))
        elif verdict is Verdict.STOPPED:
            await self.end(mail, State.STOPPED, _refused(failure), None)
        elif verdict is Verdict.AMBIGUOUS:
            await self._hold(mail)
        elif _is_hopeless(mail):
            await self.end(mail, State.STOPPED, Reason.GAVE_UP, None)
        else:
            delay = retry_delay_seconds(failure.code, mail.attempt + 1, random.random())
            await self._put_off(mail, code=failure.code, delay_seconds=delay)

    async def end(
        self,
        mail: Mail,
        state: State,
        reason: Reason,
        person_id: str | None,
        told: CalendarEntry | None = None,
        gathered_in: str | None = None,
    ) -> None:
        await self._service.transact(
            lambda tx: outcomes.mark_ended(
                tx, mail.key, state, reason, person_id, told, gathered_in
            )
        )

    async def _hold(self, mail: Mail) -> None:
        """The outcome is unknown: staff decide, unless settings prefer a second copy to none."""
        if self._settings.mail_ambiguous == "resend":
            await self._put_off(mail, code=None, delay_seconds=0, is_doubtful=True)
        else:
            await self.end(mail, State.AMBIGUOUS, Reason.UNKNOWN_OUTCOME, None)

    async def _put_off(
        self, mail: Mail, *, code: int | None, delay_seconds: float, is_doubtful: bool = False
    ) -> None:
        await sending.put_off(
            self._service.mongo,
            mail.key,
            mail.held_by.token,
            code=code,
            delay_seconds=delay_seconds,
            is_doubtful=is_doubtful,
        )


def _is_hopeless(mail: Mail) -> bool:
    first = mail.first_tried_at
    return first is not None and clock.real_now() - first > GIVE_UP_AFTER


def _refused(failure: Failure) -> Reason:
    if not failure.is_unfit:
        return Reason.REFUSED
    return Reason.BAD_ADDRESS if failure.stage is Stage.RECIPIENT else Reason.OUR_FAULT
