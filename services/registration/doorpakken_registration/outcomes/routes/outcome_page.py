"""The page on which who leads a session writes what came of it: who was there, what was agreed line
by line, or why nothing was. A phone without a line keeps it and sends it later (`outcome.js`);
staff have the same page. A line is changed on a page of its own."""

from functools import partial

from doorpakken_pages.language import language_of
from doorpakken_plumbing.http.errors import Conflict
from doorpakken_plumbing.http.idempotency import IdempotencyKey, Key
from doorpakken_plumbing.identity.staff import SignedIn
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.service import ServiceDep
from doorpakken_plumbing.time import clock
from fastapi import Request, Response

from doorpakken_registration.commitments.model.commitment import Commitment
from doorpakken_registration.commitments.model.moves import Move, allows
from doorpakken_registration.outcomes import lines, outcomes, table
from doorpakken_registration.outcomes.routes import outcome_form as reading
from doorpakken_registration.outcomes.routes.bodies import DoneBody
from doorpakken_registration.outcomes.routes.writing import Work, Writing, of_staff, of_visitor
from doorpakken_registration.people.routes.visitor import Visitor
from doorpakken_registration.seats.model.session import Session
from doorpakken_registration.web.form import FormData
from doorpakken_registration.web.form_page import Edited, Filled, answer_form, seen_in, show_form
from doorpakken_registration.web.page import new_key, pages_router

router = pages_router()

PEOPLE, LINE, DONE = "people", "line", "done"


@router.get("/outcome/{session_id}")
async def show(session_id: str, request: Request, here: ServiceDep, visitor: Visitor) -> Response:
    return await _page(request, await of_visitor(here, session_id, visitor), Filled())


@router.post("/outcome/{session_id}")
async def write(
    session_id: str, request: Request, here: ServiceDep, visitor: Visitor, key: IdempotencyKey
) -> Response:
    return await _write(request, await of_visitor(here, session_id, visitor), key)


@router.get("/outcome/{session_id}/lines/{commitment_id}")
async def show_line(
    session_id: str, commitment_id: str, request: Request, here: ServiceDep, visitor: Visitor
) -> Response:
    writing = await of_visitor(here, session_id, visitor)
    return await _line_page(request, writing, commitment_id, Filled())


@router.post("/outcome/{session_id}/lines/{commitment_id}")
async def change_line(
    session_id: str,
    commitment_id: str,
    request: Request,
    here: ServiceDep,
    visitor: Visitor,
    key: IdempotencyKey,
) -> Response:
    writing = await of_visitor(here, session_id, visitor)
    return await _change_line(request, writing, commitment_id, key)


@router.get("/staff/outcome/{session_id}")
async def show_to_staff(
    session_id: str, request: Request, here: ServiceDep, staff: SignedIn
) -> Response:
    return await _page(request, await of_staff(here, session_id, staff), Filled())


@router.post("/staff/outcome/{session_id}")
async def write_by_staff(
    session_id: str, request: Request, here: ServiceDep, staff: SignedIn, key: IdempotencyKey
) -> Response:
    return await _write(request, await of_staff(here, session_id, staff), key)


@router.get("/staff/outcome/{session_id}/lines/{commitment_id}")
async def show_line_to_staff(
    session_id: str, commitment_id: str, request: Request, here: ServiceDep, staff: SignedIn
) -> Response:
    writing = await of_staff(here, session_id, staff)
    return await _line_page(request, writing, commitment_id, Filled())


@router.post("/staff/outcome/{session_id}/lines/{commitment_id}")
async def change_line_by_staff(
    session_id: str,
    commitment_id: str,
    request: Request,
    here: ServiceDep,
    staff: SignedIn,
    key: IdempotencyKey,
) -> Response:
    writing = await of_staff(here, session_id, staff)
    return await _change_line(request, writing, commitment_id, key)


