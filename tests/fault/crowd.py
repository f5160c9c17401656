"""People who are entered at registration, each under an Idempotency-Key of their own, by somebody
who does not give up: cut off or told to wait, the same request is sent again until it is answered.
Refuses any answer but 201 and one that says to wait."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx
from doorpakken_local.demo.visiting.crowd import each

from tests.fault.invariants import Expected
from tests.fault.patience import PATIENCE_SECONDS, Statuses, answered
from tests.names import new_word
from tests.probe import eventually

BETWEEN_SECONDS = 0.5  # 16 people a second at most: more than any gathering has at its door
AT_ONCE = 8


@dataclass(frozen=True)
class Entry:
    """One acknowledged registration and the request that it answers."""

    path: str
    key: str
    body: dict[str, Any]
    attendee_id: str
    person_id: str


@dataclass
class Crowd:
    """What was answered, by status, and who was entered; `url` names another instance than the
    client's."""

    client: httpx.AsyncClient
    expected: Expected
    statuses: Statuses = field(default_factory=Counter)
    entries: list[Entry] = field(default_factory=list)

    async def enter(
        self, gathering_id: str, count: int, *, at_once: int = AT_ONCE, url: str = ""
    ) -> list[Entry]:
        """So many new people, all acknowledged."""
        path = f"{url}/api/v1/gatherings/{gathering_id}/attendees"
        bodies = [_somebody() for _ in range(count)]
        entered = await each(bodies, lambda body: self._enter(path, body), at_once=at_once)
        self.expected.attendees[gathering_id] |= {one.attendee_id for one in entered}
        self.expected.records |= {("attendee-registered", one.attendee_id) for one in entered}
        self.expected.records |= {("person-contact", one.person_id) for one in entered}
        return entered

    async def ask_again(self, entries: Iterable[Entry]) -> list[str]:
        """What the same requests are answered now: the ids."""
        answers = await each(list(entries), lambda one: self.post(one.path, one.body, one.key))
        return [answer.json()["id"] for answer in answers]

    async def sign_up(self, gathering_id: str) -> None:
        """Somebody signs up at the public door, and is promised a mail."""
        body, path = _somebody(), f"/api/v1/gatherings/{gathering_id}/attendees"
        async with httpx.AsyncClient(base_url=self.client.base_url, timeout=30) as anybody:
            answer = await answered(anybody, "POST", path, body)
        assert answer.status_code == 202, answer.text
        self.expected.signed_up[gathering_id] += 1
        self.expected.addresses.add(body["email"])

    @asynccontextmanager
    async def entering(self, gathering_id: str, *, url: str = "") -> AsyncIterator[None]:
        """New people, a few at a time, for as long as this is open; who was begun is finished."""
        over = asyncio.Event()

        async def go_on() -> None:
            while not over.is_set():
                await self.enter(gathering_id, AT_ONCE, url=url)
                await asyncio.sleep(BETWEEN_SECONDS)  # the pace of a crowd

        task = asyncio.create_task(go_on())
        try:
            yield
        except BaseException:
            task.cancel()  # what went wrong is told, and not what it did to the crowd
            raise
        over.set()
        await task

    async def grows_by(self, count: int) -> None:
        """Waits until so many more are acknowledged."""
        known = len(self.entries)

        async def more() -> int:
            return len(self.entries) - known

        await eventually(more, lambda seen: seen >= count, PATIENCE_SECONDS)

    async def post(self, path: str, body: dict[str, Any], key: str) -> httpx.Response:
        """The answer in the end, whatever happens meanwhile."""
        answer = await answered(self.client, "POST", path, body, key=key, statuses=self.statuses)
        assert answer.status_code == 201, answer.text
        return answer

    async def _enter(self, path: str, body: dict[str, Any]) -> Entry:
        key = str(uuid4())
        answer = await self.post(path, body, key)
        entry = Entry(path, key, body, answer.json()["id"], answer.json()["person_id"])
        self.entries.append(entry)
        return entry


def _somebody() -> dict[str, Any]:
    name = new_word()
    return {
        "name": f"Wilg {name}",
        "email": f"{name}@doorpakken.example",
        "language": "nl",
        "kind": "other",
    }
