"""What the stages of the demo share: the story, the place, the staff's desk and the mailbox, and
what has come of the stages before."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TypeVar

from doorpakken_local.demo.place import Place
from doorpakken_local.demo.stories.encore import encore, times_played
from doorpakken_local.demo.stories.parts import Person
from doorpakken_local.demo.stories.story import Story
from doorpakken_local.demo.visiting.mailbox import Mail, Mailbox
from doorpakken_local.demo.visiting.probe import until
from doorpakken_local.demo.visiting.web import Client, Json, Web
from doorpakken_local.demo.visiting.words import API

T = TypeVar("T")


@dataclass(frozen=True)
class Desk:
    """The staff's way into the four services."""

    registration: Client
    matching: Client
    notification: Client
    reporting: Client


@dataclass
class Play:
    """One performance; the ids and choices grow as it goes on."""

    place: Place
    story: Story
    web: Web
    mailbox: Mailbox
    desk: Desk
    gathering_id: str = ""
    wave_id: str = ""
    attendees: dict[str, Json] = field(default_factory=dict)  # by name
    pitch_ids: dict[str, str] = field(default_factory=dict)  # by title
    need_ids: dict[str, str] = field(default_factory=dict)  # by the name in the story
    plan: Json = field(default_factory=dict)
    chosen: dict[str, list[str]] = field(default_factory=dict)  # session ids by name
    seats_on_paper: int = 0  # no mail confirms these
    offers_taken: set[str] = field(default_factory=set)  # ids of the mails that brought them
    given_up: list[str] = field(default_factory=list)  # session ids
    handed_over: int = 0

    @property
    def gathering_path(self) -> str:
        return f"{API}/gatherings/{self.gathering_id}"

    @property
    def page_url(self) -> str:
        """Where people sign up."""
        return f"{self.place.urls['registration']}/g/{self.gathering_id}"

    def by_need_name(self, found: Mapping[str, T]) -> dict[str, T]:
        """The same by the names of the needs in the story, instead of by their ids."""
        return {name: found[need_id] for name, need_id in self.need_ids.items() if need_id in found}

    def reader_of(self, mail: Mail) -> Person:
        """Whom a mail is for; several may share its address."""
        return next(
            one for one in self.story.people if one.email in mail.to and mail.is_for(one.name)
        )

    async def mail_for(self, person: Person, kind: str) -> Mail:
        """The last mail of this kind to somebody, who waits for it."""

        async def look() -> list[Mail]:
            return [mail for mail in await self.mails_of(person) if mail.kind == kind]

        return (await until(f"a mail to {person.name} ({kind})", look, bool))[-1]

    async def mails_of(self, person: Person) -> list[Mail]:
        """The mails to somebody, the oldest first; whose a mail is that several may have got, is
        told by the name in it, or on the page behind its link."""
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
        """What the dashboard counts by now."""
        return await self.desk.reporting.get(f"{self.gathering_path}/figures")

    async def sessions(self) -> list[Json]:
        """The work sessions as anybody may see them."""
        found: list[Json] = (await self.desk.registration.get(f"{self.gathering_path}/sessions"))[
            "items"
        ]
        return found

    async def settled(self) -> None:
        """Every event that was said has been heard by all."""
        await until("all services to have heard everything", self._unrest, lambda left: not left)

    async def _unrest(self) -> dict[str, Json]:
        """What is left at two looks in a row: one may miss what passes from service to service."""
        return await self._unheard() or await self._unheard()

    async def _unheard(self) -> dict[str, Json]:
        desks = vars(self.desk)
        figures = await asyncio.gather(*(desk.get("/system/figures") for desk in desks.values()))
        return {
            name: {"pending": one["pending"], "lag": one["lag"]}
            for name, one in zip(desks, figures, strict=True)
            if one["pending"] or one["lag"] != 0
        }


@asynccontextmanager
async def opened(place: Place, story: Story) -> AsyncIterator[Play]:
    """A play on this place, with the staff signed in."""
    async with Web() as web:
        mailbox = await Mailbox.from_now_on(web.client(place.urls["mailbox"]))
        desk = await _signed_in(web, place)
        times = await times_played(desk.registration)
        yield Play(place, encore(story, times), web, mailbox, desk)


async def _signed_in(web: Web, place: Place) -> Desk:
    login = {"email": place.staff_email, "password": place.staff_password}
    registration = web.client(place.urls["registration"])
    token = (await registration.post(f"{API}/staff/login", login))["token"]
    bearer = {"Authorization": f"Bearer {token}"}
    names = ("registration", "matching", "notification", "reporting")
    return Desk(**{name: web.client(place.urls[name], bearer) for name in names})
