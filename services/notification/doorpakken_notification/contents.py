"""What a mail says, from the facts of this moment: names, sessions, days, reasons, links.
Refuses to write with a parent missing (the row waits), or what is not true any more (it stops)."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, TypeVar

from doorpakken_events.event import Event
from doorpakken_events.matching import SessionsRecommended, SessionState, Suggestion
from doorpakken_events.registration import (
    AttendeeState,
    GatheringState,
    LinkRequested,
    PersonContact,
    PitchState,
    SignUpState,
)
from doorpakken_pages import moments
from doorpakken_plumbing import clock
from doorpakken_plumbing.links import Link, make_link
from doorpakken_plumbing.mongo import Document

from doorpakken_notification import wording
from doorpakken_notification.model.contents import Appointment, Contents, Ends, Waits
from doorpakken_notification.model.rows import Reason, State
from doorpakken_notification.owed import MAILS
from doorpakken_notification.recipients import find_recipient
from doorpakken_notification.settings import Settings
from doorpakken_notification.store import rows, waves
from doorpakken_notification.store.reading import Reading

S = TypeVar("S", bound=Event)
ANSWER, OWN_PAGE, UNSUBSCRIBE = "answer", "me", "unsubscribe"
Values = dict[str, Any]


async def contents_of(reading: Reading, row: Document, settings: Settings) -> Contents:
    """The contents of the row's mail; raises Waits or Ends."""
    recipient, attendee, contact = await find_recipient(reading, row)
    writer = _Writer(reading, row, settings, recipient.language, contact)
    appointment, unsubscribe_url = None, None
    if row["kind"] == "invitation":
        values = await writer.invitation(attendee)
        unsubscribe_url = writer.unsubscribe_url()
    elif row["kind"] == "confirmation":
        values, appointment = await writer.confirmation()
    else:
        values = await writer.personal_link()
    values |= {
        "name": recipient.name,
        "language": recipient.language,
        "partnership": settings.partnership_name,
        "phone": settings.partnership_phone,
    }
    return Contents(row["kind"], recipient, values, appointment, unsubscribe_url)


