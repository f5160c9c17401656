"""Contents of mails that ask a person one thing: to lead a session, to confirm support or an offer,
to take over a place. Raises Ends for a question that was answered already."""

from doorpakken_events.matching import HostAsked, SessionState
from doorpakken_events.registration import (
    EndorsementState,
    MailRequested,
    OfferState,
    OrganisationDescribed,
)
from doorpakken_pages import moments

from doorpakken_notification import wording
from doorpakken_notification.contents.own import gathering_line
from doorpakken_notification.contents.writer import Writer, Written, named
from doorpakken_notification.model.contents import Waits
from doorpakken_notification.model.mail_kinds import key_of
from doorpakken_notification.model.mail_states import Reason

ENDORSEMENT, HANDOVER, HOSTING = "endorsement", "handover", "hosting"
OFFER = "offer"


async def host_request(writer: Writer) -> Written:
    hosting = await writer.require(HostAsked, writer.object_id)
    asked = key_of("host_request", hosting=hosting.hosting_id, ask=hosting.ask)
    session, _ = await writer.session(hosting.session_id)
    if hosting.state != "asked" or asked != writer.mail.key or session.state == "cancelled":
        raise writer.over()
    line = await writer.line(session)
    when = wording.period(hosting.starts_at, hosting.ends_at, writer.language)
    return Written(
        {
            "session": line | {"when": when, "starts_at": hosting.starts_at},
            "day": moments.day(hosting.starts_at, writer.language),
            "other_times": [
                wording.period(slot.starts_at, slot.ends_at, writer.language)
                for slot in hosting.other_slots
            ],
            "url": writer.url(HOSTING, hosting.hosting_id),
        }
    )


async def endorsement_request(writer: Writer) -> Written:
    request = await writer.require(MailRequested, writer.object_id)
    endorsement = await writer.require(EndorsementState, request.object_id)
    if endorsement.state != "pending":
        raise writer.over()
    organisation_id = endorsement.organisation_id or request.organisation_id
    if not organisation_id:
        raise Waits(f"endorsement/{request.object_id}")
    organisation = await writer.require(OrganisationDescribed, organisation_id)
    return Written(
        {
            "organisation": named(organisation.name, f"organisation/{organisation_id}"),
            "pitch": await writer.pitch_title(endorsement.pitch_id),
            "stance": endorsement.stance,
            "gathering": await gathering_line(writer, request.gathering_id),
            "url": writer.url(ENDORSEMENT, request.object_id),
        }
    )


async def offer_request(writer: Writer) -> Written:
    request = await writer.require(MailRequested, writer.object_id)
    offer = await writer.require(OfferState, request.object_id)
    if offer.state != "pending":
        raise writer.over()
    organisation_id = offer.organisation_id or request.organisation_id
    if not organisation_id:
        raise Waits(f"offer/{request.object_id}")
    organisation = await writer.require(OrganisationDescribed, organisation_id)
    return Written(
        {
            "organisation": named(organisation.name, f"organisation/{organisation_id}"),
            "amount": wording.amount(offer.amount, offer.unit, writer.language),
            "category": wording.category(offer.category, writer.language),
            "pitch": await writer.pitch_title(offer.pitch_id) if offer.pitch_id else None,
            "gathering": await gathering_line(writer, request.gathering_id),
            "url": writer.url(OFFER, request.object_id),
        }
    )


async def handover(writer: Writer) -> Written:
    request = await writer.require(MailRequested, writer.object_id)
    if not request.session_id:
        raise Waits(f"mail-request/{request.mail_request_id}")
    session = await writer.require(SessionState, request.session_id)
    if session.state == "cancelled":
        raise writer.over(Reason.SESSION_CANCELLED)
    sender = await writer.reading.find_contact(request.from_person_id or "")
    return Written(
        {
            "sender": sender.name.strip() or None if sender else None,
            "session": await writer.line(session),
            "day": moments.day(session.starts_at, writer.language),
            "url": writer.url(HANDOVER, request.object_id),
        }
    )
