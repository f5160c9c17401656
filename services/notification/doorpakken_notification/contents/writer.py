"""What all mails share while they are written: facts with their parents, sessions in words, links.
Raises Waits for a missing parent, so that the mail waits for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar

from doorpakken_events.event import Event
from doorpakken_events.matching import SessionState
from doorpakken_events.registration import AttendeeState, PersonContact, PitchState, SignUpState
from doorpakken_plumbing.identity.door_codes import door_code
from doorpakken_plumbing.identity.links import (
    DOOR,
    OWN_PAGE,
    OWN_PAGE_DAYS,
    PASSWORD,
    Link,
    make_link,
)

from doorpakken_notification import wording
from doorpakken_notification.model.calendar_notices import CalendarEntry
from doorpakken_notification.model.contents import Appointment, Ends, Unnamed, Waits
from doorpakken_notification.model.mail import Mail
from doorpakken_notification.model.mail_kinds import key_of
from doorpakken_notification.model.mail_states import Reason, State
from doorpakken_notification.settings import Settings
from doorpakken_notification.store import mails
from doorpakken_notification.store.reading import Reading

S = TypeVar("S", bound=Event)
ANSWER, UNSUBSCRIBE = "answer", "unsubscribe"
FOLLOW, UNFOLLOW = "follow", "unfollow"
INVITED = "invited"
Values = dict[str, Any]


@dataclass(frozen=True)
class Written:
    """The values for a template, and the images it shows, PNG by content id; for a seat also its
    calendar entry, and what the mail keeps of it."""

    values: Values
    appointment: Appointment | None = None
    told: CalendarEntry | None = None
    images: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class Writer:
    """Loads the facts that one mail refers to."""

    reading: Reading
    mail: Mail
    settings: Settings
    language: str
    contact: PersonContact
    attendee: AttendeeState | None
    links_from: datetime

    @property
    def object_id(self) -> str:
        return given(self.mail.object_id)

    @property
    def gathering_id(self) -> str:
        return given(self.mail.gathering_id)

    async def require(self, state: type[S], key: str) -> S:
        """Raises Waits while no state was received."""
        found = await self.reading.find(state, key)
        if not found:
            raise Waits(f"{state.AGGREGATE}/{key}")
        return found

    async def session(self, key: str) -> tuple[SessionState, int]:
        found = await self.reading.find_with_version(SessionState, key)
        if not found:
            raise Waits(f"session/{key}")
        return found

    async def line(self, session: SessionState, reasons: Sequence[str] = ()) -> Values:
        return self._line(session, await self.pitch_title(session.pitch_id), reasons)

    async def line_of_any(self, session: SessionState) -> Values:
        """Like `line`, with an empty title instead of Unnamed."""
        try:
            return await self.line(session)
        except Unnamed:
            return self._line(session, "", ())

    def _line(self, session: SessionState, title: str, reasons: Sequence[str]) -> Values:
        return {
            "title": title,
            "starts_at": session.starts_at,
            "when": wording.period(session.starts_at, session.ends_at, self.language),
            "where": ", ".join(filter(None, (session.place, session.address))),
            "link": session.link,
            "reasons": reasons,
        }

    async def pitch_title(self, pitch_id: str) -> str:
        pitch = await self.require(PitchState, pitch_id)
        return named(pitch.title, f"{PitchState.AGGREGATE}/{pitch_id}")

    async def sign_up(self) -> SignUpState:
        return await self.require(SignUpState, self.object_id)

    async def seat_url(self, sign_up: SignUpState) -> str:
        key = key_of("invitation", gathering=sign_up.gathering_id, attendee=sign_up.attendee_id)
        invitation = await mails.find_mail(self.reading.documents, key)
        if invitation and invitation.state is not State.DRAFT:
            return self.url(ANSWER, given(invitation.wave_id))
        return self.url(OWN_PAGE, sign_up.gathering_id)

    def url(self, purpose: str, object_id: str) -> str:
        return f"{self.settings.registration_url}/l/{self._token(purpose, object_id)}"

    def password_url(self, request_id: str) -> str:
        token = self._token(PASSWORD, request_id)
        return f"{self.settings.registration_url}/staff/password/{token}"

    def door_url(self, attendee_id: str) -> str:
        """Staff check the attendee in with it; it opens nothing for anybody else. The page of the
        door reads the code behind it also without a line."""
        code = door_code(self.settings.keys, attendee_id)
        return f"{self.settings.registration_url}/d/{self._token(DOOR, attendee_id)}#{code}"

    def unsubscribe_url(self) -> str:
        """Ends mails of this kind with one click: invitations, or news of gatherings. The link
        allows nothing else, in case somebody else has the mail."""
        if self.mail.kind == "new_gathering":
            return f"{self.settings.registration_url}/unfollow/{self._token(UNFOLLOW, '')}"
        return f"{self.settings.notification_url}/unsubscribe/{self._token(UNSUBSCRIBE, '')}"

    def over(self, reason: Reason = Reason.NOT_OWED) -> Ends:
        return Ends(State.STOPPED, reason, self.contact.person_id)

    def _token(self, purpose: str, object_id: str) -> str:
        days = OWN_PAGE_DAYS if purpose == OWN_PAGE else self.settings.link_days
        expires_at = self.links_from + timedelta(days=days)
        person = self.contact
        link = Link(purpose, person.person_id, object_id, person.generation, expires_at)
        return make_link(self.settings.keys, link)


def given(found: str | None) -> str:
    """Raises LookupError for a mail without the id of what its kind is about: a parent without an
    id would be waited for for ever."""
    if not found:
        raise LookupError("the mail lacks what it is about")
    return found


def named(name: str, subject: str) -> str:
    """The name without final dots, to stand in a sentence; raises Unnamed if it has no letter or
    digit."""
    words = " ".join(name.split())
    if not any(char.isalnum() for char in words):
        raise Unnamed(subject)
    return words.rstrip(" .")
