"""The pages on which staff review the pitches of a gathering, put the accepted ones in order, and
print them for who leads the gathering. Shows the form again where the API would reject it."""

from functools import partial
from typing import Any

from doorpakken_events import states
from doorpakken_plumbing.http.errors import Invalid, NotFound
from doorpakken_plumbing.http.idempotency import IdempotencyKey, once
from doorpakken_plumbing.identity import acts
from doorpakken_plumbing.identity.staff import SignedIn, Staff
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Documents
from doorpakken_plumbing.service import ServiceDep
from fastapi import Request, Response
from pydantic import ValidationError

from doorpakken_registration.gatherings import gatherings
from doorpakken_registration.organisations.store import organisations as organisations_store
from doorpakken_registration.people.store import persons as persons_store
from doorpakken_registration.pitches import order, pitches, reviewing
from doorpakken_registration.pitches.model.pitch import Pitch
from doorpakken_registration.pitches.routes.reviews import PitchQuestion
from doorpakken_registration.pitches.store import pitches as store
from doorpakken_registration.staff import acts_shown
from doorpakken_registration.web.form import FormData
from doorpakken_registration.web.form_page import Filled, answer_form, as_done, show_form
from doorpakken_registration.web.own_settings import SettingsDep
from doorpakken_registration.web.page import PAGES, pages_router, see_other

router = pages_router()

OVER = (states.Pitch.DECLINED, states.Pitch.WITHDRAWN)
DECISIONS = {"accept": states.Pitch.ACCEPTED, "decline": states.Pitch.DECLINED}
STEPS = {"up": order.UP, "down": order.DOWN}


class WordsMissing(Invalid):
    """Who pitch it get to read why, or what is asked."""

    slug = "words-missing"
    dutch = "Schrijf eerst op wat u wilt vragen of uitleggen."


class WordsTooLong(Invalid):
    """A mail has to stay readable."""

    slug = "words-too-long"
    dutch = "Vertel het korter, met hooguit 5000 letters."


@router.get("/staff/g/{gathering_id}/pitches")
async def show(gathering_id: str, request: Request, here: ServiceDep, staff: SignedIn) -> Response:
    return await _page(request, here, staff, gathering_id, Filled())


@router.get("/staff/g/{gathering_id}/pitches/print")
async def show_to_print(
    gathering_id: str, request: Request, here: ServiceDep, staff: SignedIn
) -> Response:
    staff.require("organiser", gathering_id)
    gathering = await gatherings.get(here.mongo, gathering_id)
    accepted = await order.list_in_order(here.mongo, gathering_id)
    return PAGES.render(
        request,
        "pitches_print.html",
        staff=staff,
        gathering=gathering,
        accepted=accepted,
        **await _about(here.mongo, accepted),
    )


@router.post("/staff/g/{gathering_id}/pitches/{pitch_id}/review")
async def review(
    gathering_id: str,
    pitch_id: str,
    request: Request,
    here: ServiceDep,
    staff: SignedIn,
    key: IdempotencyKey,
) -> Response:
    """Accepts, declines or asks, as the pressed button says."""
    await _require_here(here.mongo, staff, gathering_id, pitch_id)

    async def work(form: FormData) -> str:
        act, text = form.one("act"), _words(form, f"text.{pitch_id}")

        async def done(tx: Transaction) -> Pitch:
            if act in DECISIONS:
                return await reviewing.review(
                    tx, pitch_id, DECISIONS[act], None, text, staff_id=staff.staff_id
                )
            return await reviewing.ask(tx, pitch_id, text or "", staff_id=staff.staff_id)

        await once(here, key, as_done(done))
        return f"/staff/g/{gathering_id}/pitches"

    return await answer_form(request, work, partial(_page, request, here, staff, gathering_id))


@router.post("/staff/g/{gathering_id}/pitches/{pitch_id}/move")
async def move(
    gathering_id: str,
    pitch_id: str,
    request: Request,
    here: ServiceDep,
    settings: SettingsDep,
    staff: SignedIn,
) -> Response:
    await _require_here(here.mongo, staff, gathering_id, pitch_id)
    step = STEPS.get((await FormData.read(request)).one("to") or "", 0)
    move = acts.noted(
        lambda tx: order.move(tx, gathering_id, pitch_id, step),
        staff.staff_id,
        "pitch_moved",
        pitch_id,
        gathering_id=gathering_id,
    )
    await here.transact(move)
    return see_other(settings, f"/staff/g/{gathering_id}/pitches#order-{pitch_id}")


def _words(form: FormData, field: str) -> str | None:
    """Only who accepts needs none. Raises WordsMissing or WordsTooLong."""
    text = form.one(field)
    if text is None and form.one("act") != "accept":
        message = "Write down what you ask or explain first."
        raise WordsMissing(message, errors=[{"field": field, "message": message}])
    try:
        return PitchQuestion(text=text).text if text else None
    except ValidationError as error:
        message = "Make this shorter."
        raise WordsTooLong(message, errors=[{"field": field, "message": message}]) from error


async def _require_here(
    documents: Documents, staff: Staff, gathering_id: str, pitch_id: str
) -> None:
    """Raises Forbidden, or NotFound for a pitch of another gathering."""
    staff.require("organiser", gathering_id)
    if (await pitches.get(documents, pitch_id)).gathering_id != gathering_id:
        raise NotFound(pitches.NO_SUCH)


async def _page(
    request: Request, here: ServiceDep, staff: Staff, gathering_id: str, filled: Filled
) -> Response:
    staff.require("organiser", gathering_id)
    gathering = await gatherings.get(here.mongo, gathering_id)
    handed_in = await store.list_pitches(here.mongo, gathering_id, (states.Pitch.SUBMITTED,))
    accepted = await order.list_in_order(here.mongo, gathering_id)
    over = await store.list_pitches(here.mongo, gathering_id, OVER)
    titles = {one.id: one.title for one in (*handed_in, *accepted, *over)}
    return show_form(
        request,
        "staff_pitches.html",
        filled,
        staff=staff,
        gathering=gathering,
        handed_in=handed_in,
        accepted=accepted,
        over=[one for one in over if one.title],
        acts=await acts_shown.on_all(here.mongo, titles),
        **await _about(here.mongo, [*handed_in, *accepted, *over]),
    )


async def _about(documents: Documents, shown: list[Pitch]) -> dict[str, Any]:
    """Who pitch them, by id, and their organisations."""
    people = {one for pitch in shown for one in pitch.pitchers}
    theirs = {pitch.organisation_id for pitch in shown if pitch.organisation_id}
    named = await organisations_store.list_organisations(documents, theirs)
    return {
        "people": {one.id: one for one in await persons_store.list_persons(documents, people)},
        "organisations": {one.id: one.name for one in named},
    }
