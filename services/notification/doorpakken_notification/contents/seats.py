"""Contents of the mails about one seat: offered, taken, changed, ended; all but the first update a
calendar entry. Raises Waits while another mail about the same entry is being sent."""

from doorpakken_events.matching import SessionState
from doorpakken_events.registration import SignUpState
from doorpakken_pages import moments
from doorpakken_plumbing.identity.links import OWN_PAGE
from doorpakken_plumbing.time import clock

from doorpakken_notification import wording
from doorpakken_notification.contents.clashes import clash_of
from doorpakken_notification.contents.writer import Values, Writer, Written
from doorpakken_notification.hosts import TO_COME
from doorpakken_notification.mail_rules import KEPT
from doorpakken_notification.model.calendar_notices import (
    CalendarEntry,
    Told,
    last_told,
    moment_of,
    next_sequence,
)
from doorpakken_notification.model.contents import Appointment, Method, Waits
from doorpakken_notification.model.mail_states import Reason, State
from doorpakken_notification.store import mails


async def offer(writer: Writer) -> Written:
    sign_up = await writer.sign_up()
    session, _ = await writer.session(sign_up.session_id)
    until = sign_up.hold_until or session.starts_at
    if sign_up.state != "offered" or until <= clock.now():
        raise writer.over()
    values: Values = {
        "session": await writer.line(session),
        "until": moments.day_time(until, writer.language),
        "url": await writer.seat_url(sign_up),
    }
    return Written(values)


async def confirmation(writer: Writer) -> Written:
    sign_up = await writer.sign_up()
    if sign_up.state != "active":
        raise writer.over(Reason.SEAT_ENDED)
    session, version = await writer.session(sign_up.session_id)
    if session.state == "cancelled":
        raise writer.over(Reason.SESSION_CANCELLED)
    values = await _values(writer, sign_up, session) | {
        "is_again": any(
            one.session_id == session.session_id for one in await _told(writer, sign_up)
        )
    }
    return await _entry(writer, Method.REQUEST, sign_up, session, version, values)


async def session_changed(writer: Writer) -> Written:
    sign_up = await writer.sign_up()
    session, version = await writer.session(sign_up.session_id)
    before = last_told(await _told(writer, sign_up), sign_up.sign_up_id)
    now = moment_of(session)
    is_over = sign_up.state not in KEPT or session.state == "cancelled"
    if is_over or before is None or before.moment == now:
        raise writer.over()
    was = before.moment
    values = await _values(writer, sign_up, session) | {
        "old_when": wording.period(was.starts_at, was.ends_at, writer.language),
        "old_where": ", ".join(filter(None, (was.place, was.address))),
        "is_other_time": (was.starts_at, was.ends_at) != (now.starts_at, now.ends_at),
        "is_other_place": (was.place, was.address) != (now.place, now.address),
        "clash": await clash_of(writer, sign_up, session),
    }
    return await _entry(writer, Method.REQUEST, sign_up, session, version, values)


async def seat_ended(writer: Writer) -> Written:
    sign_up = await writer.sign_up()
    session, version = await writer.session(sign_up.session_id)
    known = last_told(await _told(writer, sign_up), sign_up.sign_up_id)
    if sign_up.state != "ended" or known is None:
        raise writer.over()
    others = await _others(writer, session)
    values = await _values(writer, sign_up, session, is_off=session.state == "cancelled") | {
        "why": sign_up.reason or "",
        "said": wording.ending(session.reason, writer.language)
        if session.state == "cancelled"
        else None,
        "others": others,
    }
    if not others:
        values["url"] = writer.url(OWN_PAGE, sign_up.gathering_id)
    return await _entry(writer, Method.CANCEL, sign_up, session, version, values)


async def _others(writer: Writer, session: SessionState) -> bool:
    found = await writer.reading.list_where(SessionState, "gathering_id", session.gathering_id)
    return any(one.state in TO_COME for one in found)


async def _values(
    writer: Writer, sign_up: SignUpState, session: SessionState, *, is_off: bool = False
) -> Values:
    """A cancelled session (`is_off`) may have lost its name, and is mailed all the same."""
    return {
        "session": await (writer.line_of_any(session) if is_off else writer.line(session)),
        "day": moments.day(session.starts_at, writer.language),
        "day_time": moments.day_time(session.starts_at, writer.language),
        "url": await writer.seat_url(sign_up),
    }


async def _entry(
    writer: Writer,
    method: Method,
    sign_up: SignUpState,
    session: SessionState,
    version: int,
    values: Values,
) -> Written:
    told = await _told(writer, sign_up)
    sequence = next_sequence(told, session.session_id, version)
    appointment = Appointment(
        session_id=session.session_id,
        attendee_id=sign_up.attendee_id,
        method=method,
        sequence=sequence,
        title=values["session"]["title"],
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        location=values["session"]["where"],
        # Somebody whose seat ended does not get the session's current link.
        link=session.link if method is Method.REQUEST else None,
    )
    entry = CalendarEntry(session.session_id, sequence, moment_of(session))
    return Written(values, appointment, entry)


async def _told(writer: Writer, sign_up: SignUpState) -> tuple[Told, ...]:
    """What other mails sent this attendee. Raises Waits while one about the same entry is being
    sent: whether it arrives decides what there is to say, and two mails about one entry must not
    overtake each other."""
    attendee_id = sign_up.attendee_id
    of_all = await mails.list_of_attendees(writer.reading.documents, [attendee_id])
    found = of_all[attendee_id]
    others = [mail for mail in found if mail.key != writer.mail.key]
    for mail in others:
        is_same_entry = mail.told and mail.told.session_id == sign_up.session_id
        if is_same_entry and mail.state is State.INTENT:
            raise Waits(f"mail/{mail.mail_id}")
    return tuple(mail.notice for mail in others if mail.notice)
