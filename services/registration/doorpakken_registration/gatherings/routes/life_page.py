"""Publishing a gathering, ending its sign-up and cancelling it, by organisers."""

from functools import partial

from doorpakken_events import states
from doorpakken_plumbing.http.idempotency import IdempotencyKey, once
from doorpakken_plumbing.identity import acts
from doorpakken_plumbing.identity.staff import SignedIn, Staff
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.service import ServiceDep
from fastapi import Request, Response

from doorpakken_registration.gatherings import gatherings
from doorpakken_registration.gatherings.model.gathering import Gathering
from doorpakken_registration.gatherings.routes import news_preview
from doorpakken_registration.gatherings.routes.noted import noted_at
from doorpakken_registration.gatherings.store import attendees as attendees_store
from doorpakken_registration.web.fields import require_public
from doorpakken_registration.web.form import FormData
from doorpakken_registration.web.form_page import Filled, answer_form, as_done, show_form
from doorpakken_registration.web.own_settings import SettingsDep
from doorpakken_registration.web.page import pages_router, see_other

router = pages_router()


@router.post("/staff/g/{gathering_id}/publish")
async def publish(
    gathering_id: str, here: ServiceDep, settings: SettingsDep, staff: SignedIn
) -> Response:
    """Pressed twice it is published once."""
    staff.require("organiser", gathering_id)

    async def work(tx: Transaction) -> None:
        found = await gatherings.get(tx, gathering_id)
        if found.state not in gatherings.UPCOMING:
            await gatherings.publish(tx, gathering_id)
            about = {"gathering_id": gathering_id}
            await acts.note(tx, staff.staff_id, "gathering_published", gathering_id, **about)

    await here.transact(work)
    return see_other(settings, f"/staff/g/{gathering_id}")


@router.post("/staff/g/{gathering_id}/close")
async def close(
    gathering_id: str, here: ServiceDep, settings: SettingsDep, staff: SignedIn
) -> Response:
    staff.require("organiser", gathering_id)

    async def work(tx: Transaction) -> Gathering:
        return await gatherings.close_now(tx, gathering_id)

    await here.transact(noted_at(work, staff, "gathering_closed", gathering_id))
    return see_other(settings, f"/staff/g/{gathering_id}")


@router.get("/staff/g/{gathering_id}/cancel")
async def ask(gathering_id: str, request: Request, here: ServiceDep, staff: SignedIn) -> Response:
    return await _page(request, here, staff, gathering_id, Filled())


@router.post("/staff/g/{gathering_id}/cancel")
async def cancel(
    gathering_id: str, request: Request, here: ServiceDep, staff: SignedIn, key: IdempotencyKey
) -> Response:
    """Shows the text with the reason first."""
    staff.require("organiser", gathering_id)

    async def work(form: FormData) -> str | Response:
        reason = form.one("reason")
        require_public([("reason", reason)])
        if form.one(news_preview.CONFIRMED) is None:
            filled = Filled(form.values())
            return await _page(request, here, staff, gathering_id, filled, is_shown=True)

        async def cancelled(tx: Transaction) -> Gathering:
            return await gatherings.cancel(tx, gathering_id, reason)

        noted = noted_at(cancelled, staff, "gathering_cancelled", gathering_id)
        await once(here, key, as_done(noted))
        return f"/staff/g/{gathering_id}"

    return await answer_form(request, work, partial(_page, request, here, staff, gathering_id))


async def _page(
    request: Request,
    here: ServiceDep,
    staff: Staff,
    gathering_id: str,
    filled: Filled,
    *,
    is_shown: bool = False,
) -> Response:
    """`is_shown`: with what people will read, and the button that cancels."""
    staff.require("organiser", gathering_id)
    gathering = await gatherings.get(here.mongo, gathering_id)
    reason = str(filled.values.get("reason") or "").strip() or None
    is_public = gathering.state is not states.Gathering.DRAFT
    people = await attendees_store.count_not_cancelled(here.mongo, gathering_id)
    return show_form(
        request,
        "gathering_cancel.html",
        filled,
        staff=staff,
        gathering=gathering,
        people=people if is_public else 0,
        news=news_preview.of_cancellation(request, gathering, reason) if is_shown else None,
        confirmed=news_preview.CONFIRMED,
    )
