"""The list of those without an e-mail address, for staff to print and telephone.
Refuses who cancelled: their rows are stopped and not on paper."""

from dataclasses import dataclass

from doorpakken_events.registration import AttendeeState
from doorpakken_plumbing.mongo import Documents

from doorpakken_notification.model.rows import State
from doorpakken_notification.model.short_code import short_code_of
from doorpakken_notification.store import facts, rows


@dataclass(frozen=True)
class PaperLine:
    """One person to be told by paper or telephone."""

    name: str
    phone: str
    language: str
    short_code: str


async def list_lines(documents: Documents, wave_id: str) -> list[PaperLine]:
    """One line per invitation on paper, by name."""
    found = await rows.list_rows(documents, {"wave_id": wave_id, "state": State.ON_PAPER})
    codes = {row["attendee_id"]: short_code_of(row["invitation_id"]) for row in found}
    attendees = await facts.list_by_id(documents, AttendeeState, list(codes))
    persons = [attendee.person_id for attendee in attendees.values()]
    contacts = await facts.list_contacts(documents, persons)
    lines = [
        PaperLine(contact.name, contact.phone or "", contact.language, codes[attendee_id])
        for attendee_id, attendee in attendees.items()
        if (contact := contacts.get(attendee.person_id))
    ]
    return sorted(lines, key=lambda line: line.name.casefold())
