"""Staff pages of the participants of a gathering: the list, whom to telephone, and the list as a
file."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Literal
from urllib.parse import urlencode

from doorpakken_events.words import Kind
from doorpakken_pages.moments import local
from doorpakken_plumbing.identity.staff import SignedIn
from doorpakken_plumbing.service import ServiceDep
from doorpakken_plumbing.time import clock
from fastapi import Request, Response
from fastapi.responses import StreamingResponse

from doorpakken_registration.attendance import participant_files, participants
from doorpakken_registration.attendance.participants import Row
from doorpakken_registration.attendance.routes.attendees import AttendeeState
from doorpakken_registration.gatherings import gatherings
from doorpakken_registration.gatherings.store import attendees as attendees_store
from doorpakken_registration.web.page import PAGES, pages_router
from doorpakken_registration.web.paging import WhichPart

router = pages_router()

Anything = Literal[""]
STATES = ("registered", "checked_in", "waitlisted", "offered", "cancelled")
KINDS = ("covenant_partner", "local_entrepreneur", "community_member", "other")
HEADS = ("Naam", "E-mail", "Telefoon", "Komt als", "Organisatie", "Stand", "Aangemeld op")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@router.get("/staff/g/{gathering_id}/participants")
async def show(
    gathering_id: str,
    request: Request,
    here: ServiceDep,
    staff: SignedIn,
    asked: WhichPart,
    search: str = "",
    state: AttendeeState | Anything = "",
    kind: Kind | Anything = "",
) -> Response:
    staff.require("reader", gathering_id)
    found = await participants.page(
        here.mongo, gathering_id, search, asked.part, state=state or None, kind=kind or None
    )
    chosen = {"search": search, "state": state, "kind": kind}
    following = asked.next(found)
    return PAGES.render(
        request,
        "staff_participants.html",
        staff=staff,
        gathering=await gatherings.get(here.mongo, gathering_id),
        may_organise=staff.may("organiser", gathering_id),
        coming=(await attendees_store.count_by_kind(here.mongo, gathering_id)).total(),
        inside=await attendees_store.count_inside(here.mongo, gathering_id),
        rows=found.items,
        chosen=chosen,
        is_chosen=any(chosen.values()),
        following=urlencode(chosen | {"cursor": following}) if following else "",
        is_first=not asked.part.after,
        states=STATES,
        kinds=KINDS,
    )


@router.get("/staff/g/{gathering_id}/participants/call")
async def list_to_call(
    gathering_id: str, request: Request, here: ServiceDep, staff: SignedIn
) -> Response:
    staff.require("reader", gathering_id)
    return PAGES.render(
        request,
        "participants_to_call.html",
        staff=staff,
        gathering=await gatherings.get(here.mongo, gathering_id),
        rows=await participants.list_to_call(here.mongo, gathering_id),
    )


@router.get("/staff/g/{gathering_id}/participants.csv")
async def get_csv(
    gathering_id: str, request: Request, here: ServiceDep, staff: SignedIn
) -> Response:
    staff.require("reader", gathering_id)
    await gatherings.get(here.mongo, gathering_id)
    lines = participant_files.csv_lines(
        _heads(request), _cells(request, participants.everybody(here.mongo, gathering_id))
    )
    return StreamingResponse(lines, media_type="text/csv", headers=_named("csv"))


@router.get("/staff/g/{gathering_id}/participants.xlsx")
async def get_xlsx(
    gathering_id: str, request: Request, here: ServiceDep, staff: SignedIn
) -> Response:
    staff.require("reader", gathering_id)
    await gatherings.get(here.mongo, gathering_id)
    content = await participant_files.xlsx_of(
        _heads(request), _cells(request, participants.everybody(here.mongo, gathering_id))
    )
    return Response(content, media_type=XLSX, headers=_named("xlsx"))


def _heads(request: Request) -> list[str]:
    return [PAGES.text(request, head) for head in HEADS]


async def _cells(request: Request, rows: AsyncIterator[Row]) -> AsyncIterator[list[str]]:
    async for row in rows:
        yield [_shown(request, name, row[name]) for name in participant_files.FIELDS]


def _shown(request: Request, name: str, value: object) -> str:
    if isinstance(value, datetime):
        return f"{local(value):%Y-%m-%d %H:%M}"
    if name in ("kind", "state"):
        return PAGES.word(request, str(value), "attendee_state" if name == "state" else name)
    return str(value or "")


def _named(ending: str) -> dict[str, str]:
    name = f"deelnemers-{clock.now():%Y-%m-%d}.{ending}"
    return {"Content-Disposition": f'attachment; filename="{name}"'}
