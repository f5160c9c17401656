"""The pages to save a draft of a pitch as typed; it is found again on the same phone or by the
personal link. The content is validated on submission."""

from functools import partial

from doorpakken_plumbing.http.idempotency import FORM_FIELD
from doorpakken_plumbing.identity.limits import in_a_hall
from doorpakken_plumbing.service import ServiceDep
from fastapi import Request, Response

from doorpakken_registration.gatherings import gatherings
from doorpakken_registration.pitches import drafts
from doorpakken_registration.pitches.model.draft import Typed
from doorpakken_registration.pitches.routes.draft_holder import DraftHolder, remember, with_secret
from doorpakken_registration.pitches.routes.pitch_page import form_page
from doorpakken_registration.web.form import FormData
from doorpakken_registration.web.form_page import answer_form
from doorpakken_registration.web.own_settings import SettingsDep
from doorpakken_registration.web.page import PAGES, pages_router, see_other

router = pages_router()


@router.post("/g/{gathering_id}/pitch/draft", dependencies=[in_a_hall("draft", each=5)])
async def keep(
    gathering_id: str,
    request: Request,
    here: ServiceDep,
    settings: SettingsDep,
    holder: DraftHolder,
) -> Response:
    gathering = await gatherings.get_public(here.mongo, gathering_id)
    holder = with_secret(holder)

    async def work(form: FormData) -> Response:
        fields = [Typed(name, text) for name, text in form.pairs if name != FORM_FIELD]
        await here.transact(lambda tx: drafts.keep(tx, holder, gathering_id, fields, settings))
        response = see_other(settings, f"/g/{gathering_id}/pitch/kept")
        remember(response, settings, holder)
        return response

    return await answer_form(request, work, partial(form_page, request, gathering))


@router.get("/g/{gathering_id}/pitch/kept")
async def kept(
    gathering_id: str, request: Request, here: ServiceDep, holder: DraftHolder
) -> Response:
    gathering = await gatherings.get_public(here.mongo, gathering_id)
    draft = await drafts.find(here.mongo, holder, gathering_id)
    return PAGES.render(request, "pitch_kept.html", gathering=gathering, draft=draft)


@router.post("/g/{gathering_id}/pitch/restart")
async def restart(
    gathering_id: str, here: ServiceDep, settings: SettingsDep, holder: DraftHolder
) -> Response:
    await here.transact(lambda tx: drafts.drop(tx, holder, gathering_id))
    return see_other(settings, f"/g/{gathering_id}/pitch")
