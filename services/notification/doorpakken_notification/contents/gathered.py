"""One mail with everything that strangers requested for an address in a short time: a link for each
person. Leaves out people who were erased or have another address by now, and duplicate links."""

from dataclasses import replace

from doorpakken_events.registration import LinkRequested
from doorpakken_plumbing.identity.links import OWN_PAGE

from doorpakken_notification.contents.asked import HANDOVER
from doorpakken_notification.contents.writer import FOLLOW, Writer, Written
from doorpakken_notification.model.mail import Mail
from doorpakken_notification.store import sending

SEVERAL = "several"
LINKS_MAX = 100


async def several(writer: Writer) -> Written | None:
    key = writer.mail.key
    others = await sending.list_gathered_in(writer.reading.documents, key, LINKS_MAX)
    if not others:
        return None
    found = [await _link(writer, mail) for mail in (writer.mail, *others)]
    links = dict.fromkeys(one for one in found if one)
    return Written({"links": [{"use": use, "url": url} for use, url in links]})


async def _link(writer: Writer, mail: Mail) -> tuple[str, str] | None:
    contact = await writer.reading.find_contact(mail.person_id or "")
    if contact is None or contact.email != writer.contact.email:
        return None
    theirs = replace(writer, mail=mail, contact=contact)
    if mail.kind == HANDOVER:
        return HANDOVER, theirs.url(HANDOVER, mail.object_id)
    request = await theirs.reading.find(LinkRequested, mail.object_id)
    if request is None:
        return None
    purpose = FOLLOW if request.purpose == FOLLOW else OWN_PAGE
    return purpose, theirs.url(purpose, request.gathering_id or "")
