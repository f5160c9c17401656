"""Staff page on which organisers approve or hide insights noted at tables.
Each decision is one click, and can be reversed."""

from doorpakken_events import states
from doorpakken_plumbing.http.errors import NotFound
from doorpakken_plumbing.identity import acts
from doorpakken_plumbing.identity.staff import SignedIn
from doorpakken_plumbing.service import ServiceDep
from fastapi import Request, Response

from doorpakken_registration.conversation import perspectives, tables
from doorpakken_registration.conversation.store import perspectives as store
from doorpakken_registration.conversation.store import tables as tables_store
from doorpakken_registration.gatherings import gatherings
from doorpakken_registration.web.form import FormData
from doorpakken_registration.web.own_settings import SettingsDep
from doorpakken_registration.web.page import PAGES, pages_router, see_other

router = pages_router()

# In the order of the page: pending insights first.
STATES = (states.Perspective.PENDING, states.Perspective.APPROVED, states.Perspective.HIDDEN)


@router.get("/staff/g/{gathering_id}/insights")
async def show(gathering_id: str, request: Request, here: ServiceDep, staff: SignedIn) -> Response:
    staff.require("organiser", gathering_id)
    found = await store.list_perspectives(here.mongo, gathering_id)
    listed = await tables_store.list_tables(here.mongo, gathering_id)
    return PAGES.render(
        request,
        "insights.html",
        staff=staff,
        gathering=await gatherings.get(here.mongo, gathering_id),
        groups=[(state, [one for one in found if one.state is state]) for state in STATES],
        titles={one.id: f"{one.label}: {await tables.title_of(here.mongo, one)}" for one in listed},
    )


@router.post("/staff/g/{gathering_id}/insights/{perspective_id}")
async def moderate(
    gathering_id: str,
    perspective_id: str,
    request: Request,
    here: ServiceDep,
    settings: SettingsDep,
    staff: SignedIn,
) -> Response:
    staff.require("organiser", gathering_id)
    perspective = await perspectives.get(here.mongo, perspective_id)
    said = (await FormData.read(request)).one("state")
    state = next((one for one in STATES if one == said), None)
    if perspective.gathering_id != gathering_id or state is None:
        raise NotFound("There is no such insight at this gathering.")
    moderate = acts.noted(
        lambda tx: perspectives.moderate(tx, perspective_id, state),
        staff.staff_id,
        f"insight_{state}",
        perspective_id,
        gathering_id=gathering_id,
    )
    await here.transact(moderate)
    return see_other(settings, f"/staff/g/{gathering_id}/insights")
