"""One mail with everything that strangers requested for an address in a short time: a link for each
person. Leaves out people who were erased or have another address by now, and duplicate links."""

from dataclasses import replace

from doorpakken_events.registration import LinkRequested
from doorpakken_plumbing.identity.links import OWN_PAGE
from doorpakken_plumbing.mongo.database import Document

from doorpakken_notification.contents.asked import HANDOVER
from doorpakken_notification.contents.writer import FOLLOW, Writer, Written
from doorpakken_notification.store import mails

SEVERAL = "several"
LINKS_MAX = 100


async def several(writer: Writer) -> Written | None:
    key = writer.row["_id"]
    others = await mails.list_gathered_in(writer.reading.documents, key, LINKS_MAX)
    if not others:
        return None
    found = [await _link(writer, row) for row in (writer.row, *others)]
    links = dict.fromkeys(one for one in found if one)
    return Written({"links": [{"use": use, "url": url} for use, url in links]})


async def _link(writer: Writer, row: Document) -> tuple[str, str] | None:
    contact = await writer.reading.find_contact(row["person_id"])
    if contact is None or contact.email != writer.contact.email:
        return None
    theirs = replace(writer, row=row, contact=contact)
    if row["kind"] == HANDOVER:
        return HANDOVER, theirs.url(HANDOVER, row["object_id"])
    request = await theirs.reading.find(LinkRequested, row["object_id"])
    if request is None:
        return None
    purpose = FOLLOW if request.purpose == FOLLOW else OWN_PAGE
    return purpose, theirs.url(purpose, request.gathering_id or "")
