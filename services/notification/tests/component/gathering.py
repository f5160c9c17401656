"""A gathering as registration and matching tell of it, for a notification to hear."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from doorpakken_events.matching import (
    HostAsked,
    PlanPublished,
    Reason,
    SessionCancelled,
    SessionLink,
    SessionRescheduled,
    SessionScheduled,
    SessionsRecommended,
    Suggestion,
)
from doorpakken_events.registration import (
    AttendeeCheckedIn,
    LinkRequested,
    MailRequested,
    Need,
    NeedOffered,
    OrganisationDescribed,
    PersonContact,
    PitchEndorsed,
    PitchReviewed,
    SessionJoined,
    SessionLeft,
    SessionOffered,
    SessionWaitlisted,
    SignUpState,
    SignUpUpdated,
)

from services.notification.tests.component.announced import FRIDAY, Announced, Said

__all__ = ["FRIDAY", "Gathering", "Said"]

HELPS = Reason(code="offer_meets_need", category="placement", need_id="need-octa")

SEAT_TOPICS: dict[str, type[SignUpState]] = {
    "active": SessionJoined,
    "waitlisted": SessionWaitlisted,
    "offered": SessionOffered,
    "ended": SessionLeft,
    "held": SignUpUpdated,
    "conflict": SignUpUpdated,
}


@dataclass
class Gathering(Announced):
    """Events of one gathering with one pitch and one session; every id is of this test alone."""

    @property
    def run(self) -> str:
        return f"{self.id}-run"

    @property
    def session(self) -> str:
        return f"{self.id}-session"

    def person(self, name: str) -> str:
        """Their id."""
        return f"{self.id}-{name}-person"

    def address(self, name: str) -> str:
        """An address nobody else in the tests has."""
        return f"{name}.{self.id}@post.example"

    def pitch(self, version: int = 2, **more: Any) -> Said:
        """An accepted pitch."""
        need = Need(
            need_id="need-octa",
            category="placement",
            description="15 stageplekken",
            amount=15,
            unit="place",
        )
        fields = {
            "pitch_id": f"{self.id}-pitch",
            "gathering_id": self.id,
            "kind": "project",
            "title": "OCTA",
            "summary": "Jongeren en bedrijven",
            "pitchers": (f"{self.id}-pitcher",),
            "needs": (need,),
            "state": "accepted",
            "submitted_at": FRIDAY,
        }
        return PitchReviewed.model_validate(fields | more), version

    def scheduled(self, version: int = 1, **more: Any) -> Said:
        """The session around it."""
        fields = {
            "session_id": self.session,
            "gathering_id": self.id,
            "run_id": self.run,
            "pitch_id": f"{self.id}-pitch",
            "starts_at": datetime(2023, 10, 26, 13, tzinfo=UTC),
            "ends_at": datetime(2023, 10, 26, 15, tzinfo=UTC),
            "place": "Zaal Reiger",
            "address": "Reigerlaan 10, Amsterdam",
            "capacity_min": 6,
            "capacity_max": 10,
            "state": "scheduled",
        }
        return SessionScheduled.model_validate(fields | more), version

    def contact(self, who: str, version: int = 1, **more: Any) -> Said:
        """How to reach somebody."""
        fields = {
            "person_id": f"{self.id}-{who}-person",
            "name": f"{who.capitalize()} Waterlelie",
            "email": self.address(who),
            "phone": "020 555 0199",
            "language": "nl",
        }
        return PersonContact.model_validate(fields | more), version

    def present(self, name: str, version: int = 2, **more: Any) -> Said:
        """Somebody who is there."""
        fields = {
            "attendee_id": f"{self.id}-{name}",
            "gathering_id": self.id,
            "person_id": f"{self.id}-{name}-person",
            "kind": "community_member",
            "language": "nl",
            "state": "checked_in",
            "registered_at": FRIDAY,
        }
        return AttendeeCheckedIn.model_validate(fields | more), version

    def recommended(
        self, name: str, version: int = 1, *, reasons: tuple[Reason, ...] = (HELPS,), **more: Any
    ) -> Said:
        """What the plan has for them."""
        seat = Suggestion(session_id=self.session, score=800, reasons=reasons)
        fields = {
            "attendee_id": f"{self.id}-{name}",
            "gathering_id": self.id,
            "run_id": self.run,
            "seats": (seat,),
        }
        return SessionsRecommended.model_validate(fields | more), version

    def plan(self, recommendations: int, **more: Any) -> Said:
        """The plan that opens the wave."""
        fields = {
            "run_id": self.run,
            "gathering_id": self.id,
            "recommendations": recommendations,
            "sessions": 1,
            "answer_by": datetime(2023, 10, 11, 21, 59, tzinfo=UTC),
            "published_at": FRIDAY + timedelta(days=1),
        }
        return PlanPublished.model_validate(fields | more), 1

    def joined(self, name: str, version: int = 1, **more: Any) -> Said:
        """A seat they took."""
        fields = {
            "sign_up_id": f"{self.id}-{name}-seat",
            "gathering_id": self.id,
            "session_id": self.session,
            "attendee_id": f"{self.id}-{name}",
            "state": "active",
            "signed_up_at": FRIDAY + timedelta(days=2),
        }
        return SessionJoined.model_validate(fields | more), version

    def seat(self, name: str, state: str, version: int, **more: Any) -> Said:
        """What became of their seat, on the topic of that state."""
        joined, _ = self.joined(name)
        fields = joined.model_dump() | {"state": state} | more
        return SEAT_TOPICS[state].model_validate(fields), version

    def rescheduled(self, version: int, **more: Any) -> Said:
        """The session at another time or place."""
        scheduled, _ = self.scheduled()
        fields = scheduled.model_dump() | {"state": "rescheduled"} | more
        return SessionRescheduled.model_validate(fields), version

    def met_at(self, link: str | None, version: int = 1) -> Said:
        """Where the session is met on line."""
        event = SessionLink(session_id=self.session, gathering_id=self.id, link=link)
        return event, version

    def called_off(self, version: int, **more: Any) -> Said:
        """The session that will not be."""
        scheduled, _ = self.scheduled()
        fields = scheduled.model_dump() | {"state": "cancelled"} | more
        return SessionCancelled.model_validate(fields), version

    def host(self, version: int = 1, **more: Any) -> Said:
        """Somebody is asked to lead the session, or answered."""
        fields = {
            "hosting_id": f"{self.id}-hosting",
            "gathering_id": self.id,
            "session_id": self.session,
            "person_id": f"{self.id}-host-person",
            "ask": 1,
            "starts_at": datetime(2023, 10, 26, 13, tzinfo=UTC),
            "ends_at": datetime(2023, 10, 26, 15, tzinfo=UTC),
            "state": "asked",
            "asked_at": FRIDAY + timedelta(days=1),
        }
        return HostAsked.model_validate(fields | more), version

    def mail_request(self, kind: str, name: str, object_id: str, **more: Any) -> Said:
        """A mail that registration asks for."""
        fields = {
            "mail_request_id": f"{self.id}-{kind}",
            "person_id": f"{self.id}-{name}-person",
            "kind": kind,
            "object_id": object_id,
            "gathering_id": self.id,
            "requested_at": FRIDAY,
        }
        return MailRequested.model_validate(fields | more), 1

    def handover(self, to: str, *, version: int = 1, **more: Any) -> Said:
        """A place in the session is passed on to somebody."""
        asked, _ = self.mail_request(
            "handover", to, f"{self.id}-handover", session_id=self.session, **more
        )
        return asked, version

    def endorsed(self, version: int = 1, **more: Any) -> Said:
        """Support of an organisation that nobody confirmed yet."""
        fields = {
            "endorsement_id": f"{self.id}-endorsement",
            "gathering_id": self.id,
            "pitch_id": f"{self.id}-pitch",
            "organisation_id": f"{self.id}-organisation",
            "stance": "joins",
            "state": "pending",
            "endorsed_at": FRIDAY,
        }
        return PitchEndorsed.model_validate(fields | more), version

    def offered(self, version: int = 1, **more: Any) -> Said:
        """What somebody offers in an organisation's name, and nobody confirmed yet."""
        fields = {
            "offer_id": f"{self.id}-offer",
            "gathering_id": self.id,
            "pitch_id": f"{self.id}-pitch",
            "category": "money",
            "amount": 750_000,
            "unit": "euro_cent",
            "organisation_id": f"{self.id}-organisation",
            "state": "pending",
            "offered_at": FRIDAY,
        }
        return NeedOffered.model_validate(fields | more), version

    def organisation(self) -> Said:
        """An organisation."""
        event = OrganisationDescribed(
            organisation_id=f"{self.id}-organisation", name="Gaaspziekenhuis", kind="other"
        )
        return event, 1

    def link(self, name: str, purpose: str = "registered", **more: Any) -> Said:
        """A link they asked for."""
        fields = {
            "link_request_id": f"{self.id}-{name}-{purpose}",
            "person_id": f"{self.id}-{name}-person",
            "gathering_id": self.id,
            "purpose": purpose,
            "requested_at": FRIDAY,
        }
        return LinkRequested.model_validate(fields | more), 1

    def told(self, *names: str) -> list[Said]:
        """Everything for a wave to these people."""
        people = [event for name in names for event in self._about(name)]
        session = [self.pitch(), self.scheduled(), self.host(state="yes")]
        return [self.published(), *session, *people, self.plan(len(names))]

    def _about(self, name: str) -> list[Said]:
        return [self.contact(name), self.present(name), self.recommended(name)]
