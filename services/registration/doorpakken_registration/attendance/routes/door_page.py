"""Staff pages of the door: check in by code or by name, undo it, and lists to print. Without a line
the page's script goes on with what the phone keeps."""

from dataclasses import replace
from functools import partial

from doorpakken_plumbing.http import live
from doorpakken_plumbing.http.errors import NotFound, Refusal
from doorpakken_plumbing.http.idempotency import IdempotencyKey, StoredResponse
from doorpakken_plumbing.identity.staff import SignedIn, Staff
from doorpakken_plumbing.service import ServiceDep
from doorpakken_plumbing.time import clock
from fastapi import Request, Response
from sse_starlette import EventSourceResponse

from doorpakken_registration.attendance import door
from doorpakken_registration.attendance.check_in import Act, Change, decide
from doorpakken_registration.attendance.door import Expected
from doorpakken_registration.attendance.model.scan import CodeRead, scan_id
from doorpakken_registration.common.store import tallies
from doorpakken_registration.gatherings import attendees, gatherings
from doorpakken_registration.gatherings.model.gathering import Gathering
from doorpakken_registration.gatherings.store import attendees as attendees_store
from doorpakken_registration.settings import Settings
from doorpakken_registration.web.form import FormData
from doorpakken_registration.web.form_page import Filled, answer_form, show_form
from doorpakken_registration.web.own_settings import SettingsDep
from doorpakken_registration.web.page import PAGES, Errors, Problem, errors_of, pages_router

router = pages_router()

SHEET_LINES = 20


class UnknownCode(NotFound):
    """Nobody at this gathering has it."""

    slug = "unknown-code"
    dutch = "Deze code kennen wij niet. Kijk hem na, of zoek op naam."


class SharedCode(Refusal):
    """More than one person has it."""

    status = 409
    slug = "shared-code"
    dutch = "Twee mensen hebben deze code. Zoek op naam."


@router.get("/staff/g/{gathering_id}/door")
async def show(
    gathering_id: str,
    request: Request,
    here: ServiceDep,
    settings: SettingsDep,
    staff: SignedIn,
    q: str = "",
    done: str = "",
) -> Response:
    staff.require("door", gathering_id)
    gathering = await gatherings.get(here.mongo, gathering_id)
    return await _page(request, here, settings, gathering, staff, Filled({"q": q}), done=done)


@router.post("/staff/g/{gathering_id}/door")
async def check_in(
    gathering_id: str,
    request: Request,
    here: ServiceDep,
    settings: SettingsDep,
    staff: SignedIn,
    key: IdempotencyKey,
) -> Response:
    staff.require("door", gathering_id)
    gathering = await gatherings.get(here.mongo, gathering_id)

    async def work(form: FormData) -> str:
        asked = replace(await _asked(here, settings, gathering_id, form), staff_id=staff.staff_id)
        await _submit(here, asked, key)
        return f"/staff/g/{gathering_id}/door?done={asked.attendee_id}"

    again = partial(_page, request, here, settings, gathering, staff)
    return await answer_form(request, work, again, explain=_errors)


@router.post("/staff/g/{gathering_id}/door/undo")
async def undo(
    gathering_id: str,
    request: Request,
    here: ServiceDep,
    settings: SettingsDep,
    staff: SignedIn,
    key: IdempotencyKey,
) -> Response:
    staff.require("door", gathering_id)
    gathering = await gatherings.get(here.mongo, gathering_id)

    async def work(form: FormData) -> str:
        attendee_id = await _here(here, gathering_id, form.one("attendee_id") or "")
        await _submit(
            here, Change(gathering_id, attendee_id, Act.UNDO, staff_id=staff.staff_id), key
        )
        return f"/staff/g/{gathering_id}/door?done={attendee_id}"

    again = partial(_page, request, here, settings, gathering, staff)
    return await answer_form(request, work, again, explain=_errors)


