"""The page on which staff see all offers of a gathering, and enter one for somebody else. Shows the
form again, with the errors, where the API would reject it."""

from functools import partial

from doorpakken_plumbing.http.idempotency import IdempotencyKey
from doorpakken_plumbing.identity.staff import SignedIn, Staff
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.service import ServiceDep
from fastapi import Request, Response

from doorpakken_registration.gatherings import gatherings, named_attendees
from doorpakken_registration.people.store import persons as persons_store
from doorpakken_registration.pitches import needs, offers, pitch_lane
from doorpakken_registration.pitches.routes.acting import note
from doorpakken_registration.pitches.routes.needs_form import whats
from doorpakken_registration.pitches.routes.needs_page import give, read_offer
from doorpakken_registration.pitches.routes.offers import offering_of
from doorpakken_registration.pitches.store import offers as store
from doorpakken_registration.staff import acts_shown
from doorpakken_registration.web.form import FormData
from doorpakken_registration.web.form_page import Filled, answer_form, as_done, show_form
from doorpakken_registration.web.own_settings import SettingsDep
from doorpakken_registration.web.page import pages_router, see_other

router = pages_router()

# What is done with an offer, and the word for it, by whether the contact said yes.
ANSWERS = {
    True: (offers.confirm, "offer_confirmed"),
    False: (offers.decline, "offer_declined"),
}

PEOPLE_MAX = 2000


@router.get("/staff/g/{gathering_id}/offers")
async def show(gathering_id: str, request: Request, here: ServiceDep, staff: SignedIn) -> Response:
    return await _page(request, here, staff, gathering_id, Filled())


@router.post("/staff/g/{gathering_id}/offers")
async def offer(
    gathering_id: str, request: Request, here: ServiceDep, staff: SignedIn, key: IdempotencyKey
) -> Response:
    staff.require("organiser", gathering_id)

    async def work(form: FormData) -> str:
        body = await read_offer(here.mongo, gathering_id, form)
        await give(here, offering_of(gathering_id, body, None), key, staff)
        return f"/staff/g/{gathering_id}/offers"

    return await answer_form(request, work, partial(_page, request, here, staff, gathering_id))


@router.post("/staff/g/{gathering_id}/offers/{offer_id}/withdraw")
async def withdraw(
    gathering_id: str, offer_id: str, here: ServiceDep, settings: SettingsDep, staff: SignedIn
) -> Response:
    staff.require("organiser", (await offers.get(here.mongo, offer_id)).gathering_id)

    async def withdrawn(tx: Transaction) -> None:
        await note(tx, (staff, "offer_withdrawn"), await offers.withdraw(tx, offer_id, None))

    await pitch_lane.submit(here.lanes, gathering_id, as_done(withdrawn), None)
    return see_other(settings, f"/staff/g/{gathering_id}/offers")


@router.post("/staff/g/{gathering_id}/offers/{offer_id}/answer")
async def answer(
    gathering_id: str,
    offer_id: str,
    request: Request,
    here: ServiceDep,
    settings: SettingsDep,
    staff: SignedIn,
) -> Response:
    """For a contact who answered by telephone, or an organisation without a contact."""
    staff.require("organiser", (await offers.get(here.mongo, offer_id)).gathering_id)
    is_yes = (await FormData.read(request)).one("answer") == "yes"
    change, did = ANSWERS[is_yes]

    async def answered(tx: Transaction) -> None:
        await note(tx, (staff, did), await change(tx, offer_id, None))

    await pitch_lane.submit(here.lanes, gathering_id, as_done(answered), None)
    return see_other(settings, f"/staff/g/{gathering_id}/offers")


async def _page(
    request: Request, here: ServiceDep, staff: Staff, gathering_id: str, filled: Filled
) -> Response:
    staff.require("organiser", gathering_id)
    gathering = await gatherings.get(here.mongo, gathering_id)
    people = await named_attendees.list_first(here.mongo, gathering_id, PEOPLE_MAX)
    given = await store.list_offers(here.mongo, gathering_id)
    givers = await persons_store.list_persons(
        here.mongo, {one.person_id for one in given if one.person_id}
    )
    named = {one["organisation_id"]: one["organisation"] for one in people if one["organisation"]}
    return show_form(
        request,
        "staff_offers.html",
        filled,
        staff=staff,
        gathering=gathering,
        picture=await needs.picture_of(here.mongo, gathering_id),
        offers=given,
        givers={one.id: one.name for one in givers},
        people={one["person_id"]: one["name"] for one in people},
        organisations=named,
        whats=whats(),
        acts=await acts_shown.on_all(here.mongo, dict.fromkeys((one.id for one in given), "")),
    )
