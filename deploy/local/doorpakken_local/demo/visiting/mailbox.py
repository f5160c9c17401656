"""Reads mails by recipient address, as their recipients would.
Refuses a mail without its main button."""

import asyncio
import re
from dataclasses import dataclass
from typing import Self

from selectolax.lexbor import LexborHTMLParser

from doorpakken_local.demo.stopped import StoryStopped
from doorpakken_local.demo.visiting.mail_kinds import kind_of
from doorpakken_local.demo.visiting.web import Client, Json

DOOR_CODE = re.compile(r"(?:Uw code voor de deur|Your code for the door): (\w{3} \w{3})")


class NoButton(StoryStopped):
    """The mail has no link to a personal page of registration."""


class NoCode(StoryStopped):
    """The mail has no code for the door."""


@dataclass(frozen=True)
class Mail:
    """One mail as the mailbox shows it."""

    id: str
    to: tuple[str, ...]
    subject: str
    text: str
    html: str
    calendar: str | None

    @property
    def kind(self) -> str:
        return kind_of(self.subject)

    def is_for(self, name: str) -> bool:
        """Whether it contains the name; mails that strangers can trigger contain no name."""
        return name in self.subject or name in self.text

    def button(self, registration_url: str) -> str:
        """The URL of the main button: the first link to a personal page. Raises NoButton."""
        links = (node.attributes.get("href") or "" for node in LexborHTMLParser(self.html).css("a"))
        found = next((link for link in links if link.startswith(f"{registration_url}/l/")), None)
        if found is None:
            raise NoButton(f"mail {self.id} ({self.subject}) has no personal link")
        return found

    @property
    def door_code(self) -> str:
        """Raises NoCode."""
        found = DOOR_CODE.search(self.text)
        if found is None:
            raise NoCode(f"mail {self.id} ({self.subject}) has no code for the door")
        return found[1]


class Mailbox:
    """All mails except those in `before`; each mail is fetched once."""

    def __init__(self, client: Client, before: frozenset[str]) -> None:
        self._client = client
        self._before = before
        self._read: dict[str, Mail] = {}

    @classmethod
    async def from_now_on(cls, client: Client) -> Self:
        return cls(client, frozenset(await _ids(client)))

    async def all(self) -> list[Mail]:
        """Oldest first."""
        return list(await asyncio.gather(*(self._mail(one) for one in await self._new())))

    async def to(self, address: str) -> list[Mail]:
        """Oldest first."""
        return [await self._mail(mail_id) for mail_id in await self._new(to=address)]

    async def _new(self, **query: str) -> list[str]:
        return sorted(set(await _ids(self._client, **query)) - self._before)

    async def _mail(self, mail_id: str) -> Mail:
        if mail_id not in self._read:
            self._read[mail_id] = _mail(await self._client.get(f"/api/mails/{mail_id}"))
        return self._read[mail_id]


async def _ids(client: Client, **query: str) -> list[str]:
    return [str(item["id"]) for item in (await client.get("/api/mails", **query))["items"]]


def _mail(whole: Json) -> Mail:
    return Mail(
        id=str(whole["id"]),
        to=tuple(whole["to"]),
        subject=whole["subject"],
        text=whole["text"] or "",
        html=whole["html"] or "",
        calendar=whole["calendar"],
    )
