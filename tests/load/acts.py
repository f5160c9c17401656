"""What people and staff do in a system that is measured, each act timed from outside: from the
request until what follows from it is there."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from doorpakken_events.catalogue import SERVICES
from doorpakken_events.envelope import envelope_of
from doorpakken_events.registration import AttendeeRegistered, LinkRequested
from doorpakken_local.system import System
from doorpakken_plumbing.mongo.database import Mongo
from doorpakken_plumbing.time import clock

from tests.fault.desk import Desk
from tests.fault.facts import store_of
from tests.load.http_load import post_all
from tests.probe import becomes, eventually

POSTS, BURST, ERASURES, LOOKS = 40, 200, 7, 25
CONNECTIONS = 32
REGISTERED_AT_ONCE = 10_000
QUIET_SECONDS = 900.0
SEARCHED = "Boterbloem 77"

# What is looked at, by name: the service, and the path with the gathering in it.
LISTS: dict[str, tuple[str, str]] = {
    "list of attendees": ("registration", "/api/v1/gatherings/{g}/attendees?limit=50"),
    "list of who waits": ("registration", "/api/v1/gatherings/{g}/attendees?state=waitlisted"),
    "list of people": ("registration", "/api/v1/persons?limit=50"),
    "list of pitches": ("registration", "/api/v1/gatherings/{g}/pitches"),
    "page of a gathering": ("registration", "/g/{g}"),
    "page of the wall": ("registration", "/g/{g}/needs"),
    "staff page of people": ("registration", "/staff/people"),
    "staff page of a gathering": ("registration", "/staff/g/{g}"),
    "outbox of mails": ("notification", "/outbox"),
}


@dataclass
class Acts:
    """Staff at one gathering that grows, and a reader of what registration says."""

    system: System
    desk: Desk
    stores: dict[str, Mongo]
    gathering_id: str
    producer: AIOKafkaProducer
    heard: dict[str, float] = field(default_factory=dict)
    made: int = 0
    _came: asyncio.Event = field(default_factory=asyncio.Event)

    @classmethod
    @asynccontextmanager
    async def on(cls, system: System) -> AsyncIterator["Acts"]:
        """Signs in, opens the gathering and listens; ends all of it afterwards."""
        desk = await Desk.open(system)
        options: dict[str, Any] = system.access.kafka.options()
        producer = AIOKafkaProducer(**options)
        await producer.start()
        stores = {service: store_of(system, service) for service in SERVICES}
        acts = cls(system, desk, stores, await desk.gathering(), producer)
        listening = asyncio.create_task(acts._listen())
        try:
            yield acts
        finally:
            listening.cancel()
            await asyncio.wait([listening])
            await producer.stop()
            for store in stores.values():
                store.close()
            await acts.desk.close()

    async def warm_up(self, *, pages: bool = True) -> None:
        """Does each act once, so that every store has a row of every sort."""
        await self._register(20)
        await self._sign_up()
        await self.quiet()
        await self.post()
        await self.mail(5)
        await self.erase()
        for service, path in LISTS.values() if pages else ():
            await self._get(service, path)
        await self.quiet()

    async def grow_to(self, size: int) -> None:
        """As many attendees, each of them known to every service."""
        while self.made < size:
            await self._register(min(REGISTERED_AT_ONCE, size - self.made))
            await self.quiet()

    async def all(self) -> dict[str, list[float]]:
        """The seconds that each act took, as often as it was done."""
        await self.quiet()
        found = {
            "POST to topic": [await self.post() for _ in range(POSTS)],
            f"{BURST} events to mails": [await self.mail(BURST) for _ in range(3)],
            "erasure in four services": [await self.erase() for _ in range(ERASURES)],
        }
        for name, (service, path) in LISTS.items():
            found[name] = [await self._get(service, path) for _ in range(LOOKS)]
        return found

    async def quiet(self) -> None:
        """Waits until nothing is pending and nobody is behind."""

        async def backlog() -> int:
            figures = [await self.desk.figures(service) for service in SERVICES]
            lags = (1 if one["lag"] is None else one["lag"] for one in figures)
            return sum(lags, sum(one["pending"] for one in figures))

        await eventually(backlog, lambda left: left == 0, QUIET_SECONDS)

    async def _register(self, count: int) -> None:
        """So many new people, by staff."""
        bodies = [json.dumps(self._somebody()).encode() for _ in range(count)]
        url = f"{self.system.urls['registration']}{self._path('attendees')}"
        headers = {"Authorization": f"Bearer {await self.desk.token()}"}
        run = await post_all(url, bodies, CONNECTIONS, headers)
        if run.statuses != {201: count}:
            raise SystemExit(f"expected {count} times 201, got {run.statuses}")

    async def _sign_up(self) -> None:
        """Somebody signs up at the public door, and is promised a mail."""
        async with httpx.AsyncClient(base_url=self.system.urls["registration"]) as anybody:
            key = {"Idempotency-Key": str(uuid4())}
            path = self._path("attendees")
            (await anybody.post(path, json=self._somebody(), headers=key)).raise_for_status()

    async def post(self) -> float:
        """From the request until the event is on its topic."""
        began_at = time.perf_counter()
        answer = await self.desk.client.post(self._path("attendees"), json=self._somebody())
        answer.raise_for_status()
        return await self._arrival(answer.json()["id"]) - began_at

    async def _arrival(self, attendee_id: str) -> float:
        async with asyncio.timeout(60):
            while attendee_id not in self.heard:
                self._came.clear()
                await self._came.wait()
        return self.heard.pop(attendee_id)

    async def mail(self, count: int) -> float:
        """From so many requests on their topic until all of their mails were sent."""
        # Somebody new for each: only a few such mails an hour go to one address.
        asked = {str(uuid4()): await self._somebody_known() for _ in range(count)}
        await self.quiet()
        began_at = time.perf_counter()
        sending = [await self._ask_link(*one) for one in asked.items()]
        await asyncio.gather(*sending)
        sent = {"object_id": {"$in": [*asked]}, "state": "sent"}
        await becomes(lambda: self.stores["notification"]["mails"].count(sent), count, 120)
        return time.perf_counter() - began_at

    async def _somebody_known(self) -> str:
        """The id of a new person, entered by staff."""
        answer = await self.desk.client.post(self._path("attendees"), json=self._somebody())
        answer.raise_for_status()
        return str(answer.json()["person_id"])

    async def _ask_link(self, request_id: str, person_id: str) -> Awaitable[Any]:
        event = LinkRequested(
            link_request_id=request_id,
            person_id=person_id,
            gathering_id=self.gathering_id,
            purpose="registered",
            requested_at=clock.now(),
        )
        said = envelope_of(
            LinkRequested,
            request_id,
            service="registration",
            event_id=str(uuid4()),
            version=1,
            time=clock.now(),
        )
        sent: Awaitable[Any] = await self.producer.send(
            LinkRequested.TOPIC, event.payload(), key=request_id.encode(), headers=said.headers()
        )
        return sent

    async def erase(self) -> float:
        """From the request until all four services have confirmed."""
        person_id = await self._somebody_known()
        await self.quiet()
        began_at = time.perf_counter()
        asked = await self.desk.client.post(f"/api/v1/persons/{person_id}/erase")
        asked.raise_for_status()
        path = f"/api/v1/erasures/{asked.json()['number']}"

        async def is_complete() -> bool:
            return bool((await self.desk.client.get(path)).json()["is_complete"])

        await becomes(is_complete, True, 60)
        return time.perf_counter() - began_at

    async def _get(self, service: str, path: str) -> float:
        url = f"{self.system.urls[service]}{path.format(g=self.gathering_id)}"
        began_at = time.perf_counter()
        (await self.desk.client.get(url)).raise_for_status()
        return time.perf_counter() - began_at

    async def _listen(self) -> None:
        options: dict[str, Any] = self.system.access.kafka.options()
        consumer = AIOKafkaConsumer(
            AttendeeRegistered.TOPIC,
            group_id=None,
            auto_offset_reset="latest",
            fetch_max_wait_ms=50,
            **options,
        )
        async with consumer:
            async for record in consumer:
                self.heard[record.key.decode()] = time.perf_counter()
                self._came.set()

    def _path(self, rest: str) -> str:
        return f"/api/v1/gatherings/{self.gathering_id}/{rest}"

    def _somebody(self) -> dict[str, Any]:
        self.made += 1
        return {
            "name": f"Groei Boterbloem {self.made}",
            "email": f"groei.{self.made}@doorpakken.example",
            "language": "nl",
            "kind": "community_member",
        }
