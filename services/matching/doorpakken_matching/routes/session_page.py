"""Form endpoints of the plan board that change one session; a refusal is shown above the board."""

from doorpakken_pages.page_route import pages_router
from doorpakken_plumbing.http.errors import Conflict, Invalid, NotFound, Refusal
from doorpakken_plumbing.identity.staff import SignedIn, Staff
from doorpakken_plumbing.mongo.database import Document
from doorpakken_plumbing.service import Service, ServiceDep
from fastapi import Request
from pydantic import ValidationError
from starlette.responses import RedirectResponse, Response

from doorpakken_matching import plans
from doorpakken_matching.routes.door import SettingsDep
from doorpakken_matching.routes.form import Filled
from doorpakken_matching.routes.pages import pages, show_board
from doorpakken_matching.routes.sessions import (
    Cancel,
    Capacity,
    Change,
    Changeable,
    Host,
    Reschedule,
)
from doorpakken_matching.settings import Settings
from doorpakken_matching.store import check_in_barrier

router = pages_router(pages)

CHANGES: dict[str, type[Change]] = {
    "reschedule": Reschedule,
    "capacity": Capacity,
    "cancel": Cancel,
    "host": Host,
}


@router.post("/sessions/{session_id}/{change}")
async def change_session(
    change: str,
    session: Changeable,
    request: Request,
    service: ServiceDep,
    settings: SettingsDep,
    staff: SignedIn,
) -> Response:
    if change not in CHANGES:
        raise NotFound("There is no such button.")
    try:
        asked = await _read(request, CHANGES[change])
        await service.transact(lambda tx: asked.work(tx, session["_id"], staff.staff_id))
    except (Conflict, Invalid, NotFound) as refusal:
        return await _board(request, service, staff, session, refusal)
    return await _back(service, settings, session)


async def _read(request: Request, kind: type[Change]) -> Change:
    form = await request.form()
    try:
        return kind.model_validate({name: value for name, value in form.items() if value})
    except ValidationError:
        raise Invalid("Fill in the form again.") from None


async def _board(
    request: Request, service: Service, staff: Staff, session: Document, refusal: Refusal
) -> Response:
    plan = await plans.get_plan(service.mongo, await _run_id(service, session))
    return await show_board(request, service, staff, plan, Filled(refusal=refusal))


async def _back(service: Service, settings: Settings, session: Document) -> Response:
    path = f"plans/{await _run_id(service, session)}#s-{session['_id']}"
    return RedirectResponse(f"{settings.public_url}/{path}", status_code=303)


async def _run_id(service: Service, session: Document) -> str:
    found = await check_in_barrier.find_published_run(service.mongo, session["gathering_id"])
    return found or str(session["run_id"])
