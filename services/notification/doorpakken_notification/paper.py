"""Lists people without an e-mail address, for staff to print letters and telephone: invited people
with the places held for them, and everybody else with a mail on paper. Leaves out what is not true
any more. Who of staff did it is kept, and can be undone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from doorpakken_events.registration import GatheringState, PersonContact
from doorpakken_plumbing.http.errors import NotFound
from doorpakken_plumbing.identity.short_codes import short_code
from doorpakken_plumbing.identity.staff import Staff
from doorpakken_plumbing.messaging import newest, staff_work
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Documents
from doorpakken_plumbing.time import clock

from doorpakken_notification.compose import contents_of
from doorpakken_notification.model.contents import Contents, NotNow
from doorpakken_notification.model.mail import Called, Mail
from doorpakken_notification.set_apart import note_act
from doorpakken_notification.settings import Settings
from doorpakken_notification.store import calls as store
from doorpakken_notification.store import facts, mails
from doorpakken_notification.store.reading import Reading
from doorpakken_notification.waves import Wave

ORGANISER = "organiser"
LOOKED_AT_MAX = 200


@dataclass(frozen=True)
class Told:
    """What somebody without an e-mail address is told; `called` once staff did."""

    key: str
    kind: str
    attendee_id: str | None
    object_id: str
    short_code: str
    phone: str
    contents: Contents
    called: Called | None


async def list_letters(documents: Documents, wave: Wave, settings: Settings) -> list[Told]:
    """The invitations of a wave that go on paper."""
    invitations = await mails.list_invitations_on_paper(documents, wave.wave_id)
    return await _told(documents, invitations, settings, wave.released_at)


async def list_calls(documents: Documents, wave: Wave, settings: Settings) -> list[Told]:
    return await list_calls_at(documents, wave.gathering_id, settings, links_from=wave.released_at)


async def list_calls_at(
    documents: Documents,
    gathering_id: str,
    settings: Settings,
    *,
    links_from: datetime | None = None,
) -> list[Told]:
    """About something other than the invitation; an attendee's answer is entered in the same place
    as the answer to the invitation."""
    found = await store.list_calls(documents, gathering_id)
    return await _told(documents, found, settings, links_from)


async def list_to_do(documents: Documents, gathering_id: str, settings: Settings) -> list[Mail]:
    """Letters that nobody answered and calls, which staff did not do yet; LOOKED_AT_MAX of each."""
    letters = await store.list_letters_to_do(documents, gathering_id, LOOKED_AT_MAX)
    answered = await facts.list_answered(documents, [one.attendee_id or "" for one in letters])
    calls = await store.list_calls_to_do(documents, gathering_id, LOOKED_AT_MAX)
    true = [mail for mail, _, _ in await _written(documents, calls, settings, None)]
    return [*(one for one in letters if one.attendee_id not in answered), *true]


async def mark(tx: Transaction, gathering_id: str, key: str, staff: Staff, *, done: bool) -> None:
    """The first who did it counts; idempotent. Raises NotFound for what is not on paper."""
    staff.require(ORGANISER, gathering_id)
    mail = await store.find_on_paper(tx, gathering_id, key)
    if mail is None:
        raise NotFound("Nobody has to be told this any more. Look at the list again.")
    if done != bool(mail.called):
        called = Called(staff.staff_id, clock.now()) if done else None
        await store.put_called(tx, key, called)
        await note_act(tx, staff, "person_told" if done else "person_not_told", mail)


async def list_calling(documents: Documents, staff: Staff) -> list[GatheringState]:
    """The gatherings with people to telephone that staff may read, also when they are over; newest
    first."""
    return [
        one
        for one in await facts.list_begun_after(documents, clock.now() - staff_work.LOOKED_BACK)
        if staff.may("reader", one.gathering_id)
        and await store.has_call_to_do(documents, one.gathering_id)
    ]


async def _told(
    documents: Documents, found: Sequence[Mail], settings: Settings, links_from: datetime | None
) -> list[Told]:
    """What is to be done comes first, then by name."""
    told = [
        Told(
            mail.key,
            mail.kind,
            mail.attendee_id,
            mail.object_id,
            short_code(settings.keys, contact.person_id, contact.generation),
            contact.phone or "",
            contents,
            mail.called,
        )
        for mail, contact, contents in await _written(documents, found, settings, links_from)
    ]
    return sorted(told, key=lambda one: (one.called is not None, _by_name(one.contents)))


async def _written(
    documents: Documents, found: Sequence[Mail], settings: Settings, links_from: datetime | None
) -> list[tuple[Mail, PersonContact, Contents]]:
    reading = Reading(documents)
    await reading.prefetch(found)
    written = []
    for mail in found:
        try:
            contents = await contents_of(reading, mail, settings, links_from=links_from)
        except NotNow:
            continue
        contact = await newest.find(documents, PersonContact, contents.recipient.person_id)
        if contact:
            written.append((mail, contact, contents))
    return written


def _by_name(contents: Contents) -> tuple[str, str]:
    return contents.recipient.name.casefold(), contents.recipient.person_id
