"""The pages for people without an e-mail address: letters and calls of a wave, and calls of a
gathering, where staff say what they did."""

from urllib.parse import quote

from doorpakken_pages.page_route import form_fields, pages_router
from doorpakken_plumbing.identity.staff import SignedIn
from doorpakken_plumbing.service import ServiceDep
from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from doorpakken_notification import paper
from doorpakken_notification.routes.door import (
    PAGES,
    Readable,
    SettingsDep,
    WaveId,
    gathering_of,
    readable_gathering,
)

router = pages_router(PAGES)


@router.get("/waves/{wave_id}/paper")
async def show_paper(
    request: Request, wave: Readable, service: ServiceDep, settings: SettingsDep, staff: SignedIn
) -> Response:
    return PAGES.render(
        request,
        "paper.html",
        staff=staff,
        wave=wave,
        gathering=await gathering_of(service, wave),
        letters=await paper.list_letters(service.mongo, wave, settings),
        calls=await paper.list_calls(service.mongo, wave, settings),
    )


@router.get("/gatherings/{gathering_id}/calls")
async def show_calls(
    request: Request,
    gathering_id: WaveId,
    service: ServiceDep,
    settings: SettingsDep,
    staff: SignedIn,
) -> Response:
    gathering = await readable_gathering(service, staff, gathering_id)
    return PAGES.render(
        request,
        "calls.html",
        staff=staff,
        gathering=gathering,
        calls=await paper.list_calls_at(service.mongo, gathering_id, settings),
    )


@router.post("/gatherings/{gathering_id}/calls")
async def mark(
    request: Request,
    gathering_id: WaveId,
    service: ServiceDep,
    settings: SettingsDep,
    staff: SignedIn,
) -> Response:
    """Says that somebody was told, or was not after all; leads back to the list it was said on."""
    form = dict(await form_fields(request))
    key, done = form.get("key", ""), form.get("done") == "yes"
    staff.require(paper.ORGANISER, gathering_id)
    await service.transact(lambda tx: paper.mark(tx, gathering_id, key, staff, done=done))
    wave_id = form.get("wave_id", "")
    list_of_wave = f"/waves/{quote(wave_id, safe='')}/paper"
    below = list_of_wave if wave_id else f"/gatherings/{gathering_id}/calls"
    return RedirectResponse(f"{settings.public_url}{below}", status_code=303)
