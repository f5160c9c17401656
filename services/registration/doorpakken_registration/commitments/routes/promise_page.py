"""The page on which somebody promises something in two presses: the first opens the form with what
is known, the second makes the promise. Who has no personal link sees how to get one."""

from dataclasses import replace
from functools import partial

from doorpakken_plumbing.http.idempotency import IdempotencyKey, Key
from doorpakken_plumbing.identity.limits import in_a_hall
from doorpakken_plumbing.service import Service, ServiceDep
from fastapi import Request, Response

from doorpakken_registration.commitments.routes import starts
from doorpakken_registration.commitments.routes.entering import enter, promising
from doorpakken_registration.commitments.routes.promise_form import chosen, read_promise
from doorpakken_registration.commitments.routes.publication import CHOICES, QUESTION, words_of
from doorpakken_registration.commitments.routes.starts import Start
from doorpakken_registration.commitments.routes.typed import explained
from doorpakken_registration.commitments.store import commitments as store
from doorpakken_registration.people.model.person import Person
from doorpakken_registration.people.routes.visitor import MaybeVisitor, Visitor, nobody
from doorpakken_registration.pitches import representation
from doorpakken_registration.web.form import FormData
from doorpakken_registration.web.form_page import Filled, answer_form, show_form
from doorpakken_registration.web.own_settings import SettingsDep
from doorpakken_registration.web.page import pages_router, see_other

router = pages_router()


@router.get("/pitches/{pitch_id}/promise")
async def show(
    pitch_id: str, request: Request, here: ServiceDep, visitor: MaybeVisitor, need: str = ""
) -> Response:
    start = await starts.from_pitch(here.mongo, pitch_id, need)
    return await _page(request, here, start, visitor, Filled(start.values))


@router.post("/pitches/{pitch_id}/promise", dependencies=[in_a_hall("promise", each=20)])
async def promise(
    pitch_id: str, request: Request, here: ServiceDep, visitor: MaybeVisitor, key: IdempotencyKey
) -> Response:
    start = await starts.from_pitch(here.mongo, pitch_id, "")
    if visitor is None:
        raise nobody()
    return await _answer(request, here, start, visitor, key)


@router.get("/offers/{offer_id}/promise")
async def show_for_offer(
    offer_id: str, request: Request, here: ServiceDep, settings: SettingsDep, visitor: Visitor
) -> Response:
    """Leads to the promise if there is one already."""
    start = await starts.from_offer(here.mongo, offer_id, visitor)
    if made := await store.list_from_offer(here.mongo, offer_id):
        return see_other(settings, f"/commitments/{made[-1].id}")
    return await _page(request, here, start, visitor, Filled(start.values))


@router.post("/offers/{offer_id}/promise", dependencies=[in_a_hall("promise", each=20)])
async def promise_from_offer(
    offer_id: str, request: Request, here: ServiceDep, visitor: Visitor, key: IdempotencyKey
) -> Response:
    start = await starts.from_offer(here.mongo, offer_id, visitor)
    return await _answer(request, here, start, visitor, key)


@router.get("/endorsements/{endorsement_id}/promise")
async def show_for_support(
    endorsement_id: str, request: Request, here: ServiceDep, visitor: Visitor
) -> Response:
    start = await starts.from_support(here.mongo, endorsement_id, visitor)
    return await _page(request, here, start, visitor, Filled(start.values))


@router.post("/endorsements/{endorsement_id}/promise", dependencies=[in_a_hall("promise", each=20)])
async def promise_from_support(
    endorsement_id: str, request: Request, here: ServiceDep, visitor: Visitor, key: IdempotencyKey
) -> Response:
    start = await starts.from_support(here.mongo, endorsement_id, visitor)
    return await _answer(request, here, start, visitor, key)


async def _answer(
    request: Request, here: Service, start: Start, visitor: Person, key: Key | None
) -> Response:
    async def work(form: FormData) -> str:
        more = {"offer_id": start.offer_id, "endorsement_id": start.endorsement_id}
        body = read_promise(form, start.choices, **more)
        asked = promising(start.pitch.id, body, None, visitor)
        asked = replace(asked, consent=words_of(request, body.publication))
        made = await enter(here, start.pitch, asked, None, key)
        return f"/commitments/{made.body['id']}?done=promise"

    again = partial(_page, request, here, start, visitor)
    return await answer_form(request, work, again, explain=explained)


async def _page(
    request: Request, here: Service, start: Start, visitor: Person | None, filled: Filled
) -> Response:
    theirs = await representation.list_organisations_of(here.mongo, visitor.id) if visitor else []
    return show_form(
        request,
        "promise.html",
        filled,
        start=start,
        toward=chosen(filled.values.get("toward"), start.choices),
        person=visitor,
        organisations=theirs,
        publication_question=QUESTION,
        publication_choices=CHOICES,
    )
