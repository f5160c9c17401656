"""What the tests of registration do over and over: open a gathering, let people in, plan sessions
as matching would say them, and read what was said."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx
from doorpakken_events.envelope import headers_of
from doorpakken_events.event import Event
from doorpakken_events.matching import (
    PlanPublished,
    SessionCancelled,
    SessionRescheduled,
    SessionScheduled,
    SessionsRecommended,
    SessionState,
)
from doorpakken_plumbing.identity.links import OWN_PAGE_DAYS, Link, make_link
from doorpakken_plumbing.identity.staff import Staff, sign_token
from doorpakken_plumbing.mongo.database import Document
from doorpakken_plumbing.service import Service
from doorpakken_plumbing.time import clock
from doorpakken_registration.gatherings import gatherings
from doorpakken_registration.settings import Settings
from pydantic_core import from_json

from tests.names import new_email
from tests.probe import becomes

Json = dict[str, Any]


def somebody(name: str = "Gladys Waterlelie", **more: Any) -> Json:
    """What a person tells; the address is theirs alone."""
    return {
        "name": name,
        "email": new_email(),
        "language": "nl",
        "kind": "community_member",
        **more,
    }


def plan_for_work(**more: Any) -> Json:
    """A pitch with one need."""
    need = {"category": "placement", "description": "stageplekken", "amount": 15, "unit": "place"}
    pitch = {"kind": "project", "title": "OCTA", "summary": "Jongeren en bedrijven"}
    return somebody("Rowena Zilverspar") | pitch | {"needs": [need]} | more


@dataclass
class Desk:
    """An organiser with a client of their own."""

    client: httpx.AsyncClient
    service: Service
    settings: Settings

    async def gathering(self, **more: Any) -> str:
        """The id of a published gathering."""
        made = await self.client.post("/gatherings", json=self.draft(**more))
        assert made.status_code == 201, made.text
        found: str = made.json()["id"]
        published = await self.client.post(f"/gatherings/{found}/publish")
        assert published.status_code == 200, published.text
        return found

    def draft(self, **more: Any) -> Json:
        """A gathering next week."""
        starts_at = clock.now() + timedelta(days=7)
        return {
            "title": "Derde bijeenkomst",
            "starts_at": starts_at.isoformat(),
            "ends_at": (starts_at + timedelta(hours=3)).isoformat(),
            "venue": {"name": "Evenementenhal De Dreef"},
            **more,
        }

    async def attendee(self, gathering_id: str, **more: Any) -> Json:
        """Somebody registered by staff: ids and state."""
        answer = await self.client.post(
            f"/gatherings/{gathering_id}/attendees", json=somebody(**more)
        )
        assert answer.status_code == 201, answer.text
        made: Json = answer.json()
        return made

    async def session(
        self, gathering_id: str, *, seats: int = 10, day: int = 20, **more: Any
    ) -> str:
        """The id of a session that matching scheduled."""
        said = session_of(gathering_id, f"s-{uuid4()}", seats=seats, day=day, **more)
        await self.hear(said, 1)
        return said.session_id

    async def cancel_session(self, session_id: str, version: int = 2) -> None:
        """Matching cancels it."""
        kept = await self.service.mongo["sessions"].find_one({"_id": session_id})
        assert kept is not None
        names = SessionCancelled.model_fields
        fields = {name: value for name, value in kept.items() if name in names}
        fields |= {"session_id": session_id, "state": "cancelled"}
        await self.hear(SessionCancelled.model_validate(fields), version)

    async def wave(self, gathering_id: str, run_id: str | None = None) -> str:
        """The id of a published plan's wave."""
        now = clock.now()
        plan = PlanPublished(
            run_id=run_id or uuid4().hex,
            gathering_id=gathering_id,
            recommendations=1,
            sessions=1,
            answer_by=now + timedelta(days=5),
            published_at=now,
        )
        await self.hear(plan, 1)
        return plan.run_id

    async def recommend(self, recommended: SessionsRecommended) -> None:
        """The plan has something for somebody."""
        await self.hear(recommended, 1)

    async def hear(self, event: Event, version: int) -> None:
        """Says an event over Kafka and waits until registration has handled it."""
        event_id = str(uuid4())
        headers = headers_of(
            event, service="matching", event_id=event_id, version=version, time=clock.now()
        )
        topic = self.settings.topic(event.TOPIC)
        await (await self.service.writer.send(topic, event.key, event.payload(), headers))
        inbox = self.service.mongo["inbox"]
        await becomes(lambda: inbox.count({"_id": event_id}), 1, seconds=30)

    def bearer(self, role: str, place: str = "*") -> dict[str, str]:
        """The header of somebody with a role at one gathering, or at all."""
        staff = Staff(f"staff-{role}", {place: role}, f"session-{uuid4()}")
        token = sign_token(self.settings.staff_private_key.get_secret_value(), staff)
        return {"Authorization": f"Bearer {token}"}

    async def news_is_out(self) -> None:
        """Waits until everybody who follows was mailed about all gatherings that are open."""
        timers, due = self.service.mongo["timers"], {"$lte": clock.now()}
        await becomes(lambda: timers.count({"kind": gatherings.NEWS, "due": due}), 0)

    async def said(self, topic: str, **fields: Any) -> list[Json]:
        """What was said on a topic with these fields, in order, with its version."""
        rows = await self.service.mongo["outbox"].find({"topic": topic}, sort=[("_id", 1)])
        events = [_with_version(row) for row in rows]
        wanted = fields.items()
        return [event for event in events if wanted <= {k: event.get(k) for k in fields}.items()]

    async def link(
        self,
        person_id: str,
        purpose: str = "me",
        about: str = "",
        generation: int = 0,
        age: timedelta = timedelta(0),
    ) -> str:
        """The path of the link in a mail that somebody got just now, or `age` ago."""
        expires_at = clock.now() - age + timedelta(days=OWN_PAGE_DAYS)
        token = make_link(
            self.settings.links, Link(purpose, person_id, about, generation, expires_at)
        )
        return f"/l/{token}"


def session_of(
    gathering_id: str, session_id: str, *, seats: int = 10, day: int = 20, **more: Any
) -> SessionScheduled:
    """A session as matching says it."""
    starts_at = clock.now() + timedelta(days=day)
    fields: Json = {
        "session_id": session_id,
        "gathering_id": gathering_id,
        "run_id": "run",
        "pitch_id": "pitch",
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=2),
        "place": "Zaal Reiger",
        "capacity_min": 1,
        "capacity_max": seats,
        "state": "scheduled",
    }
    return SessionScheduled.model_validate(fields | more)


def begun(
    planned: SessionState, *, ago: timedelta = timedelta(hours=3), **more: Any
) -> SessionRescheduled:
    """The same session, moved: it began so long ago and took two hours."""
    starts_at = clock.now() - ago
    times = {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=2)}
    fields = planned.model_dump() | times | {"state": "rescheduled"} | more
    return SessionRescheduled.model_validate(fields)


def _with_version(row: Document) -> Json:
    payload: Json = from_json(row["payload"]) if row["payload"] else {}
    return payload | {"version": row["version"], "topic": row["topic"]}
