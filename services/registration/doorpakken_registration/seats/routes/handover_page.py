"""Pages to send a colleague or neighbour to a session, and for them to accept or decline. Refuses a
seat that is not the visitor's own, and anybody who was not asked."""

from functools import partial

from doorpakken_plumbing.http.idempotency import IdempotencyKey, once
from doorpakken_plumbing.identity.limits import in_a_hall
from doorpakken_plumbing.service import ServiceDep
from fastapi import Request, Response

from doorpakken_registration.people import persons
from doorpakken_registration.people.model.person import Person
from doorpakken_registration.people.routes.visitor import Visitor, nobody
from doorpakken_registration.seats import handovers, seats_lane, sessions, sign_ups
from doorpakken_registration.seats.handovers import Handing
from doorpakken_registration.seats.model.handover import Handover
from doorpakken_registration.seats.model.sign_up import SignUp
from doorpakken_registration.seats.routes.handovers import HandoverBody
from doorpakken_registration.seats.routes.own_sign_up import own_sign_up
from doorpakken_registration.web.form import FormData
from doorpakken_registration.web.form_page import Filled, answer_form, as_done, show_form
from doorpakken_registration.web.own_settings import SettingsDep
from doorpakken_registration.web.page import PAGES, pages_router, see_other

router = pages_router()

FIELDS = ("name", "email", "phone", "language")


@router.get("/me/sign-ups/{sign_up_id}/handover")
async def show(
    sign_up_id: str, request: Request, here: ServiceDep, visitor: Visitor, asked: bool = False
) -> Response:
    sign_up = await own_sign_up(here, sign_up_id, visitor)
    return await _page(request, here, sign_up, Filled(), is_asked=asked)


@router.post("/me/sign-ups/{sign_up_id}/handover", dependencies=[in_a_hall("handover", each=2)])
async def ask(
    sign_up_id: str,
    request: Request,
    here: ServiceDep,
    settings: SettingsDep,
    visitor: Visitor,
    key: IdempotencyKey,
) -> Response:
    sign_up = await own_sign_up(here, sign_up_id, visitor)

    async def work(form: FormData) -> str:
        body = HandoverBody.model_validate({name: form.one(name) for name in FIELDS})
        most = settings.asked_per_day
        done = as_done(lambda tx: handovers.ask(tx, sign_up, body.who, most=most))
        await once(here, key, done)
        return f"/me/sign-ups/{sign_up_id}/handover?asked=1"

    return await answer_form(request, work, partial(_page, request, here, sign_up))


@router.get("/handover/{handover_id}")
async def read(handover_id: str, request: Request, here: ServiceDep, visitor: Visitor) -> Response:
    handover = await _mine(here, handover_id, visitor)
    session, title = await sessions.get_with_title(here.mongo, handover.session_id)
    return PAGES.render(
        request,
        "handover_answer.html",
        handover=handover,
        person=visitor,
        giver=await persons.get(here.mongo, handover.from_person_id),
        seat=await sign_ups.get(here.mongo, handover.sign_up_id),
        session=session,
        title=title,
    )


@router.post("/handover/{handover_id}")
async def answer(
    handover_id: str, request: Request, here: ServiceDep, settings: SettingsDep, visitor: Visitor
) -> Response:
    handover = await _mine(here, handover_id, visitor)
    form = await FormData.read(request)
    if form.one("answer") == "yes" and handover.is_open:
        asked = Handing(handover.id, handover.attendee_id, settings.sessions_per_person)
        await seats_lane.submit(here.lanes, handover.gathering_id, asked, None)
    elif form.one("answer") == "no":
        await here.transact(lambda tx: handovers.decline(tx, handover_id))
    return see_other(settings, f"/handover/{handover_id}")


async def _mine(here: ServiceDep, handover_id: str, visitor: Person) -> Handover:
    handover = await handovers.get(here.mongo, handover_id)
    if handover.person_id != visitor.id:
        raise nobody()
    return handover


async def _page(
    request: Request, here: ServiceDep, sign_up: SignUp, filled: Filled, *, is_asked: bool = False
) -> Response:
    session, title = await sessions.get_with_title(here.mongo, sign_up.session_id)
    return show_form(
        request,
        "handover.html",
        filled,
        sign_up=sign_up,
        session=session,
        title=title,
        is_asked=is_asked,
    )
