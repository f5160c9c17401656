"""Wishes over HTTP: by staff, or by the person's own link."""

from datetime import datetime

from doorpakken_plumbing.errors import Forbidden
from doorpakken_plumbing.openapi import problems
from doorpakken_plumbing.service import Here
from doorpakken_plumbing.staff import MaybeSignedIn, SignedIn
from fastapi import APIRouter
from pydantic import BaseModel, Field

from doorpakken_registration import attendees, gatherings, wishes
from doorpakken_registration.model.wishes import WISHES_MAX, Wishes
from doorpakken_registration.routes.fields import Body, Id
from doorpakken_registration.routes.visitor import MaybeVisitor, nobody
from doorpakken_registration.store import wishes as store

router = APIRouter(prefix="/api/v1", tags=["wishes"])


class WishesBody(Body):
    """Different accepted pitches of the gathering, the dearest first; none takes them back."""

    pitch_ids: tuple[Id, ...] = Field(max_length=WISHES_MAX)


class WishesView(BaseModel):
    """What an attendee wants to work on; `version` is 0 when they never said."""

    attendee_id: str
    version: int
    pitch_ids: list[str]
    stated_at: datetime


class WishesList(BaseModel):
    """Wishes in order of saying; who took them back is not in it."""

    items: list[WishesView]


@router.put(
    "/attendees/{attendee_id}/wishes",
    summary="Say what somebody wants to work on",
    responses=problems(403, 404, 409),
)
async def say(
    attendee_id: str, body: WishesBody, here: Here, staff: MaybeSignedIn, visitor: MaybeVisitor
) -> WishesView:
    """What is said last counts. By staff, or by the person's link."""
    if not (staff or visitor):
        raise nobody()
    attendee = await attendees.get(here.mongo, attendee_id)
    if not visitor or visitor.id != attendee.person_id:
        if staff is None:
            raise Forbidden("You can choose only for yourself.")
        staff.require("organiser", attendee.gathering_id)
    return view(await here.transact(lambda tx: wishes.say(tx, attendee_id, body.pitch_ids)))


@router.get(
    "/gatherings/{gathering_id}/wishes",
    summary="List wishes",
    responses=problems(403, 404),
)
async def list_all(gathering_id: str, here: Here, staff: SignedIn) -> WishesList:
    """For staff."""
    staff.require("reader", gathering_id)
    await gatherings.get(here.mongo, gathering_id)
    return WishesList(
        items=[view(one) for one in await store.list_wishes(here.mongo, gathering_id)]
    )


def view(said: Wishes) -> WishesView:
    """Wishes as the API shows them."""
    return WishesView(attendee_id=said.id, **{**vars(said), "pitch_ids": [*said.pitch_ids]})
