"""Contents of mails with a personal link: to the recipient's own page, or about new gatherings. Who
has a place at a gathering also gets the code that is shown at the door.
Says no more than why they get it, and does not announce a gathering that is not open any more."""

from io import BytesIO

import segno
from doorpakken_events.registration import GatheringState, LinkRequested, MailRequested
from doorpakken_pages import moments
from doorpakken_plumbing.identity.door_codes import door_code, shown
from doorpakken_plumbing.identity.links import OWN_PAGE
from doorpakken_plumbing.time import clock

from doorpakken_notification import wording
from doorpakken_notification.contents.writer import FOLLOW, INVITED, Values, Writer, Written, named
from doorpakken_notification.model.contents import Ends
from doorpakken_notification.model.mail_states import Reason, State

# Pages of registration tell staff to call these people: the waitlist, and what is to be confirmed.
CALLED_ELSEWHERE = ("waitlisted", "confirm")
# The content id of the code that is shown at the door.
QR = "door"


async def personal_link(writer: Writer) -> Written:
    request = await writer.require(LinkRequested, writer.object_id)
    if request.purpose in CALLED_ELSEWHERE and not writer.contact.email:
        raise Ends(State.STOPPED, Reason.NO_ADDRESS, writer.contact.person_id)
    leads_to = FOLLOW if request.purpose == "follow" else OWN_PAGE
    values: Values = {
        "purpose": request.purpose,
        "gathering": None,
        "code": "",
        "url": writer.url(leads_to, request.gathering_id or ""),
    }
    if request.gathering_id:
        values["gathering"] = await gathering_line(writer, request.gathering_id)
    if not request.attendee_id:
        return Written(values)
    values["code"] = shown(door_code(writer.settings.keys, request.attendee_id))
    return Written(values, images={QR: _qr_code(writer.door_url(request.attendee_id))})


def _qr_code(url: str) -> bytes:
    picture = BytesIO()
    segno.make(url, error="m", micro=False).save(picture, kind="png", scale=4, border=2)
    return picture.getvalue()


async def staff_link(writer: Writer) -> Written:
    """With its link staff choose a password; registration accepts it once, and knows until when."""
    request = await writer.require(LinkRequested, writer.object_id)
    if not writer.contact.email:
        raise Ends(State.STOPPED, Reason.NO_ADDRESS, writer.contact.person_id)
    return Written({"url": writer.password_url(request.link_request_id)})


async def place_offered(writer: Writer) -> Written:
    attendee = writer.attendee
    until = attendee.hold_until if attendee and attendee.state == "offered" else None
    if attendee is None or until is None or until <= clock.now():
        raise writer.over()
    return Written(
        {
            "gathering": await gathering_line(writer, attendee.gathering_id),
            "until": moments.day_time(until, writer.language),
            "url": writer.url(OWN_PAGE, attendee.gathering_id),
        }
    )


async def new_gathering(writer: Writer) -> Written:
    request = await writer.require(MailRequested, writer.object_id)
    gathering = await writer.require(GatheringState, request.gathering_id)
    if gathering.state != "published":
        raise writer.over()
    if not writer.contact.email:
        # This kind is mail only: staff neither print it nor telephone about it.
        raise Ends(State.STOPPED, Reason.NO_ADDRESS, writer.contact.person_id)
    return Written(
        {
            "gathering": await gathering_line(writer, gathering.gathering_id),
            "day": moments.day(gathering.starts_at, writer.language),
            "url": f"{writer.settings.registration_url}/g/{gathering.gathering_id}",
            "stop_url": writer.unsubscribe_url(),
        }
    )


async def gathering_invitation(writer: Writer) -> Written:
    request = await writer.require(MailRequested, writer.object_id)
    gathering = await writer.require(GatheringState, request.gathering_id)
    if gathering.state != "published":
        raise writer.over()
    return Written(
        {
            "gathering": await gathering_line(writer, gathering.gathering_id),
            "day": moments.day(gathering.starts_at, writer.language),
            "url": writer.url(INVITED, gathering.gathering_id),
        }
    )


async def gathering_line(writer: Writer, gathering_id: str) -> Values:
    gathering = await writer.require(GatheringState, gathering_id)
    return {
        "title": named(gathering.title, f"{GatheringState.AGGREGATE}/{gathering_id}"),
        "when": wording.period(gathering.starts_at, gathering.ends_at, writer.language),
        "where": ", ".join(filter(None, (gathering.venue.name, gathering.venue.address))),
    }
