"""What the stages of the demo share: the story, the system, the staff's browser and clients, the
mailbox and the results of earlier stages."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TypeVar

from doorpakken_events.catalogue import SERVICES

from doorpakken_local.demo.counting.tally import Tally
from doorpakken_local.demo.place import Place
from doorpakken_local.demo.stories.encore import encore, times_played
from doorpakken_local.demo.stories.parts import Person
from doorpakken_local.demo.stories.story import Story
from doorpakken_local.demo.visiting.mailbox import Mail, Mailbox
from doorpakken_local.demo.visiting.office import Office
from doorpakken_local.demo.visiting.probe import until
from doorpakken_local.demo.visiting.web import API, Client, Json, Web

T = TypeVar("T")


class Desk(dict[str, Client]):
    """Clients of all services by name, signed in as staff: to look things up, and for what no page
    does."""

    @property
    def registration(self) -> Client:
        return self["registration"]

    @property
    def matching(self) -> Client:
        return self["matching"]

    @property
    def notification(self) -> Client:
        return self["notification"]

    @property
    def reporting(self) -> Client:
        return self["reporting"]


@dataclass
class Play:
    """One performance; ids and choices are added as it proceeds."""

    place: Place
    story: Story
    web: Web
    mailbox: Mailbox
    office: Office
    desk: Desk
    gathering_id: str = ""
    wave_id: str = ""
    attendees: dict[str, Json] = field(default_factory=dict)  # by name
    pitch_ids: dict[str, str] = field(default_factory=dict)  # by title
    need_ids: dict[str, str] = field(default_factory=dict)  # by the name in the story
    offers_taken: set[str] = field(default_factory=set)  # ids of the offer mails
    tally: Tally = field(default_factory=Tally)

    @property
    def gathering_path(self) -> str:
        return f"{API}/gatherings/{self.gathering_id}"

    @property
    def page_url(self) -> str:
        return f"{self.place.urls['registration']}/g/{self.gathering_id}"

    def by_need_name(self, found: Mapping[str, T]) -> dict[str, T]:
        """The same values by the name of the need in the story; `found` is by need id."""
        return {name: found[need_id] for name, need_id in self.need_ids.items() if need_id in found}

    def reader_of(self, mail: Mail) -> Person:
        """The person a mail is for, by the name in it, since several people may share an
        address."""
        return next(
            one for one in self.story.people if one.email in mail.to and mail.is_for(one.name)
        )

    async def mail_for(self, person: Person, kind: str) -> Mail:
        """The newest mail of this kind to a person; waits for it and raises NeverCame."""

        async def look() -> list[Mail]:
            return [mail for mail in await self.mails_of(person) if mail.kind == kind]

        return (await until(f"a mail to {person.name} ({kind})", look, bool))[-1]

    async def mails_of(self, person: Person) -> list[Mail]:
        """Oldest first. When several people share the address, the reader is identified by the name
        in the mail or on the page behind its link."""
        assert person.email is not None
        mails = await self.mailbox.to(person.email)
        sharing = [one for one in self.story.people if one.email == person.email]
        if len(sharing) <= 1:
            return mails
        return [mail for mail in mails if await self._reader_among(mail, sharing) == person]

    async def _reader_among(self, mail: Mail, people: Sequence[Person]) -> Person | None:
        if named := next((one for one in people if mail.is_for(one.name)), None):
            return named
        page = await self.web.browser().open(mail.button(self.place.urls["registration"]))
        return next((one for one in people if one.name in page.text), None)

    async def figures(self) -> Json:
        return await self.desk.reporting.get(f"{self.gathering_path}/figures")

    async def sessions(self) -> list[Json]:
        found: list[Json] = (await self.desk.registration.get(f"{self.gathering_path}/sessions"))[
            "items"
        ]
        return found

    async def settled(self) -> None:
        """Wait until every published event has been handled by all services; raises NeverCame."""
        await until("all services to have heard everything", self._unrest, lambda left: not left)

    async def _unrest(self) -> dict[str, Json]:
        """Empty only when two looks in a row find nothing: one look can miss an event that passes
        from one service to another."""
        return await self._unheard() or await self._unheard()

    async def _unheard(self) -> dict[str, Json]:
        asked = (client.get("/system/figures") for client in self.desk.values())
        figures = await asyncio.gather(*asked)
        return {
            name: {"pending": one["pending"], "lag": one["lag"]}
            for name, one in zip(self.desk, figures, strict=True)
            if one["pending"] or one["lag"] != 0
        }


@asynccontextmanager
async def opened(place: Place, story: Story) -> AsyncIterator[Play]:
    """Staff are signed in, and the mailbox shows only mails that arrive from now on."""
    async with Web() as web:
        mailbox = await Mailbox.from_now_on(web.client(place.urls["mailbox"]))
        login = (place.staff_email, place.staff_password)
        office = await Office.signed_in(web.browser(), place.urls, *login)
        desk = _desk(web, place, office)
        times = await times_played(desk.registration)
        yield Play(place, encore(story, times), web, mailbox, office, desk)


def _desk(web: Web, place: Place, office: Office) -> Desk:
    bearer = {"Authorization": f"Bearer {office.token}"}
    return Desk({name: web.client(place.urls[name], bearer) for name in SERVICES})
