"""Settles the ledger: writes the difference between the mails that are owed and those it has."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.time import clock

from doorpakken_notification.model.mail import Mail, OwedMail, adapted, new_mail
from doorpakken_notification.model.mail_kinds import MAIL_KINDS
from doorpakken_notification.model.mail_states import UNSENT, Cause, Reason, State
from doorpakken_notification.publish import publish
from doorpakken_notification.store.mails import Changes


def settle(
    tx: Transaction,
    changes: Changes,
    wanted_mails: Sequence[OwedMail],
    found: Iterable[Mail],
    of_person_id: str | None = None,
) -> None:
    """`found` are the ledger's mails about the same; `of_person_id` is whose they are where a mail
    does not say."""
    before = {mail.key: mail for mail in found}
    for wanted in wanted_mails:
        person_id = wanted.person_id or of_person_id
        if mail := before.get(wanted.key):
            after = adapted(mail, wanted)
            if after.state is not mail.state:
                after = _tell_stop(tx, after, person_id)
            # A new session version also makes this transaction conflict with a sender that is
            # working on the mail.
            changes.put(mail, after, Cause.FACTS)
        else:
            changes.add(_tell_stop(tx, new_mail(wanted, clock.real_now()), person_id))
    for key in before.keys() - {wanted.key for wanted in wanted_mails}:
        _drop(changes, before[key])


def _drop(changes: Changes, mail: Mail) -> None:
    """Removes a mail that is not owed any more. One that was never tried or published leaves no
    trace, so that the ledger does not depend on whether the state that called for it was
    received."""
    if mail.notice:
        return
    if not mail.version and not mail.attempt:
        changes.remove(mail.key)
    elif mail.state in UNSENT or mail.needs_staff:
        stopped = replace(mail, state=State.STOPPED, reason=Reason.NOT_OWED, needs_staff=False)
        changes.put(mail, stopped, Cause.NOT_OWED)


def _tell_stop(tx: Transaction, mail: Mail, person_id: str | None) -> Mail:
    is_told = mail.state is State.STOPPED and MAIL_KINDS[mail.kind].tells_stop
    return publish(tx, mail, person_id) if is_told and person_id else mail
