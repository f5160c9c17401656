"""A preview of what erasing a person will do, and a copy of all data about them. Read only."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from doorpakken_events import states
from doorpakken_plumbing.mongo.database import Document, Documents

from doorpakken_registration import kept
from doorpakken_registration.gatherings.store import attendees as attendees_store
from doorpakken_registration.me import my_gatherings
from doorpakken_registration.me.my_gatherings import Seat
from doorpakken_registration.people.model.person import Person
from doorpakken_registration.people.store import persons as persons_store
from doorpakken_registration.pitches.store import pitches as pitches_store
from doorpakken_registration.staff import accounts
from doorpakken_registration.staff.store import staff as staff_store

# Technical fields, which tell nothing about the person.
BOOKKEEPING = (
    "_id",
    "held",
    "version",
    "is_open",
    "supporter",
    "object_id",
    "staff_id",
    "secret_hash",
    "password_hash",
    "is_administrator",
    "revoked_sessions",
    "mentions",
    "goes_at",
)


GOES, STAYS = "goes", "stays"


@dataclass(frozen=True)
class PitchAfter:
    """A pitch and who takes it over; with None it is removed from the website."""

    title: str
    heir: str | None


@dataclass(frozen=True)
class Aftermath:
    """What ends with the erasure: seats and places in line, pitches, the titles of supported
    pitches, the numbers of offers, insights and drafts, and a staff account (`GOES` or `STAYS`)."""

    seats: tuple[Seat, ...]
    pitches: tuple[PitchAfter, ...]
    supported: tuple[str, ...]
    offers: int
    insights: int
    drafts: int
    account: str


async def foresee(documents: Documents, person: Person) -> Aftermath:
    found = await my_gatherings.list_stays(documents, person)
    own = await kept.find(documents, person.id, [stay.attendee.id for stay in found])
    pitch_ids = {one["pitch_id"] for one in own["endorsements"]}
    titles = await pitches_store.titles_of(documents, pitch_ids)
    return Aftermath(
        seats=tuple(seat for stay in found for seat in stay.seats),
        pitches=await _pitches_after(documents, person.id, own["pitches"]),
        supported=tuple(sorted(titles.values())),
        offers=sum(one["state"] != states.Offer.WITHDRAWN for one in own["offers"]),
        insights=len(own["perspectives"]),
        drafts=len(own["drafts"]),
        account=await account_after(documents, person),
    )


async def account_after(documents: Documents, person: Person) -> str:
    """`STAYS` for the last administrator, who cannot be erased; empty without an account."""
    found = await staff_store.list_accounts_of(documents, [person.id])
    stay = [one for one in found if await accounts.is_last_administrator(documents, one)]
    return (STAYS if stay else GOES) if found else ""


async def copy_of(documents: Documents, person: Person) -> dict[str, list[dict[str, Any]]]:
    """Documents by collection, without technical fields; empty collections are left out."""
    attendances = await attendees_store.list_attendances(documents, person.id)
    own = await kept.find(documents, person.id, [one.id for one in attendances])
    return {
        name: [{key: one[key] for key in one if key not in BOOKKEEPING} for one in documents]
        for name, documents in own.items()
        if documents
    }


async def _pitches_after(
    documents: Documents, person_id: str, pitches: Sequence[Document]
) -> tuple[PitchAfter, ...]:
    shown = [one for one in pitches if one["state"] != states.Pitch.WITHDRAWN]
    heirs = {one["_id"]: _heir(one["pitchers"], person_id) for one in shown}
    people = await persons_store.list_persons(documents, filter(None, heirs.values()))
    names = {one.id: one.name for one in people}
    return tuple(PitchAfter(one["title"], names.get(heirs[one["_id"]] or "")) for one in shown)


def _heir(pitchers: Sequence[str], person_id: str) -> str | None:
    return next((one for one in pitchers if one != person_id), None)
