"""A gathering as registration tells of it, and what matching says back."""

import asyncio
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import httpx
from doorpakken_events.envelope import envelope_of
from doorpakken_events.event import Event
from doorpakken_events.registration import (
    AttendeeCheckedIn,
    AttendeeRegistered,
    GatheringPublished,
    Need,
    PitchReviewed,
    SignUpUpdated,
    Venue,
)
from doorpakken_plumbing.mongo.database import Document
from doorpakken_plumbing.service import Service
from doorpakken_plumbing.time import clock
from uuid_utils import uuid7

from tests.probe import becomes

ROOMS = (("Zaal Ara", 12), ("Atelier", 8), ("Zaal Reiger", 10), ("Keuken", 10))
SLOT_DAYS = {"A": 11, "B": 12, "C": 20, "D": 22}


@dataclass
class Gathering:
    """Says events of one gathering over Kafka, and reads the outbox of matching."""

    id: str
    service: Service
    client: httpx.AsyncClient
    start: Any = field(default_factory=lambda: clock.now().replace(microsecond=0))

    async def hear(self, *events: tuple[Event, int]) -> None:
        """Says events with their versions, and waits until matching has folded them."""
        ids = [
            await self._send(type(event), event.key, event.payload(), version)
            for event, version in events
        ]
        await self._handled(ids)

    async def hear_gone(self, *gone: tuple[type[Event], str, int]) -> None:
        """Says tombstones: of which event, its key and the version."""
        await self._handled([await self._send(event, key, None, v) for event, key, v in gone])

    async def _send(self, event: type[Event], key: str, payload: bytes | None, version: int) -> str:
        envelope = envelope_of(
            event,
            key,
            service="registration",
            event_id=str(uuid7()),
            version=version,
            time=clock.now(),
        )
        topic = self.service.settings.topic(event.TOPIC)
        await (await self.service.writer.send(topic, key, payload, envelope.headers()))
        return envelope.event_id

    async def _handled(self, ids: list[str]) -> None:
        inbox = self.service.mongo["inbox"]
        await becomes(lambda: inbox.count({"_id": {"$in": ids}}), len(ids), seconds=30)

    def published(self, **more: Any) -> GatheringPublished:
        """The gathering as it was published."""
        fields: dict[str, Any] = {
            "gathering_id": self.id,
            "title": "Derde bijeenkomst",
            "starts_at": self.start,
            "ends_at": self.start + timedelta(hours=3),
            "venue": Venue(name="Evenementenhal De Dreef"),
            "state": "published",
        }
        return GatheringPublished.model_validate(fields | more)

    def attendee(self, name: str, **more: Any) -> AttendeeCheckedIn:
        """Somebody who is present."""
        fields: dict[str, Any] = {
            "attendee_id": f"{self.id}-{name}",
            "gathering_id": self.id,
            "person_id": f"{self.id}-person-{name}",
            "kind": "community_member",
            "language": "nl",
            "offers": ("expertise",),
            "state": "checked_in",
            "registered_at": self.start,
            "checked_in_at": self.start,
        }
        return AttendeeCheckedIn.model_validate(fields | more)

    def registered(self, name: str, **more: Any) -> AttendeeRegistered:
        """The same person before they came."""
        fields = self.attendee(name, **more).model_dump()
        return AttendeeRegistered.model_validate(
            fields | {"state": "registered", "checked_in_at": None}
        )

    def pitch(self, name: str, **more: Any) -> PitchReviewed:
        """An accepted pitch that asks for expertise."""
        need = Need(
            need_id=f"{self.id}-need-{name}",
            category="expertise",
            description="Spreekuur door vakmensen",
            amount=60,
            unit="hour",
        )
        fields: dict[str, Any] = {
            "pitch_id": f"{self.id}-pitch-{name}",
            "gathering_id": self.id,
            "kind": "project",
            "title": f"Pitch {name}",
            "summary": "Samen verder",
            "pitchers": (f"{self.id}-pitcher-{name}",),
            "needs": (need,),
            "state": "accepted",
            "submitted_at": self.start,
            "reviewed_at": self.start,
        }
        return PitchReviewed.model_validate(fields | more)

    async def prepare(
        self, *, pitches: Iterable[str] = ("one",), attendees: Iterable[str] = ("a", "b", "c")
    ) -> None:
        """Everything for a plan: the gathering, its people and pitches, and the story's places."""
        await self.hear(
            (self.published(), 1),
            *((self.pitch(name), 2) for name in pitches),
            *((self.attendee(name), 2) for name in attendees),
        )
        await self.add_places()

    async def add_places(self) -> None:
        """The rooms and slots of the story."""
        for name, capacity in ROOMS:
            await self.post("rooms", name=name, capacity=capacity)
        for days in SLOT_DAYS.values():
            await self.add_slot(days=days)

    async def add_slot(self, *, days: int) -> httpx.Response:
        """A slot of two hours, some days after the gathering."""
        starts_at = self.start + timedelta(days=days)
        ends_at = starts_at + timedelta(hours=2)
        return await self.post("slots", starts_at=f"{starts_at}", ends_at=f"{ends_at}")

    async def post(self, what: str, **body: Any) -> httpx.Response:
        """Asks for something of this gathering."""
        return await self.client.post(f"/gatherings/{self.id}/{what}", json=body)

    async def plan(self) -> dict[str, Any]:
        """A new plan, which must succeed."""
        answer = await self.post("plans")
        assert answer.status_code == 201, answer.text
        plan: dict[str, Any] = answer.json()
        return plan

    async def publish(self, plan: dict[str, Any]) -> httpx.Response:
        """Publishes a plan."""
        return await self.client.post(f"/plans/{plan['run_id']}/publish")

    def sign_up(
        self, name: str, session_id: str, state: str = "active", **more: Any
    ) -> SignUpUpdated:
        """A seat or a place in line of somebody."""
        fields: dict[str, Any] = {
            "sign_up_id": f"{self.id}-{name}-{session_id}",
            "gathering_id": self.id,
            "session_id": session_id,
            "attendee_id": f"{self.id}-{name}",
            "state": state,
            "signed_up_at": self.start,
        }
        return SignUpUpdated.model_validate(fields | more)

    async def sessions(self) -> list[dict[str, Any]]:
        """The sessions as staff follow them."""
        answer = await self.client.get(f"/gatherings/{self.id}/sessions")
        assert answer.status_code == 200, answer.text
        items: list[dict[str, Any]] = answer.json()["items"]
        return items

    async def change(self, session_id: str, what: str, **body: Any) -> httpx.Response:
        """Staff change something of a session."""
        return await self.client.post(f"/sessions/{session_id}/{what}", json=body)

    async def said(self, topic: str) -> list[dict[str, Any]]:
        """The data of what matching said on a topic about this gathering, with its version."""
        found = await self.service.mongo["outbox"].find({"topic": topic}, sort=[("_id", 1)])
        events = [_event(row) for row in found if row["payload"]]
        return [event for event in events if event["gathering_id"] == self.id]

    async def recommended(self, run_id: str) -> list[str]:
        """Whom matching recommended something in this run, once for each time it said so."""
        said = await self.said("sessions-recommended")
        return sorted(one["attendee_id"] for one in said if one["run_id"] == run_id)


def _event(row: Document) -> dict[str, Any]:
    return {**json.loads(row["payload"]), "version": row["version"]}


async def together(*waiting: Any) -> list[Any]:
    """What all of them gave, started at once."""
    return list(await asyncio.gather(*waiting))
