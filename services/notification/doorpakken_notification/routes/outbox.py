"""The outbox pages for staff: waves and their mails by state, and preview of one mail."""

from collections.abc import Collection, Sequence
from contextlib import suppress
from typing import Any, Literal
from urllib.parse import quote

from doorpakken_events.registration import GatheringState
from doorpakken_pages.page_route import pages_router
from doorpakken_plumbing.http.errors import NotFound
from doorpakken_plumbing.identity.staff import SignedIn, Staff
from doorpakken_plumbing.messaging import newest
from doorpakken_plumbing.service import Service, ServiceDep
from fastapi import Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from doorpakken_notification import acts_shown, hosts, paper, previews, proofs, set_apart, waves
from doorpakken_notification.model.mail_states import State
from doorpakken_notification.proofs import Missing
from doorpakken_notification.routes.door import (
    PAGES,
    READER,
    Readable,
    Releasable,
    SettingsDep,
    WaveId,
    gathering_of,
    readable_gathering,
)
from doorpakken_notification.routes.mails import MailId
from doorpakken_notification.settings import Settings
from doorpakken_notification.store import mails
from doorpakken_notification.waves import HostsMissing, Wave, WaveIncomplete

router = pages_router(PAGES)

TROUBLED = (State.AMBIGUOUS, State.BOUNCED, State.STOPPED, State.SUPPRESSED)
MOST_TROUBLED = 200
# A mail has inline styles; nothing else in it may run or load.
MAIL_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"


@router.get("/")
async def begin(settings: SettingsDep) -> Response:
    return _to_outbox(settings)


@router.get("/outbox")
async def show_outbox(request: Request, service: ServiceDep, staff: SignedIn) -> Response:
    seen = [w for w in await waves.list_waves(service.mongo) if staff.may(READER, w.gathering_id)]
    return await _outbox(
        request,
        service,
        staff,
        seen,
        {wave.gathering_id for wave in seen},
        gathering=None,
        set_apart=await set_apart.list_for(service.mongo, staff),
        acts=await acts_shown.list_for(service.mongo, staff, {one.gathering_id for one in seen}),
        calling=await paper.list_calling(service.mongo, staff),
    )


@router.get("/g/{gathering_id}/outbox")
async def show_outbox_of(
    gathering_id: WaveId, request: Request, service: ServiceDep, staff: SignedIn
) -> Response:
    gathering = await readable_gathering(service, staff, gathering_id)
    return await _outbox(
        request,
        service,
        staff,
        await waves.list_waves(service.mongo, gathering_id),
        {gathering_id},
        gathering=gathering,
        set_apart=await set_apart.list_at(service.mongo, gathering_id),
        acts=await acts_shown.list_at(service.mongo, staff, gathering_id),
        calling=[gathering],
    )


@router.post("/waves/{wave_id}/release")
async def release_wave(
    request: Request, wave: Releasable, service: ServiceDep, settings: SettingsDep, staff: SignedIn
) -> Response:
    context: dict[str, Any] = {
        "staff": staff,
        "wave": wave,
        "gathering": await gathering_of(service, wave),
    }
    try:
        await service.transact(lambda tx: waves.release(tx, wave.wave_id, staff.staff_id))
    except WaveIncomplete:
        return PAGES.render(request, "wave_incomplete.html", status=409, **context)
    except HostsMissing:
        unled = await hosts.list_unled(service.mongo, wave.gathering_id)
        return PAGES.render(request, "hosts_missing.html", status=409, unled=unled, **context)
    return _to_outbox(settings, f"/g/{wave.gathering_id}")


@router.post("/mails/{mail_id}/{verb}")
async def act(
    mail_id: MailId,
    verb: Literal["try-again", "drop"],
    service: ServiceDep,
    settings: SettingsDep,
    staff: SignedIn,
    g: str = "",
) -> Response:
    """Idempotent: does nothing for a mail that is not set apart any more. `g` is the gathering in
    whose outbox staff were; empty for that of all."""
    work = set_apart.try_again if verb == "try-again" else set_apart.drop
    with suppress(NotFound):
        await service.transact(lambda tx: work(tx, mail_id, staff))
    return _to_outbox(settings, f"/g/{quote(g, safe='')}" if g else "")


@router.get("/waves/{wave_id}/preview/{language}")
async def show_preview(
    request: Request,
    wave: Readable,
    service: ServiceDep,
    settings: SettingsDep,
    staff: SignedIn,
    language: str,
) -> Response:
    preview = await previews.preview_of(service.mongo, wave.wave_id, language, settings)
    return PAGES.render(
        request,
        "preview.html",
        staff=staff,
        wave=wave,
        gathering=await gathering_of(service, wave),
        preview=preview,
        mail_language=language,
    )


@router.get("/waves/{wave_id}/preview/{language}/mail")
async def show_mail(
    wave: Readable, service: ServiceDep, settings: SettingsDep, language: str
) -> Response:
    preview = await previews.preview_of(service.mongo, wave.wave_id, language, settings)
    return HTMLResponse(preview.html, headers={"content-security-policy": MAIL_POLICY})


async def _outbox(
    request: Request,
    service: Service,
    staff: Staff,
    seen: Sequence[Wave],
    gatherings: Collection[str],
    **context: Any,
) -> Response:
    return PAGES.render(
        request,
        "outbox.html",
        staff=staff,
        waves=seen,
        titles=await _titles(service, {wave.gathering_id for wave in seen}),
        unled={w.wave_id: await hosts.list_unled(service.mongo, w.gathering_id) for w in seen},
        missing={w.wave_id: await _missing(service, w) for w in seen},
        troubled=await mails.list_troubled(service.mongo, gatherings, TROUBLED, MOST_TROUBLED),
        mails=await mails.count_by_kind(service.mongo, gatherings),
        **context,
    )


async def _titles(service: Service, gathering_ids: Collection[str]) -> dict[str, str]:
    """By gathering; without those that were not heard of yet."""
    found = [await newest.find(service.mongo, GatheringState, one) for one in gathering_ids]
    return {one.gathering_id: one.title for one in found if one}


async def _missing(service: ServiceDep, wave: Wave) -> list[Missing]:
    # Before the release everybody is missing.
    if not wave.released_at or wave.proof.adds_up:
        return []
    return await proofs.list_missing(service.mongo, wave.gathering_id)


def _to_outbox(settings: Settings, below: str = "") -> Response:
    return RedirectResponse(f"{settings.public_url}{below}/outbox", status_code=303)
