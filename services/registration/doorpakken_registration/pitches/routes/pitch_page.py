"""The public page to submit a pitch with its needs; it works without scripts. Shows the form again,
with the errors, where the API would reject it."""

from functools import partial

from doorpakken_plumbing.http.idempotency import IdempotencyKey, Key, StoredResponse, once
from doorpakken_plumbing.identity.limits import in_a_hall
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.service import Service, ServiceDep
from doorpakken_plumbing.time import clock
from fastapi import Request, Response

from doorpakken_registration.gatherings import gatherings
from doorpakken_registration.gatherings.model.gathering import Gathering
from doorpakken_registration.gatherings.routes.arrived import lead_to_thanks, show_thanks
from doorpakken_registration.people.routes.visitor import MaybeVisitor
from doorpakken_registration.pitches import alike, drafts, pitches
from doorpakken_registration.pitches.drafts import Holder
from doorpakken_registration.pitches.model.draft import Draft
from doorpakken_registration.pitches.model.pitch import CO_PITCHERS_MAX, Pitch
from doorpakken_registration.pitches.model.submission import Submission
from doorpakken_registration.pitches.routes.draft_holder import DraftHolder
from doorpakken_registration.pitches.routes.needs_form import ROWS, read_plan, whats
from doorpakken_registration.pitches.routes.pitches import PitchBody, submission_of
from doorpakken_registration.web.even import even_time
from doorpakken_registration.web.form import FormData
from doorpakken_registration.web.form_page import Filled, answer_form, show_form
from doorpakken_registration.web.own_settings import SettingsDep
from doorpakken_registration.web.page import PAGES, pages_router

router = pages_router()

# A form field and its values on the page with similar pitches.
STEP, ANYWAY, BACK = "step", "anyway", "back"


@router.get("/g/{gathering_id}/pitch")
async def show(
    gathering_id: str, request: Request, here: ServiceDep, holder: DraftHolder
) -> Response:
    gathering = await gatherings.get_public(here.mongo, gathering_id)
    draft = await drafts.find(here.mongo, holder, gathering_id)
    if draft:
        return await form_page(request, gathering, Filled(draft.values), draft)
    page = await form_page(request, gathering, Filled())
    # It holds no personal data: the back button may restore it, with the typed text and the key.
    page.headers["cache-control"] = "private, no-cache"
    return page


@router.post("/g/{gathering_id}/pitch", dependencies=[in_a_hall("pitch", each=2)])
async def submit(
    gathering_id: str,
    request: Request,
    here: ServiceDep,
    settings: SettingsDep,
    holder: DraftHolder,
    visitor: MaybeVisitor,
    key: IdempotencyKey,
) -> Response:
    gathering = await gatherings.get_public(here.mongo, gathering_id)
    again = partial(form_page, request, gathering)

    async def work(form: FormData) -> Response:
        step = form.one(STEP)
        if step == BACK:
            return await again(Filled(form.values()))
        asked = submission_of(
            gathering_id,
            _body(form),
            by_staff=False,
            links_per_hour=settings.links_per_hour,
            visitor=visitor,
        )
        if step != ANYWAY and (found := await _alike(here, asked, holder)):
            return _alike_page(request, gathering, form, found)
        await _hand_in(here, asked, holder, key)
        return lead_to_thanks(settings, f"/g/{gathering_id}/pitch/thanks", form)

    return await answer_form(request, work, again)


@router.get("/g/{gathering_id}/pitch/thanks")
async def thanks(gathering_id: str, request: Request, here: ServiceDep) -> Response:
    gathering = await gatherings.get_public(here.mongo, gathering_id)
    return show_thanks(request, "pitch_thanks.html", gathering=gathering)


async def _hand_in(here: Service, asked: Submission, holder: Holder, key: Key | None) -> None:
    async def work(tx: Transaction) -> StoredResponse:
        await pitches.submit(tx, asked)
        await drafts.drop(tx, holder, asked.gathering_id)
        return StoredResponse(202, {"status": "received"})

    async with even_time():
        await once(here, key, work)


async def _alike(here: Service, asked: Submission, holder: Holder) -> list[Pitch]:
    text = f"{asked.title} {asked.summary}"
    return await alike.list_alike(here.mongo, asked.gathering_id, text, holder.person_id)


def _alike_page(
    request: Request, gathering: Gathering, form: FormData, found: list[Pitch]
) -> Response:
    fields = [(name, text) for name, text in form.pairs if name != STEP]
    return PAGES.render(
        request, "pitch_alike.html", gathering=gathering, alike=found, fields=fields
    )


def _body(form: FormData) -> PitchBody:
    plan = read_plan(form, ROWS)
    return PitchBody.model_validate(
        {
            **plan,
            "name": form.one("name") or "",
            "email": form.one("email"),
            "phone": form.one("phone"),
            "language": form.one("language") or "nl",
            "organisation": form.one("organisation"),
            "co_pitchers": [one for at in range(CO_PITCHERS_MAX) if (one := _other(form, at))],
        }
    )


def _other(form: FormData, at: int) -> dict[str, str] | None:
    names = ("name", "email", "phone")
    told = {name: text for name in names if (text := form.one(f"co_pitchers.{at}.{name}"))}
    return {"name": ""} | told if told else None


async def form_page(
    request: Request, gathering: Gathering, filled: Filled, draft: Draft | None = None
) -> Response:
    return show_form(
        request,
        "pitch.html",
        filled,
        gathering=gathering,
        now=clock.now(),
        rows=range(ROWS),
        others=range(CO_PITCHERS_MAX),
        whats=whats(),
        draft=draft,
    )
