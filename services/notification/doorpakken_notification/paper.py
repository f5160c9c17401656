"""Lists people without an e-mail address, for staff to print letters and telephone: invited people
with the places held for them, and everybody else with a mail on paper. Leaves out what is not true
any more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from doorpakken_events.registration import GatheringState, PersonContact
from doorpakken_plumbing.identity.short_codes import short_code
from doorpakken_plumbing.identity.staff import Staff
from doorpakken_plumbing.messaging import newest
from doorpakken_plumbing.mongo.database import Documents
from doorpakken_plumbing.time import clock

from doorpakken_notification.compose import contents_of
from doorpakken_notification.model.contents import Contents, NotNow
from doorpakken_notification.model.mail import Mail
from doorpakken_notification.settings import Settings
from doorpakken_notification.store import facts, mails
from doorpakken_notification.store.reading import Reading
from doorpakken_notification.waves import Wave

# A seat taken by telephone is confirmed in that call, and a link is of no use there.
SAID_ALREADY = ("confirmation", "personal_link")


@dataclass(frozen=True)
class Letter:
    """One invitation on paper."""

    attendee_id: str
    short_code: str
    phone: str
    contents: Contents


@dataclass(frozen=True)
class Call:
    """Somebody to telephone about something other than the invitation; an attendee's answer is
    entered in the same place as the answer to the invitation."""

    kind: str
    attendee_id: str | None
    phone: str
    contents: Contents


async def list_letters(documents: Documents, wave: Wave, settings: Settings) -> list[Letter]:
    invitations = await mails.list_invitations_on_paper(documents, wave.wave_id)
    found = [
        Letter(
            mail.attendee_id or "",
            short_code(settings.keys, contact.person_id, contact.generation),
            contact.phone or "",
            contents,
        )
        for mail, contact, contents in await _written(
            documents, invitations, settings, wave.released_at
        )
    ]
    return sorted(found, key=lambda one: _by_name(one.contents))


async def list_calls(documents: Documents, wave: Wave, settings: Settings) -> list[Call]:
    return await list_calls_at(documents, wave.gathering_id, settings, links_from=wave.released_at)


async def list_calls_at(
    documents: Documents,
    gathering_id: str,
    settings: Settings,
    *,
    links_from: datetime | None = None,
) -> list[Call]:
    without = ("invitation", *SAID_ALREADY)
    others = await mails.list_on_paper(documents, gathering_id, without=without)
    found = [
        Call(mail.kind, mail.attendee_id, contact.phone or "", contents)
        for mail, contact, contents in await _written(documents, others, settings, links_from)
    ]
    return sorted(found, key=lambda one: _by_name(one.contents))


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


async def list_calling(documents: Documents, staff: Staff) -> list[GatheringState]:
    """The gatherings with people to telephone that staff may read and that are not over, earliest
    first."""
    without = ("invitation", *SAID_ALREADY)
    return [
        one
        for one in await facts.list_gatherings_after(documents, clock.now())
        if staff.may("reader", one.gathering_id)
        and await mails.has_on_paper(documents, one.gathering_id, without=without)
    ]


def _by_name(contents: Contents) -> tuple[str, str]:
    return contents.recipient.name.casefold(), contents.recipient.person_id
