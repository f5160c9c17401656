"""Erases a person: deletes facts, mails and the bytes of mails, and no mail follows. A mail that is
being sent is stopped too, unless its text had already been sent."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from doorpakken_events.erasure import PersonErased
from doorpakken_events.event import Event
from doorpakken_events.notification import MailState
from doorpakken_events.registration import AttendeeState, CommitmentState, MailRequested
from doorpakken_events.staff import StaffState
from doorpakken_plumbing.identity import acts
from doorpakken_plumbing.messaging import erasure, newest, owners
from doorpakken_plumbing.messaging.heard import ReceivedEvent
from doorpakken_plumbing.messaging.owners import ATTENDEE, PERSON
from doorpakken_plumbing.messaging.transaction import Transaction

from doorpakken_notification.model.promises import Promise
from doorpakken_notification.store import mail_bytes, mails, promises, suppressions
from doorpakken_notification.store.documents import MAILS
from doorpakken_notification.store.facts import STATES


async def on_person_erased(tx: Transaction, heard: ReceivedEvent[PersonErased]) -> None:
    person_id = heard.data.person_id
    attendee_ids = await newest.list_ids_where(tx, AttendeeState, person_id=person_id)
    # Mails to others on behalf of this person go without their name.
    named_in = await newest.list_ids_where(tx, MailRequested, from_person_id=person_id)
    promised = await promises.list_around(tx, person_id)
    await owners.unname(tx, STATES, person_id)
    taken = await owners.take(tx, STATES, {PERSON: [person_id], ATTENDEE: attendee_ids})
    await acts.unname(tx, taken[StaffState.AGGREGATE])
    await suppressions.forget_person(tx, person_id)
    await suppressions.forget_unsubscribed(tx, person_id)
    await mail_bytes.forget_objects(tx, named_in)
    await forget_words(tx, promised)
    about = _about(taken)
    erased = {name: len(ids) for name, ids in taken.items()}
    erased[acts.ACTS] = await acts.forget(tx, person_id)
    erased[MAILS] = await _forget_mails(tx, [person_id, *attendee_ids, *about])
    await erasure.mark(tx, attendee_ids)
    erased |= await erasure.wipe(tx, [person_id, *attendee_ids])
    erasure.confirm(tx, person_id, erased)


async def forget_words(tx: Transaction, promised: Sequence[Promise]) -> None:
    """The bytes of mails that say what somebody promised, to whomever they went."""
    await mail_bytes.forget_objects(tx, [one.id for one in promised])
    for person_id in sorted({person for one in promised for person in one.people}):
        await mail_bytes.forget_person(tx, person_id)


async def on_attendee_gone(tx: Transaction, key: str) -> None:
    await newest.remove(tx, AttendeeState, key)
    taken = await owners.take(tx, STATES, {ATTENDEE: [key]})
    await _forget_mails(tx, [key, *(one for ids in taken.values() for one in ids)])
    await erasure.wipe(tx, [key])


def on_gone(state: type[Event]) -> Callable[[Transaction, str], Awaitable[None]]:
    """A tombstone handler for this aggregate: deletes the fact and every mail about it."""

    async def forget(tx: Transaction, key: str) -> None:
        await newest.remove(tx, state, key)
        if await _forget_mails(tx, [key]):
            await erasure.wipe(tx, [key])

    return forget


def _about(taken: Mapping[str, Sequence[str]]) -> list[str]:
    """Without promises: mails to others about them stay, so that they do not go again."""
    return [one for name, ids in taken.items() if name != CommitmentState.AGGREGATE for one in ids]


async def _forget_mails(tx: Transaction, ids: Sequence[str]) -> int:
    found = await mails.take_mails(tx, ids)
    for mail in found:
        if mail.version:
            tx.publish_tombstones(MailState, mail.mail_id, mail.version)
    await acts.forget_on(tx, [mail.mail_id for mail in found])
    return len(found)