class _Writer:
    """Loads what one mail tells of."""

    def __init__(
        self,
        reading: Reading,
        row: Document,
        settings: Settings,
        language: str,
        contact: PersonContact,
    ) -> None:
        self._reading = reading
        self._row = row
        self._settings = settings
        self._language = language
        self._contact = contact

    async def invitation(self, attendee: AttendeeState | None) -> Values:
        """Sessions that fit with their reasons; without any reason all sessions."""
        wave_id, gathering_id = self._row["wave_id"], self._row["gathering_id"]
        wave = await self._reading.find_wave(wave_id)
        if not wave:
            raise Waits(f"plan/{wave_id}")
        plan = waves.plan_of(wave)
        gathering = await self._require(GatheringState, gathering_id)
        lines = await self._suggested(attendee.kind if attendee else None)
        chooses_freely = not any(line["reasons"] for line in lines)
        if chooses_freely:
            lines = await self._all_sessions(plan.sessions)
        pitches = await self._reading.list_where(PitchState, "gathering_id", gathering_id)
        accepted = sum(pitch.state == "accepted" for pitch in pitches)
        return {
            "gathering_day": moments.day(gathering.starts_at, self._language),
            "answer_by": moments.day(plan.answer_by, self._language),
            "pitches": accepted,
            "pitches_text": wording.count(accepted, self._language),
            "chooses_freely": chooses_freely,
            "sessions": lines,
            "url": self._url(ANSWER, wave_id),
        }

    async def confirmation(self) -> tuple[Values, Appointment]:
        """The seat that was taken: what, when and where."""
        sign_up = await self._require(SignUpState, self._row["object_id"])
        if sign_up.state != "active":
            raise Ends(State.STOPPED, Reason.SEAT_ENDED, self._contact.person_id)
        session, version = await self._session(sign_up.session_id)
        if session.state == "cancelled":
            raise Ends(State.STOPPED, Reason.SESSION_CANCELLED, self._contact.person_id)
        pitch = await self._require(PitchState, session.pitch_id)
        line = self._line(session, pitch, ())
        appointment = Appointment(
            session_id=session.session_id,
            attendee_id=sign_up.attendee_id,
            version=version,
            title=line["title"],
            starts_at=session.starts_at,
            ends_at=session.ends_at,
            location=line["where"],
            link=session.link,
        )
        day = moments.day(session.starts_at, self._language)
        return {"session": line, "day": day, "url": await self._seat_url(sign_up)}, appointment

    async def personal_link(self) -> Values:
        """The way to somebody's own page, and why they get it."""
        request = await self._require(LinkRequested, self._row["object_id"])
        values: Values = {
            "purpose": request.purpose,
            "gathering": None,
            "url": self._url(OWN_PAGE, request.gathering_id or ""),
        }
        if request.gathering_id:
            gathering = await self._require(GatheringState, request.gathering_id)
            where = ", ".join(filter(None, (gathering.venue.name, gathering.venue.address)))
            when = wording.period(gathering.starts_at, gathering.ends_at, self._language)
            values["gathering"] = {"title": gathering.title, "when": when, "where": where}
        return values

    def unsubscribe_url(self) -> str:
        """Where one click ends the invitations."""
        return f"{self._settings.notification_url}/unsubscribe/{self._token(UNSUBSCRIBE, '')}"

    async def _suggested(self, kind: str | None) -> list[Values]:
        recommended = await self._require(SessionsRecommended, self._row["attendee_id"])
        suggestions = [*recommended.seats, *recommended.alternatives]
        lines = []
        for suggestion in suggestions:
            session = await self._require(SessionState, suggestion.session_id)
            if session.state != "cancelled":
                pitch = await self._require(PitchState, session.pitch_id)
                lines.append(self._line(session, pitch, self._reasons(suggestion, pitch, kind)))
        return lines

    async def _all_sessions(self, expected: int) -> list[Values]:
        found = await self._reading.list_where(
            SessionState, "gathering_id", self._row["gathering_id"]
        )
        if len(found) < expected:
            raise Waits(f"plan/{self._row['wave_id']}")
        lines = []
        for session in sorted(found, key=lambda session: (session.starts_at, session.session_id)):
            if session.state != "cancelled":
                pitch = await self._require(PitchState, session.pitch_id)
                lines.append(self._line(session, pitch, ()))
        return lines

    def _reasons(
        self, suggestion: Suggestion, pitch: PitchState, kind: str | None
    ) -> tuple[str, ...]:
        needs = {need.need_id: need for need in pitch.needs}
        # What somebody said of one kind is one sentence, not the same one for each word.
        sentences = (
            wording.reason_sentence(
                reason, need=needs.get(reason.need_id or ""), kind=kind, language=self._language
            )
            for reason in wording.gathered(suggestion.reasons, self._language)
        )
        return tuple(dict.fromkeys(filter(None, sentences)))

    def _line(self, session: SessionState, pitch: PitchState, reasons: Sequence[str]) -> Values:
        return {
            "title": pitch.title.rstrip(" ."),
            "when": wording.period(session.starts_at, session.ends_at, self._language),
            "where": ", ".join(filter(None, (session.place, session.address))),
            "link": session.link,
            "reasons": reasons,
        }

    async def _seat_url(self, sign_up: SignUpState) -> str:
        """To the answer page where they were invited, else to their own page."""
        key = MAILS["invitation"].key.format(
            gathering=sign_up.gathering_id, attendee=sign_up.attendee_id
        )
        invitation = await rows.find_row(self._reading.documents, key)
        if invitation and invitation["state"] != State.DRAFT:
            return self._url(ANSWER, invitation["wave_id"])
        return self._url(OWN_PAGE, sign_up.gathering_id)

    def _url(self, purpose: str, object_id: str) -> str:
        return f"{self._settings.registration_url}/l/{self._token(purpose, object_id)}"

    def _token(self, purpose: str, object_id: str) -> str:
        expires_at = clock.now() + timedelta(days=self._settings.link_days)
        person = self._contact
        link = Link(purpose, person.person_id, object_id, person.generation, expires_at)
        return make_link(self._settings.keys, link)

    async def _session(self, key: str) -> tuple[SessionState, int]:
        found = await self._reading.find_with_version(SessionState, key)
        if not found:
            raise Waits(f"session/{key}")
        return found

    async def _require(self, state: type[S], key: str) -> S:
        found = await self._reading.find(state, key)
        if not found:
            raise Waits(f"{state.AGGREGATE}/{key}")
        return found
