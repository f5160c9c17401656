"""Acts of staff as staff read them, with the names that notification knows."""

from collections.abc import Collection

from doorpakken_events.registration import PersonContact
from doorpakken_pages.acts import Line, lines_of
from doorpakken_plumbing.identity import acts, colleagues
from doorpakken_plumbing.identity.staff import EVERYWHERE, Staff
from doorpakken_plumbing.mongo.database import Documents

from doorpakken_notification.model.reference import reference_of

ORGANISER = "organiser"
ABOUT_A_MAIL = ("mail_tried_again", "mail_dropped", "person_told", "person_not_told")


async def list_for(
    documents: Documents, staff: Staff, gathering_ids: Collection[str]
) -> list[Line]:
    """At those of these gatherings that they organise; who organises all also sees what was done
    about mails of no gathering."""
    return await _lines_at(
        documents,
        [
            *(one for one in gathering_ids if staff.may(ORGANISER, one)),
            *([None] if staff.may(ORGANISER, EVERYWHERE) else []),
        ],
    )


async def list_at(documents: Documents, staff: Staff, gathering_id: str) -> list[Line]:
    """None for who does not organise it."""
    return await _lines_at(documents, [gathering_id] if staff.may(ORGANISER, gathering_id) else [])


async def _lines_at(documents: Documents, gathering_ids: Collection[str | None]) -> list[Line]:
    found = await acts.list_at(documents, gathering_ids)
    mails = [one.object_id for one in found if one.did in ABOUT_A_MAIL]
    names = await colleagues.names_in(documents, found, PersonContact)
    return lines_of(found, names, {one: reference_of(one) for one in mails})
