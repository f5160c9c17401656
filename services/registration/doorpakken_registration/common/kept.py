"""What registration keeps of a person: one `Kept` per collection, declared in its slice.
Take-along, the page of what we know, erasures and merges are derived from it."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field

from doorpakken_events.event import Event
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Document, Documents

from doorpakken_registration.common.store import taking

# Gets the ids of the person and of their attendees; returns how many items there were.
Forget = Callable[[Transaction, str, Sequence[str]], Awaitable[int]]
# Gets the ids of who is gone and of who stays.
Give = Callable[[Transaction, str, str], Awaitable[None]]

KNOW = "Om u te kennen en u te bereiken."
PLACE = "Om een plaats voor u te houden."
ARRANGE = "Om dit voor u te regelen. Alleen de organisatie ziet het."
PROOF = "Om te laten zien waar u ja op zei."
FIT = "Om u sessies voor te stellen die bij u passen."
HELP = "Om plannen en hulp bij elkaar te brengen."
MAILED = "Om te weten wat u al van ons kreeg."
CLAIMED = "Om u te vragen of het van u is."
ALWAYS = "Tot u alles wist."
GATHERING = "Tot twee weken na de bijeenkomst."
SESSION = "Tot twee weken na de sessie."
A_MONTH = "Dertig dagen."
LINK = "Tot 60 dagen daarna."
DRAFT = "Tot u het instuurt of weggooit. Na een tijd verdwijnt het vanzelf."


@dataclass(frozen=True)
class Shown:
    """How a person sees it: title, why it is stored and until when. `at` is the field with the
    time, `fields` has the group of code words by field, None for text that people wrote."""

    title: str
    why: str
    until: str = ALWAYS
    at: str = ""
    fields: Mapping[str, str | None] = field(default_factory=dict)

    @property
    def sentences(self) -> tuple[str, str, str]:
        return self.title, self.why, self.until


@dataclass(frozen=True)
class Kept:
    """Everything of a person in one collection. `person` and `attendee` are the fields that say
    whose it is, `also` are other fields with such ids. An erasure deletes it with tombstones of
    `state`, and a merge replaces the person's id, unless `forgetter` or `giver` does it."""

    collection: str
    shown: Shown | None
    person: str = ""
    attendee: str = ""
    also: tuple[str, ...] = ()
    state: type[Event] | None = None
    forgetter: Forget | None = None
    giver: Give | None = None
    organisation_giver: Give | None = None

    async def find(
        self, documents: Documents, person_id: str, attendee_ids: Sequence[str]
    ) -> list[Document]:
        field, ids = self._whose(person_id, attendee_ids)
        return await documents[self.collection].find({field: {"$in": ids}})

    async def forget(self, tx: Transaction, person_id: str, attendee_ids: Sequence[str]) -> int:
        if self.forgetter:
            return await self.forgetter(tx, person_id, attendee_ids)
        return await self._take(tx, *self._whose(person_id, attendee_ids))

    async def forget_attendee(self, tx: Transaction, attendee_id: str) -> None:
        if self.attendee and self.forgetter:
            await self.forgetter(tx, "", [attendee_id])
        elif self.attendee:
            await self._take(tx, self.attendee, [attendee_id])

    async def give(self, tx: Transaction, gone: str, stays: str) -> None:
        if self.giver:
            await self.giver(tx, gone, stays)
            return
        fields = [*filter(None, (self.person, *self.also))]
        await taking.give(tx, self.collection, fields, gone, stays)

    def _whose(self, person_id: str, attendee_ids: Sequence[str]) -> tuple[str, list[str]]:
        return (self.person, [person_id]) if self.person else (self.attendee, [*attendee_ids])

    async def _take(self, tx: Transaction, field: str, ids: Sequence[str]) -> int:
        taken = await taking.take(tx, self.collection, field, ids)
        if self.state:
            for key, version in taken.items():
                tx.publish_tombstones(self.state, key, version)
        return len(taken)
