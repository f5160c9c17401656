"""Contents of the mails that a gathering was moved or cancelled. Raises Ends once it is over, and
for a move that they know of."""

from doorpakken_events.registration import AttendeeState, GatheringState
from doorpakken_pages import gathering_news
from doorpakken_pages.gathering_news import Held, News
from doorpakken_plumbing.identity.links import OWN_PAGE
from doorpakken_plumbing.time import clock

from doorpakken_notification.contents.writer import Values, Writer, Written, named
from doorpakken_notification.mail_rules import ENDED
from doorpakken_notification.model.calendar_notices import (
    CalendarEntry,
    Moment,
    Told,
    last_known,
    moment_of_gathering,
    next_sequence,
)
from doorpakken_notification.model.contents import Waits
from doorpakken_notification.model.mail_states import State
from doorpakken_notification.store import mails


async def changed(writer: Writer) -> Written:
    attendee, gathering, version = await _parents(writer)
    told = await _told(writer)
    was, now = last_known(told, attendee, gathering), moment_of_gathering(gathering)
    if gathering.state in ENDED or was == now:
        raise writer.over()
    reason = gathering.earlier[-1].reason if gathering.earlier else None
    news = gathering_news.moved(_title(gathering), _held(was), _held(now), reason, writer.language)
    sequence = next_sequence(told, gathering.gathering_id, version)
    entry = CalendarEntry(gathering.gathering_id, sequence, now)
    return Written(_values(writer, gathering, news), told=entry)


async def cancelled(writer: Writer) -> Written:
    attendee, gathering, _ = await _parents(writer)
    if gathering.state != "cancelled":
        raise writer.over()
    held = _held(last_known(await _told(writer), attendee, gathering))
    news = gathering_news.cancelled(_title(gathering), held, gathering.reason, writer.language)
    return Written(_values(writer, gathering, news))


async def _parents(writer: Writer) -> tuple[AttendeeState, GatheringState, int]:
    if writer.attendee is None:
        raise writer.over()
    key = writer.gathering_id
    found = await writer.reading.find_with_version(GatheringState, key)
    if not found:
        raise Waits(f"{GatheringState.AGGREGATE}/{key}")
    gathering, version = found
    if gathering.ends_at <= clock.now():
        raise writer.over()
    return writer.attendee, gathering, version


async def _told(writer: Writer) -> tuple[Told, ...]:
    """Raises Waits while another mail about the gathering is being sent."""
    found = await mails.list_of_attendees(writer.reading.documents, [writer.object_id])
    others = [one for one in found[writer.object_id] if one.key != writer.mail.key]
    for one in others:
        if one.object_id == writer.object_id and one.state is State.INTENT:
            raise Waits(f"mail/{one.mail_id}")
    return tuple(one.notice for one in others if one.notice)


def _values(writer: Writer, gathering: GatheringState, news: News) -> Values:
    held = _held(moment_of_gathering(gathering))
    return {
        "news": news,
        "gathering": {
            "title": _title(gathering),
            "when": held.when(writer.language),
            "where": held.where,
        },
        "url": writer.url(OWN_PAGE, gathering.gathering_id),
    }


def _title(gathering: GatheringState) -> str:
    return named(gathering.title, f"{GatheringState.AGGREGATE}/{gathering.gathering_id}")


def _held(moment: Moment) -> Held:
    return Held(moment.starts_at, moment.ends_at, moment.place, moment.address)
