"""Contents of the invitation: sessions that fit with their reasons, and where a place is held.
Leaves out cancelled sessions. Who leads the only one there is to choose is told that they do."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from doorpakken_events.matching import SessionsRecommended, SessionState, Suggestion
from doorpakken_events.registration import GatheringState, PitchState, SignUpState
from doorpakken_pages import moments
from doorpakken_plumbing.time import clock

from doorpakken_notification import wording
from doorpakken_notification.contents.writer import ANSWER, Values, Writer, Written, given
from doorpakken_notification.model.contents import Unnamed, Waits


async def invitation(writer: Writer) -> Written:
    wave_id, gathering_id = given(writer.mail.wave_id), writer.gathering_id
    wave = await writer.reading.find_wave(wave_id)
    if not wave:
        raise Waits(f"plan/{wave_id}")
    gathering = await writer.require(GatheringState, gathering_id)
    lines = await _suggested(writer)
    chooses_freely = not any(line["reasons"] for line in lines)
    if chooses_freely:
        lines = await _all_sessions(writer, wave.plan.sessions)
    leads = [] if lines else await _leads_alone(writer)
    pitches = await writer.reading.list_where(PitchState, "gathering_id", gathering_id)
    accepted = sum(pitch.state == "accepted" for pitch in pitches)
    return Written(
        {
            "gathering_day": moments.day(gathering.starts_at, writer.language),
            "answer_by": _still(wave.plan.answer_by, writer.language),
            "pitches": accepted,
            "pitches_text": wording.count(accepted, writer.language),
            "chooses_freely": chooses_freely,
            "sessions": lines,
            "leads": leads,
            "url": writer.url(ANSWER, wave_id),
        }
    )


async def _leads_alone(writer: Writer) -> list[Values]:
    """What they lead, where there is nothing else to choose. Raises Unnamed for another session
    that lacks a name, and Ends for somebody who leads none."""
    found = await writer.reading.list_where(SessionState, "gathering_id", writer.gathering_id)
    led = _led_of(writer, found)
    for session in found:
        if session.state != "cancelled" and _can_choose(session, led):
            raise Unnamed(f"{PitchState.AGGREGATE}/{session.pitch_id}")
    if not led:
        raise writer.over()
    return [
        await writer.line(session) | _seat(writer, None) for session in sorted(led, key=_by_time)
    ]


def _by_time(session: SessionState) -> tuple[datetime, str]:
    return session.starts_at, session.session_id


async def _suggested(writer: Writer) -> list[Values]:
    recommended = await writer.require(SessionsRecommended, given(writer.mail.attendee_id))
    seats = await _seats(writer)
    lines, led = [], await _led(writer)
    for suggestion in [*recommended.seats, *recommended.alternatives]:
        session = await writer.require(SessionState, suggestion.session_id)
        if _can_choose(session, led):
            pitch = await writer.require(PitchState, session.pitch_id)
            lines += await _line(writer, session, seats, _reasons(writer, suggestion, pitch))
    return lines


async def _line(
    writer: Writer,
    session: SessionState,
    seats: Mapping[str, SignUpState],
    reasons: tuple[str, ...] = (),
) -> list[Values]:
    if session.state == "cancelled":
        return []
    try:
        line = await writer.line(session, reasons)
    except Unnamed:
        return []
    return [line | _seat(writer, seats.get(session.session_id))]


async def _all_sessions(writer: Writer, expected: int) -> list[Values]:
    found = await writer.reading.list_where(SessionState, "gathering_id", writer.gathering_id)
    if len(found) < expected:
        raise Waits(f"plan/{writer.mail.wave_id}")
    seats, led = await _seats(writer), _led_of(writer, found)
    return [
        line
        for session in sorted(found, key=_by_time)
        if _can_choose(session, led)
        for line in await _line(writer, session, seats)
    ]


async def _led(writer: Writer) -> list[SessionState]:
    gathering_id = writer.gathering_id
    return _led_of(
        writer, await writer.reading.list_where(SessionState, "gathering_id", gathering_id)
    )


def _led_of(writer: Writer, sessions: Iterable[SessionState]) -> list[SessionState]:
    person_id = writer.attendee.person_id if writer.attendee else None
    return [
        one for one in sessions if person_id and one.host == person_id and one.state != "cancelled"
    ]


def _can_choose(session: SessionState, led: Sequence[SessionState]) -> bool:
    return not any(
        one.starts_at < session.ends_at and session.starts_at < one.ends_at for one in led
    )


async def _seats(writer: Writer) -> Mapping[str, SignUpState]:
    found = await writer.reading.list_where(
        SignUpState, "attendee_id", given(writer.mail.attendee_id)
    )
    return {one.session_id: one for one in found if one.state in ("held", "active")}


def _seat(writer: Writer, seat: SignUpState | None) -> Values:
    is_held = seat is not None and seat.state == "held" and seat.hold_until is not None
    until = _still(seat.hold_until, writer.language) if seat and seat.hold_until else None
    return {
        "held_until": until if is_held else None,
        "is_taken": seat is not None and seat.state == "active",
    }


def _still(until: datetime, language: str) -> str | None:
    return moments.day(until, language) if until > clock.now() else None


def _reasons(writer: Writer, suggestion: Suggestion, pitch: PitchState) -> tuple[str, ...]:
    needs = {need.need_id: need for need in pitch.needs}
    kind = writer.attendee.kind if writer.attendee else None
    # Reasons of one kind become one sentence, not one for each word.
    sentences = (
        wording.reason_sentence(
            reason, need=needs.get(reason.need_id or ""), kind=kind, language=writer.language
        )
        for reason in wording.gathered(suggestion.reasons, writer.language)
    )
    return tuple(dict.fromkeys(filter(None, sentences)))