async def _write(request: Request, writing: Writing, key: Key | None) -> Response:
    async def work(form: FormData) -> str:
        act = form.one("act") or ""
        put, did = await _asked(request, writing, form, act)
        await writing.put(put, did, key)
        return f"{writing.path}#{act}"

    again = partial(_page, request, writing)
    return await answer_form(request, work, again, many=("came",), explain=reading.explain)


async def _asked(request: Request, writing: Writing, form: FormData, act: str) -> tuple[Work, str]:
    """Raises Mistyped, ValidationError or ContactDetailsInPublicText."""
    if act == PEOPLE:
        people = reading.read_people(form)
        return lambda tx, session, by: outcomes.note_people(tx, session, people), "outcome_people"
    if act == DONE:
        day = reading.day_in(form, "next_day")
        body = DoneBody(why_nothing=form.one("why_nothing"), next_day=day and str(day))
        body.require_public()
        said = (body.why_nothing, body.next_day)
        return lambda tx, session, by: outcomes.finish(tx, session, *said), "outcome_done"
    sheet = await table.sheet_of(writing.here.mongo, writing.session)
    line_id = form.one("line_id") or new_key()
    line = reading.read_line(form, sheet, line_id)
    owner = reading.read_owner(form, language_of(request))

    async def add(tx: Transaction, session: Session, by: str | None) -> Commitment:
        return await lines.add(tx, session, line_id, line, owner, by)

    return add, "commitment_entered"


async def _change_line(
    request: Request, writing: Writing, commitment_id: str, key: Key | None
) -> Response:
    async def work(form: FormData) -> str:
        seen = seen_in(form)
        if form.one("act") == "strike":

            async def strike(tx: Transaction, session: Session, by: str | None) -> Commitment:
                seen.check(await lines.get(tx, session, commitment_id))
                return await lines.strike(tx, session, commitment_id, by)

            await writing.put(strike, "commitment_struck", key)
            return f"{writing.path}#line"
        sheet = await table.sheet_of(writing.here.mongo, writing.session)
        line = reading.read_line(form, sheet)

        async def change(tx: Transaction, session: Session, by: str | None) -> Commitment:
            seen.check(await lines.get(tx, session, commitment_id))
            return await lines.change(tx, session, commitment_id, line, by)

        await writing.put(change, "commitment_corrected", key)
        return f"{writing.path}#line"

    again = partial(_line_page, request, writing, commitment_id)
    return await answer_form(request, work, again, explain=reading.explain)


async def _page(request: Request, writing: Writing, filled: Filled) -> Response:
    """Without names for `?blank=1`: so a phone keeps it, and puts in the names that it knows."""
    sheet = await table.sheet_of(writing.here.mongo, writing.session)
    session, problem = writing.session, filled.problem
    return show_form(
        request,
        "outcome.html",
        filled,
        status=problem.status if isinstance(problem, Conflict) else None,
        action=writing.path,
        **await writing.place(),
        sheet=sheet,
        is_blank="blank" in request.query_params,
        is_open=not session.is_cancelled and session.has_started(clock.now()),
        may_change=[row.line.id for row in sheet.rows if allows(row.line, Move.STRIKE)],
        done=reading.typed_done(sheet.outcome),
        wrong=filled.values.get("act") if problem else "",
        line_id=filled.values.get("line_id") or new_key(),
    )


async def _line_page(
    request: Request, writing: Writing, commitment_id: str, filled: Filled
) -> Response:
    sheet = await table.sheet_of(writing.here.mongo, writing.session)
    found = await lines.get(writing.here.mongo, writing.session, commitment_id)
    row = next((one for one in sheet.rows if one.line.id == found.id), table.Row(found, ""))
    problem = filled.problem
    return show_form(
        request,
        "outcome_line.html",
        filled,
        status=problem.status if isinstance(problem, Conflict) else None,
        edited=Edited(found, reading.typed(row)),
        action=writing.path,
        **await writing.place(),
        sheet=sheet,
        row=row,
        may_change=allows(found, Move.STRIKE),
    )
