"""Reads mails as their owners would: by address.
Refuses a mail without the one button it is about."""

import asyncio
from dataclasses import dataclass
from typing import Self

from selectolax.lexbor import LexborHTMLParser

from doorpakken_local.demo.stopped import StoryStopped
from doorpakken_local.demo.visiting.mail_kinds import kind_of
from doorpakken_local.demo.visiting.web import Client, Json


class NoButton(StoryStopped):
    """The mail has no link that leads to registration."""


@dataclass(frozen=True)
class Mail:
    """One mail, as it was shown."""

    id: str
    to: tuple[str, ...]
    subject: str
    text: str
    html: str
    calendar: str | None

    @property
    def kind(self) -> str:
        """What the mail is about, by its subject; raises UnknownMail."""
        return kind_of(self.subject)

    def is_for(self, name: str) -> bool:
        """Whether it names this person; a mail that a stranger can ask for names nobody."""
        return name in self.subject or name in self.text

    def button(self, registration_url: str) -> str:
        """Where the main button leads: the first link of the mail to a personal page."""
        links = (node.attributes.get("href") or "" for node in LexborHTMLParser(self.html).css("a"))
        found = next((link for link in links if link.startswith(f"{registration_url}/l/")), None)
        if found is None:
            raise NoButton(f"mail {self.id} ({self.subject}) has no personal link")
        return found


class Mailbox:
    """The mailbox of the whole town, without what was in it before; each mail is fetched once."""

    def __init__(self, client: Client, before: frozenset[str]) -> None:
        self._client = client
        self._before = before
        self._read: dict[str, Mail] = {}

    @classmethod
    async def from_now_on(cls, client: Client) -> Self:
        """A mailbox that shows only what comes from now on."""
        return cls(client, frozenset(await _ids(client)))

    async def all(self) -> list[Mail]:
        """Every mail, the oldest first."""
        return list(await asyncio.gather(*(self._mail(one) for one in await self._new())))

    async def to(self, address: str) -> list[Mail]:
        """The mails to an address, the oldest first."""
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