@router.get("/staff/g/{gathering_id}/door/inside")
async def show_inside(
    gathering_id: str, request: Request, here: ServiceDep, staff: SignedIn
) -> Response:
    """The part of the page that is kept fresh."""
    staff.require("door", gathering_id)
    inside = await attendees_store.count_inside(here.mongo, gathering_id)
    return PAGES.render(request, "door_inside.html", inside=inside)


@router.get("/staff/g/{gathering_id}/door/live")
async def follow(
    gathering_id: str, request: Request, here: ServiceDep, staff: SignedIn
) -> EventSourceResponse:
    staff.require("door", gathering_id)
    return live.stream(here, request, [tallies.TALLIES])


@router.get("/staff/g/{gathering_id}/door/print")
async def sheet(
    gathering_id: str, request: Request, here: ServiceDep, settings: SettingsDep, staff: SignedIn
) -> Response:
    """Who is expected, and empty lines for who walks in."""
    staff.require("door", gathering_id)
    return PAGES.render(
        request,
        "door_print.html",
        staff=staff,
        gathering=await gatherings.get(here.mongo, gathering_id),
        expected=await door.list_expected(here.mongo, settings.links, gathering_id),
        lines=SHEET_LINES,
    )


async def _asked(
    here: ServiceDep, settings: SettingsDep, gathering_id: str, form: FormData
) -> Change:
    """Raises UnknownCode, SharedCode or NotFound."""
    if attendee_id := form.one("attendee_id"):
        return Change(gathering_id, await _here(here, gathering_id, attendee_id), Act.CHECK_IN)
    typed = form.one("code") or ""
    codes = await door.by_code(here.mongo, settings.links, gathering_id, [typed])
    found = codes.get(typed, [])
    if not found:
        raise UnknownCode("Nobody at this gathering has this code.")
    if len(found) > 1:
        raise SharedCode("More than one person has this code. Look for the name.")
    now, attendee_id = clock.now(), found[0].attendee_id
    read = CodeRead(scan_id(attendee_id, now), now)
    return Change(gathering_id, attendee_id, Act.CHECK_IN, scan=read)


async def _here(here: ServiceDep, gathering_id: str, attendee_id: str) -> str:
    """Raises NotFound, also for a participant of another gathering."""
    found = await attendees.get(here.mongo, attendee_id)
    if found.gathering_id != gathering_id:
        raise NotFound(attendees.NO_SUCH)
    return found.id


async def _submit(here: ServiceDep, asked: Change, key: IdempotencyKey) -> StoredResponse:
    lane = attendees.lane_of(asked.gathering_id)
    return await here.lanes.submit(lane, asked, decide, idempotency=key)


def _errors(problem: Problem) -> Errors:
    found = errors_of(problem)
    is_about_code = isinstance(problem, UnknownCode | SharedCode)
    return [one | {"field": "code"} for one in found] if is_about_code else found


async def _page(
    request: Request,
    here: ServiceDep,
    settings: SettingsDep,
    gathering: Gathering,
    staff: Staff,
    filled: Filled,
    *,
    done: str = "",
) -> Response:
    q = filled.values.get("q") or ""
    return show_form(
        request,
        "door.html",
        filled,
        staff=staff,
        gathering=gathering,
        may_organise=staff.may("organiser", gathering.id),
        q=q,
        found=await door.search(here.mongo, settings.links, gathering.id, q),
        done=await _done(here, settings, gathering, done),
        inside=await attendees_store.count_inside(here.mongo, gathering.id),
    )


async def _done(
    here: ServiceDep, settings: Settings, gathering: Gathering, attendee_id: str
) -> Expected | None:
    """Whom the page is about that follows a check-in; None for somebody of another gathering."""
    found = await attendees_store.find_attendee(here.mongo, attendee_id) if attendee_id else None
    if found is None or found.gathering_id != gathering.id or found.is_cancelled:
        return None
    return await door.find(here.mongo, settings.links, found)
