"""Lists people without an e-mail address, for staff to print letters and telephone: invited people
with the places held for them, and everybody else with a mail on paper. Leaves out what is not true
any more."""

from dataclasses import dataclass

from doorpakken_events.registration import PersonContact
from doorpakken_plumbing.mongo.database import Document, Documents

from doorpakken_notification.contents import contents_of
from doorpakken_notification.model.contents import Contents, NotNow
from doorpakken_notification.model.mail import State
from doorpakken_notification.model.short_code import short_code_of
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
    match = {"wave_id": wave.wave_id, "kind": "invitation", "state": State.ON_PAPER}
    found = [
        Letter(
            row["attendee_id"],
            short_code_of(row["mail_id"]),
            contact.phone or "",
            contents,
        )
        for row, contact, contents in await _written(documents, match, wave, settings)
    ]
    return sorted(found, key=lambda one: _by_name(one.contents))


async def list_calls(documents: Documents, wave: Wave, settings: Settings) -> list[Call]:
    match = {
        "gathering_id": wave.gathering_id,
        "kind": {"$nin": ["invitation", *SAID_ALREADY]},
        "state": State.ON_PAPER,
    }
    found = [
        Call(row["kind"], row["attendee_id"], contact.phone or "", contents)
        for row, contact, contents in await _written(documents, match, wave, settings)
    ]
    return sorted(found, key=lambda one: _by_name(one.contents))


async def _written(
    documents: Documents, match: Document, wave: Wave, settings: Settings
) -> list[tuple[Document, PersonContact, Contents]]:
    reading, found = Reading(documents), await mails.list_mails(documents, match)
    await reading.prefetch(found)
    written = []
    for row in found:
        try:
            contents = await contents_of(reading, row, settings, links_from=wave.released_at)
        except NotNow:
            continue
        contact = await facts.find_contact(documents, contents.recipient.person_id)
        if contact:
            written.append((row, contact, contents))
    return written


def _by_name(contents: Contents) -> tuple[str, str]:
    return contents.recipient.name.casefold(), contents.recipient.person_id
