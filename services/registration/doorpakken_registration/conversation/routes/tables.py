"""Tables over HTTP: organisers open and close them, anybody with the code notes an insight."""

from datetime import datetime
from typing import Annotated, Any

from doorpakken_plumbing.http.idempotency import IdempotencyKey, StoredResponse, once
from doorpakken_plumbing.http.openapi import problems
from doorpakken_plumbing.identity import acts
from doorpakken_plumbing.identity.limits import in_a_hall
from doorpakken_plumbing.identity.staff import SignedIn, Staff
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.service import ServiceDep
from fastapi import APIRouter, Response
from pydantic import BaseModel, Field, model_validator

from doorpakken_registration.conversation import perspectives, tables
from doorpakken_registration.conversation.model.table import Table
from doorpakken_registration.conversation.perspectives import Note
from doorpakken_registration.conversation.store import tables as store
from doorpakken_registration.conversation.tables import Opening
from doorpakken_registration.gatherings import gatherings
from doorpakken_registration.people.model.person import Person
from doorpakken_registration.people.routes.visitor import MaybeVisitor
from doorpakken_registration.web.fields import Body, Id, Remark, Title, require_public
from doorpakken_registration.web.paging import Listed, WhichPart

router = APIRouter(prefix="/api/v1", tags=["tables"])

NOTES_EACH = 5


class TableBody(Body):
    """A table about a portrait or an accepted pitch."""

    label: Title = Field(description="seen by everybody, such as “Tafel 1”")
    persona_id: Id | None = None
    pitch_id: Id | None = None

    @model_validator(mode="after")
    def check_one(self) -> "TableBody":
        if (self.persona_id is None) == (self.pitch_id is None):
            raise ValueError("name a portrait or a pitch, not both")
        return self


class NoteBody(Body):
    """What somebody noticed."""

    text: Annotated[Remark, Field(min_length=1)] = Field(
        description="seen by everybody once staff approved it"
    )


class Noted(BaseModel):
    """An insight that was kept. Its text stays out of the answer: answers are stored for a day,
    and what a person wrote is wiped everywhere when they ask."""

    id: str
    state: str


class TableView(BaseModel):
    """A table; `code` leads to it at `/t/{code}`."""

    id: str
    gathering_id: str
    label: str
    code: str
    persona_id: str | None
    pitch_id: str | None
    is_open: bool
    opened_at: datetime


class TableList(Listed[TableView]):
    """Tables in order of opening"""


def opening_of(gathering_id: str, body: TableBody) -> Opening:
    require_public([("label", body.label)])
    return Opening(gathering_id, body.label, body.persona_id, body.pitch_id)


def note_of(code: str, body: NoteBody, visitor: Person | None) -> Note:
    require_public([("text", body.text)])
    return Note(code, body.text, visitor.id if visitor else None)


@router.post(
    "/gatherings/{gathering_id}/tables",
    status_code=201,
    summary="Open a table",
    response_model=TableView,
    responses=problems(403, 404),
)
async def open_one(
    gathering_id: str, body: TableBody, here: ServiceDep, staff: SignedIn, key: IdempotencyKey
) -> Response:
    """By an organiser; the code is made here."""
    staff.require("organiser", gathering_id)
    asked = opening_of(gathering_id, body)

    async def work(tx: Any) -> StoredResponse:
        opened = await tables.open_one(tx, asked)
        await note_table(tx, staff, "table_opened", opened)
        return StoredResponse(201, view(opened).model_dump(mode="json"))

    return (await once(here, key, work)).response()


@router.get(
    "/gatherings/{gathering_id}/tables", summary="List tables", responses=problems(403, 404)
)
async def list_all(
    gathering_id: str, here: ServiceDep, staff: SignedIn, asked: WhichPart
) -> TableList:
    """For staff."""
    staff.require("reader", gathering_id)
    await gatherings.get(here.mongo, gathering_id)
    page = await store.page_tables(here.mongo, gathering_id, asked.part)
    return TableList(items=[view(one) for one in page.items], next=asked.next(page))


@router.post("/tables/{code}/close", summary="Close a table", responses=problems(403, 404))
async def close(code: str, here: ServiceDep, staff: SignedIn) -> TableView:
    """Nothing is noted there any more; again is fine."""
    return await _set_open(here, code, staff, is_open=False)


@router.post("/tables/{code}/reopen", summary="Open a table again", responses=problems(403, 404))
async def reopen(code: str, here: ServiceDep, staff: SignedIn) -> TableView:
    """Notes are taken again; again is fine."""
    return await _set_open(here, code, staff, is_open=True)


@router.post(
    "/tables/{code}/perspectives",
    status_code=201,
    summary="Note an insight",
    response_model=Noted,
    dependencies=[in_a_hall("perspective", each=NOTES_EACH)],
    responses=problems(404, 409),
)
async def note(
    code: str, body: NoteBody, here: ServiceDep, visitor: MaybeVisitor, key: IdempotencyKey
) -> Response:
    """By anybody who has the code; it waits until staff approve it."""
    asked = note_of(code, body, visitor)

    async def work(tx: Any) -> StoredResponse:
        shared = await perspectives.share(tx, asked)
        return StoredResponse(201, Noted(id=shared.id, state=shared.state).model_dump())

    return (await once(here, key, work)).response()


async def _set_open(here: ServiceDep, code: str, staff: Staff, *, is_open: bool) -> TableView:
    staff.require("organiser", (await tables.get(here.mongo, code)).gathering_id)
    return view(await here.transact(lambda tx: open_or_close(tx, staff, code, is_open=is_open)))


async def open_or_close(tx: Transaction, staff: Staff, code: str, *, is_open: bool) -> Table:
    table = await tables.set_open(tx, code, is_open=is_open)
    await note_table(tx, staff, "table_opened" if is_open else "table_closed", table)
    return table


async def note_table(tx: Transaction, staff: Staff, did: str, table: Table) -> None:
    await acts.note(tx, staff.staff_id, did, table.code, gathering_id=table.gathering_id)


def view(table: Table) -> TableView:
    return TableView.model_validate(vars(table))
