"""What the HTTP endpoints of people and organisations have alike: search, history and merging."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Protocol

from doorpakken_plumbing.http.idempotency import Key, StoredResponse, once
from doorpakken_plumbing.identity import acts
from doorpakken_plumbing.identity.staff import Staff
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.service import Service
from fastapi import Query, Response
from pydantic import BaseModel

from doorpakken_registration.directory import history
from doorpakken_registration.directory.merge_plan import Belongings
from doorpakken_registration.web.fields import Body, Id

PERSON_MERGED = "person_merged"
Skip = Annotated[int, Query(ge=0, le=1_000_000)]
Search = Annotated[str, Query(max_length=200)]


class Into(Body):
    """Which one the other one really is."""

    into: Id


class PitchedView(BaseModel):
    """A pitch."""

    id: str
    title: str
    state: str


class SupportView(BaseModel):
    """Support for a pitch."""

    id: str
    pitch_id: str
    title: str
    stance: str
    state: str


class OfferedView(BaseModel):
    """An amount that was offered; money in euro cents."""

    id: str
    category: str
    amount: int
    unit: str
    state: str


class Merged(BaseModel):
    """Which one is left, and how many things became its own."""

    id: str
    into: str
    attendees: int
    pitches: int
    endorsements: int
    offers: int


class Plan(Protocol):
    """What is read of a merge plan."""

    @property
    def given(self) -> Belongings: ...


Merge = Callable[[Transaction, str, str], Awaitable[Plan]]


def noted_merge(merge: Merge, staff: Staff, did: str) -> Merge:
    """The same merge, which notes the act on the one who stays."""

    async def done(tx: Transaction, gone: str, stays: str) -> Plan:
        plan = await merge(tx, gone, stays)
        is_person = did == PERSON_MERGED
        person_id = stays if is_person else None
        await acts.note(tx, staff.staff_id, did, stays, person_id=person_id)
        return plan

    return done


async def note_person(tx: Transaction, staff: Staff, did: str, person_id: str) -> None:
    await acts.note(tx, staff.staff_id, did, person_id, person_id=person_id)


async def answer_merge(
    here: Service,
    key: Key | None,
    merge: Merge,
    gone: str,
    stays: str,
) -> Response:
    async def work(tx: Transaction) -> StoredResponse:
        plan = await merge(tx, gone, stays)
        return StoredResponse(200, {"id": gone, "into": stays, **plan.given.counts})

    return (await once(here, key, work)).response()


def support_view(supported: history.Supported) -> SupportView:
    return SupportView(**vars(supported.endorsement), title=supported.title)
