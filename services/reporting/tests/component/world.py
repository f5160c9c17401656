"""A gathering as the other services tell of it over Kafka."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from doorpakken_events.catalogue import topic_of
from doorpakken_events.envelope import headers_of
from doorpakken_events.event import Event
from doorpakken_events.matching import PlanPublished, SessionScheduled
from doorpakken_events.notification import MailSent, MailWaiting
from doorpakken_events.registration import (
    AttendeeCheckedIn,
    AttendeeRegistered,
    GatheringPublished,
    HostAnswered,
    InvitationAnswered,
    LinkRequested,
    Need,
    NeedOffered,
    PersonaDescribed,
    PersonContact,
    PerspectiveShared,
    PitchEndorsed,
    PitchReviewed,
    SessionJoined,
    SessionWaitlisted,
    SignUpUpdated,
    Venue,
    WishesStated,
)
from doorpakken_events.words import KINDS
from doorpakken_plumbing.service import Service
from doorpakken_plumbing.time import clock
from uuid_utils import uuid7

from tests.probe import eventually

START = datetime(2023, 10, 6, 13, 0, tzinfo=UTC)
E = TypeVar("E", bound=Event)
Said = tuple[Event, int]


@dataclass
class World:
    """Says events of one gathering, each with the version of its aggregate."""

    id: str
    service: Service

    async def say(self, *said: Said) -> None:
        """Says them in this order, and waits until reporting has read all of them."""
        sent = [await self._send(event, version, event.payload()) for event, version in said]
        await asyncio.gather(*sent)
        await self.heard()

    async def say_gone(self, event: Event, version: int) -> None:
        """Says that the aggregate of this event is no more."""
        await (await self._send(event, version, None))
        await self.heard()

    async def heard(self) -> None:
        """Waits until reporting has read all there is."""
        await eventually(self._lag, lambda lag: lag == 0, seconds=60)

    async def _lag(self) -> int | None:
        """Without partitions there is no lag, and nothing was read either."""
        consumer = self.service.consumer
        return None if consumer.why_not_ready() else await consumer.lag()

    async def _send(self, event: Event, version: int, value: bytes | None) -> Any:
        headers = headers_of(
            event,
            service=topic_of(type(event)).emitter,
            event_id=str(uuid7()),
            version=version,
            time=clock.now(),
        )
        topic = self.service.settings.topic(event.TOPIC)
        return await self.service.writer.send(topic, event.key, value, headers)

    def _make(self, event: type[E], fields: dict[str, Any]) -> E:
        return event.model_validate({"gathering_id": self.id} | fields)

    def published(self, **more: Any) -> Said:
        fields = {
            "title": "Derde bijeenkomst",
            "starts_at": START,
            "ends_at": START + timedelta(hours=3),
            "venue": Venue(name="Evenementenhal De Dreef"),
            "state": "published",
        }
        return self._make(GatheringPublished, fields | more), 1

    def _attendee(self, number: int) -> dict[str, Any]:
        return {
            "attendee_id": f"{self.id}-a{number}",
            "person_id": f"{self.id}-p{number}",
            "kind": KINDS[number % 3],
            "language": "nl",
            "state": "registered",
            "registered_at": START - timedelta(hours=6 * number),
        }

    def attendee(self, number: int) -> Said:
        return self._make(AttendeeRegistered, self._attendee(number)), 1

    def present(self, number: int) -> Said:
        came_at = START + timedelta(minutes=number % 45)
        more = {"state": "checked_in", "checked_in_at": came_at}
        return self._make(AttendeeCheckedIn, self._attendee(number) | more), 2

    def contact(self, number: int) -> Said:
        fields = {
            "person_id": f"{self.id}-p{number}",
            "name": f"Wilg {number}",
            "email": f"wilg{number}@doorpakken.example",
            "language": "nl",
        }
        return PersonContact.model_validate(fields), 1

    def link_request(self, number: int) -> Said:
        fields = {
            "link_request_id": f"{self.id}-l{number}",
            "person_id": f"{self.id}-p{number}",
            "purpose": "sign_in",
            "requested_at": START,
        }
        return self._make(LinkRequested, fields), 1

    def pitch(self, title: str, *needs: tuple[str, int, str]) -> Said:
        fields = {
            "pitch_id": f"{self.id}-{title}",
            "kind": "project",
            "title": title,
            "summary": "Een plan",
            "pitchers": [f"{self.id}-p1"],
            "needs": [
                Need(
                    need_id=f"{self.id}-{title}-n{n}",
                    category=one[0],
                    description=f"{title} {n}",
                    amount=one[1],
                    unit=one[2],
                )
                for n, one in enumerate(needs)
            ],
            "state": "accepted",
            "submitted_at": START,
            "reviewed_at": START,
        }
        return self._make(PitchReviewed, fields), 2

    def support(self, title: str, stance: str, state: str = "confirmed") -> Said:
        """Once it is asked of its organisation it waits; else a person says it."""
        by = {"organisation_id": "o1"} if state == "pending" else {"person_id": f"{self.id}-p2"}
        fields = by | {
            "endorsement_id": f"{self.id}-{title}-{stance}",
            "pitch_id": f"{self.id}-{title}",
            "stance": stance,
            "state": state,
            "endorsed_at": START,
        }
        return self._make(PitchEndorsed, fields), 1

    def offer(self, number: int, title: str, need: int, amount: tuple[str, int, str]) -> Said:
        fields = {
            "offer_id": f"{self.id}-o{number}",
            "pitch_id": f"{self.id}-{title}",
            "need_id": f"{self.id}-{title}-n{need}",
            "person_id": f"{self.id}-p2",
            "state": "offered",
            "offered_at": START,
        }
        of = dict(zip(("category", "amount", "unit"), amount, strict=True))
        return self._make(NeedOffered, fields | of), 1

    def wishes(self, number: int, *titles: str) -> Said:
        fields = {
            "attendee_id": f"{self.id}-a{number}",
            "pitch_ids": [f"{self.id}-{title}" for title in titles],
            "stated_at": START,
        }
        return self._make(WishesStated, fields), 1

    def portrait(self, title: str) -> Said:
        fields = {
            "persona_id": f"{self.id}-r-{title}",
            "title": title,
            "motivations": ["van haar werk leven"],
            "frustrations": ["regels in moeilijke taal"],
        }
        return self._make(PersonaDescribed, fields), 1

    def insight(self, number: int, title: str, state: str) -> Said:
        fields = {
            "perspective_id": f"{self.id}-i{number}",
            "persona_id": f"{self.id}-r-{title}",
            "text": f"Inzicht {number}",
            "state": state,
            "shared_at": START,
        }
        return self._make(PerspectiveShared, fields), 1

    def host(self, title: str, answer: str) -> Said:
        fields = {
            "hosting_id": f"{self.id}-h-{title}",
            "session_id": f"{self.id}-s-{title}",
            "person_id": f"{self.id}-p1",
            "ask": 1,
            "answer": answer,
            "answered_at": START + timedelta(days=1),
        }
        return self._make(HostAnswered, fields), 1

    def session(self, title: str, most: int) -> Said:
        begin = START + timedelta(days=20, hours=2)
        fields = {
            "session_id": f"{self.id}-s-{title}",
            "run_id": f"{self.id}-run",
            "pitch_id": f"{self.id}-{title}",
            "host": f"{self.id}-p1",
            "starts_at": begin,
            "ends_at": begin + timedelta(hours=2),
            "place": "Zaal Reiger",
            "capacity_min": 1,
            "capacity_max": most,
            "state": "scheduled",
        }
        return self._make(SessionScheduled, fields), 1

    def plan(self, recommendations: int, sessions: int) -> Said:
        fields = {
            "run_id": f"{self.id}-run",
            "recommendations": recommendations,
            "sessions": sessions,
            "answer_by": START + timedelta(days=5),
            "published_at": START + timedelta(days=1),
        }
        return self._make(PlanPublished, fields), 1

    def invited(self, numbers: Sequence[int]) -> list[Said]:
        return [self._invitation(MailSent, n, "mail", "sent") for n in numbers]

    def on_paper(self, numbers: Sequence[int]) -> list[Said]:
        return [self._invitation(MailWaiting, n, "paper", "on_paper") for n in numbers]

    def _invitation(self, event: type[E], number: int, channel: str, state: str) -> Said:
        fields = {
            "mail_id": f"{self.id}-i{number}",
            "person_id": f"{self.id}-p{number}",
            "attendee_id": f"{self.id}-a{number}",
            "wave_id": f"{self.id}-run",
            "kind": "invitation",
            "channel": channel,
            "state": state,
            "at": START + timedelta(days=1),
        }
        return self._make(event, fields), 1

    def answer(self, number: int, answer: str, reason: str | None = None, version: int = 1) -> Said:
        fields = {
            "answer_id": f"{self.id}-w{number}",
            "wave_id": f"{self.id}-run",
            "attendee_id": f"{self.id}-a{number}",
            "answer": answer,
            "reason": reason,
            "answered_at": START + timedelta(days=2, hours=version),
        }
        return self._make(InvitationAnswered, fields), version

    def joined(self, number: int, title: str) -> Said:
        return self._sign_up(SessionJoined, number, title, "active", None), 1

    def waits(self, number: int, title: str, place: int) -> Said:
        return self._sign_up(SessionWaitlisted, number, title, "waitlisted", place), 1

    def held(self, number: int, title: str) -> Said:
        return self._sign_up(SignUpUpdated, number, title, "held", None), 1

    def _sign_up(self, event: type[E], number: int, title: str, state: str, place: int | None) -> E:
        fields = {
            "sign_up_id": f"{self.id}-u{number}-{title}",
            "session_id": f"{self.id}-s-{title}",
            "attendee_id": f"{self.id}-a{number}",
            "state": state,
            "place": place,
            "signed_up_at": START + timedelta(days=2),
        }
        return self._make(event, fields)
