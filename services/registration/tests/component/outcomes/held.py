"""A work session that was held: its pitch, who led it and who had a seat there."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx
from doorpakken_events.matching import HostAsked, SessionScheduled
from doorpakken_plumbing.time import clock

from services.registration.tests.component.accepted import accepted_pitch
from services.registration.tests.component.desk import Desk, Json, begun, session_of
from services.registration.tests.component.filling import fields_of
from services.registration.tests.component.merging import seat
from tests.names import new_email


@dataclass
class Held:
    """The session of a pitch that asks fifteen places; `public` is the browser of its host."""

    desk: Desk
    public: httpx.AsyncClient
    pitch: Json
    session_id: str
    host: Json
    guests: list[Json]
    planned: SessionScheduled
    version: int = 2
    ended: datetime = field(default_factory=clock.now)

    @classmethod
    async def of(
        cls, desk: Desk, public: httpx.AsyncClient, *, ago: timedelta = timedelta(hours=3)
    ) -> "Held":
        """That began so long ago, and took two hours."""
        gathering_id = await desk.gathering()
        pitch = await accepted_pitch(desk, gathering_id)
        host = await desk.attendee(gathering_id, name="Fem Hostelaar")
        guests = [await desk.attendee(gathering_id, name=name) for name in ("Ada Riet", "Bo Kade")]
        session_id = f"s-{uuid4()}"
        planned = session_of(gathering_id, session_id, pitch_id=pitch["id"], host=host["person_id"])
        await desk.hear(planned, 1)
        for one in guests:
            assert (await seat(desk, session_id, one["id"])).status_code == 201
        held = cls(desk, public, pitch, session_id, host, guests, planned)
        await held.asked(host["person_id"])
        await held.move(ago)
        await held.enter()
        return held

    @property
    def page(self) -> str:
        return f"/outcome/{self.session_id}"

    @property
    def need_id(self) -> str:
        need_id: str = self.pitch["needs"][0]["need_id"]
        return need_id

    async def move(self, ago: timedelta, **more: Any) -> None:
        """Matching moves it: it began so long ago."""
        said = begun(self.planned, ago=ago, **more)
        await self.desk.hear(said, self.version)
        self.ended = said.ends_at
        self.version += 1

    async def asked(self, person_id: str) -> None:
        """Matching asks somebody to lead it."""
        at = clock.now() + timedelta(days=20)
        said = HostAsked(
            hosting_id=f"h-{uuid4()}",
            gathering_id=self.pitch["gathering_id"],
            session_id=self.session_id,
            person_id=person_id,
            ask=1,
            starts_at=at,
            ends_at=at + timedelta(hours=2),
            state="yes",
            asked_at=clock.now(),
        )
        await self.desk.hear(said, 1)

    async def enter(self, person_id: str | None = None) -> None:
        """The browser becomes theirs, by the link about this session."""
        self.public.cookies.clear()
        about = (person_id or self.host["person_id"], "outcome", self.session_id)
        await self.public.get(await self.desk.link(*about))

    async def write(self, act: str, *, page: str = "", **typed: Any) -> httpx.Response:
        """Sends a form of the page; what is not typed stays empty."""
        return await self.public.post(page or self.page, data={"act": act, **typed})

    async def line(self, **typed: Any) -> httpx.Response:
        """Sends a line: five places by the first guest, unless it says otherwise."""
        fields = {
            "owner": f"person:{self.guests[0]['person_id']}",
            "need_id": self.need_id,
            "amount": "5",
            "due": day(60),
            "line_id": str(uuid4()),
        }
        return await self.write("line", **fields | typed)

    async def lines(self) -> list[Json]:
        """Its promises and actions as the API shows them."""
        path = f"/gatherings/{self.pitch['gathering_id']}/commitments"
        found = (await self.desk.client.get(path)).json()["items"]
        return [one for one in found if one["session_id"] == self.session_id]

    async def reported(self) -> list[Json]:
        return await self.desk.said("session-reported", session_id=self.session_id)

    async def last(self) -> Json:
        return (await self.reported())[-1]

    async def line_form(self, number: int = 0, page: str = "") -> tuple[str, Mapping[str, str]]:
        """The page of a line, and what its form holds."""
        line = (await self.lines())[number]
        path = f"{page or self.page}/lines/{line['id']}"
        shown = await self.public.get(path)
        assert shown.status_code == 200, shown.text
        return path, fields_of(shown)


def day(ahead: int) -> str:
    return (clock.now().date() + timedelta(days=ahead)).isoformat()


def somebody_else(name: str = "Cor Onbekend", **more: str) -> Json:
    """Who is at the table and not signed up, as the form has them."""
    return {"owner": "somebody", "owner_name": name, "contact": new_email(), **more}


def sentence_in(page: httpx.Response) -> str:
    """The text of a page in one line."""
    return " ".join(re.sub(r"<[^>]{0,400}>", " ", page.text).split())
