"""Wishes over HTTP: by staff, by the person's own link, or by name at a table."""

from datetime import datetime

from doorpakken_plumbing.http.errors import Forbidden
from doorpakken_plumbing.http.idempotency import IdempotencyKey, once
from doorpakken_plumbing.http.openapi import problems
from doorpakken_plumbing.identity import acts
from doorpakken_plumbing.identity.limits import in_a_hall
from doorpakken_plumbing.identity.staff import MaybeSignedIn, SignedIn
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.service import ServiceDep
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from doorpakken_registration.conversation import table_wishes, wishes
from doorpakken_registration.conversation.model.wishes import WISHES_MAX, Wishes
from doorpakken_registration.conversation.store import wishes as store
from doorpakken_registration.conversation.table_wishes import Statement
from doorpakken_registration.gatherings import attendees, gatherings
from doorpakken_registration.people.routes.visitor import MaybeVisitor, nobody
from doorpakken_registration.people.routes.who import WhoBody
from doorpakken_registration.web.fields import Body, Id, Received
from doorpakken_registration.web.own_settings import SettingsDep
from doorpakken_registration.web.paging import Listed, WhichPart
from doorpakken_registration.web.same_person import count_person

router = APIRouter(prefix="/api/v1", tags=["wishes"])

LIMITED = in_a_hall("table-wishes", each=2)


class WishesBody(Body):
    """Different accepted pitches of the gathering, the dearest first; none takes them back."""

    pitch_ids: tuple[Id, ...] = Field(max_length=WISHES_MAX)


class TableWishesBody(WhoBody):
    """Different accepted pitches of the gathering, the dearest first, and who wants them."""

    pitch_ids: tuple[Id, ...] = Field(min_length=1, max_length=WISHES_MAX)


class WishesView(BaseModel):
    """What an attendee wants to work on; `version` is 0 when they never said."""

    attendee_id: str
    version: int
    pitch_ids: list[str]
    stated_at: datetime


class WishesList(Listed[WishesView]):
    """Wishes in order of saying"""


@router.put(
    "/attendees/{attendee_id}/wishes",
    summary="Say what somebody wants to work on",
    responses=problems(403, 404, 409),
)
async def say(
    attendee_id: str,
    body: WishesBody,
    here: ServiceDep,
    staff: MaybeSignedIn,
    visitor: MaybeVisitor,
) -> WishesView:
    """What is said last counts. By staff, or by the person's link."""
    if not (staff or visitor):
        raise nobody()
    attendee = await attendees.get(here.mongo, attendee_id)
    by = None
    if not visitor or visitor.id != attendee.person_id:
        if staff is None:
            raise Forbidden("You can choose only for yourself.")
        staff.require("organiser", attendee.gathering_id)
        by = staff.staff_id

    async def work(tx: Transaction) -> Wishes:
        said = await wishes.say(tx, attendee_id, body.pitch_ids)
        about = {"gathering_id": attendee.gathering_id, "person_id": attendee.person_id}
        await acts.note(tx, by, "wishes_stated", attendee_id, **about)
        return said

    return view(await here.transact(work))


@router.post(
    "/tables/{code}/wishes",
    status_code=202,
    summary="Say at a table what one wants to work on",
    response_model=Received,
    dependencies=[LIMITED],
    responses=problems(404),
)
async def say_at_table(
    code: str,
    body: TableWishesBody,
    request: Request,
    here: ServiceDep,
    settings: SettingsDep,
    key: IdempotencyKey,
) -> Response:
    """Everybody gets the same 202, whether or not they are known; it counts once they say, behind
    their link, that it is theirs."""
    await count_person(
        request, None, "table-wishes", name=body.name, addresses=(body.email, body.phone)
    )
    said = Statement(code, body.who, body.pitch_ids, settings.links_per_hour)
    return (await once(here, key, lambda tx: table_wishes.state(tx, said))).response()


@router.get(
    "/gatherings/{gathering_id}/wishes",
    summary="List wishes",
    responses=problems(403, 404),
)
async def list_all(
    gathering_id: str, here: ServiceDep, staff: SignedIn, asked: WhichPart
) -> WishesList:
    """For staff."""
    staff.require("reader", gathering_id)
    await gatherings.get(here.mongo, gathering_id)
    page = await store.page_wishes(here.mongo, gathering_id, asked.part)
    return WishesList(items=[view(one) for one in page.items], next=asked.next(page))


def view(said: Wishes) -> WishesView:
    return WishesView(attendee_id=said.id, **{**vars(said), "pitch_ids": [*said.pitch_ids]})
