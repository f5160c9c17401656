"""What the HTTP endpoints of people and organisations have alike: search, history and merging."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Protocol

from doorpakken_plumbing.http.idempotency import Key, StoredResponse, once
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.service import Service
from fastapi import Query, Response
from pydantic import BaseModel

from doorpakken_registration.directory import history
from doorpakken_registration.directory.merge_plan import Belongings
from doorpakken_registration.web.fields import Body, Id

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


async def answer_merge(
    here: Service,
    key: Key | None,
    merge: Callable[[Transaction, str, str], Awaitable[Plan]],
    gone: str,
    stays: str,
) -> Response:
    async def work(tx: Transaction) -> StoredResponse:
        plan = await merge(tx, gone, stays)
        return StoredResponse(200, {"id": gone, "into": stays, **plan.given.counts})

    return (await once(here, key, work)).response()


def support_view(supported: history.Supported) -> SupportView:
    return SupportView(**vars(supported.endorsement), title=supported.title)
