"""The wall: the public page of pitches with their needs and offers; and the form to offer help.
Shows the form again, with the errors, where the API would reject it. Who has no personal link gives
a name and an address with an offer."""

from functools import partial

from doorpakken_plumbing.http.errors import NotFound
from doorpakken_plumbing.http.idempotency import IdempotencyKey, Key
from doorpakken_plumbing.identity.limits import in_a_hall
from doorpakken_plumbing.identity.staff import Staff
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Documents
from doorpakken_plumbing.service import ServiceDep
from doorpakken_plumbing.time import clock
from fastapi import Request, Response

from doorpakken_registration.gatherings import gatherings
from doorpakken_registration.gatherings.model.gathering import Gathering
from doorpakken_registration.gatherings.routes.arrived import lead_to_thanks, show_thanks
from doorpakken_registration.people.model.person import Organisation, Person
from doorpakken_registration.people.routes.visitor import MaybeVisitor
from doorpakken_registration.people.routes.who import WhoBody
from doorpakken_registration.pitches import (
    endorsement_summary,
    introduced_offers,
    needs,
    offers,
    own_support,
    pitch_lane,
    representation,
)
from doorpakken_registration.pitches.model.pitch import Need, Pitch
from doorpakken_registration.pitches.own_support import Said
from doorpakken_registration.pitches.routes.acting import note
from doorpakken_registration.pitches.routes.needs_form import (
    amount_of,
    typed_amount,
    what_of,
    whats,
)
from doorpakken_registration.pitches.routes.offers import OfferBody, offering_of
from doorpakken_registration.pitches.store import pitches as pitches_store
from doorpakken_registration.settings import Settings
from doorpakken_registration.web.even import even_time
from doorpakken_registration.web.form import FormData, Mistyped
from doorpakken_registration.web.form_page import Filled, answer_form, as_done, show_form
from doorpakken_registration.web.own_settings import SettingsDep
from doorpakken_registration.web.page import PAGES, pages_router
from doorpakken_registration.web.same_person import count_person

router = pages_router()


@router.get("/g/{gathering_id}/needs")
async def wall(
    gathering_id: str, request: Request, here: ServiceDep, visitor: MaybeVisitor
) -> Response:
    """Public: names no person, only organisations that support. A visitor with a personal link also
    sees their own support."""
    gathering = await gatherings.get_public(here.mongo, gathering_id)
    picture = await needs.picture_of(here.mongo, gathering_id)
    own = await own_support.said_by(here.mongo, visitor) if visitor else []
    theirs = await representation.list_organisations_of(here.mongo, visitor.id) if visitor else []
    return PAGES.render(
        request,
        "needs.html",
        gathering=gathering,
        picture=picture,
        backings=await endorsement_summary.of(
            here.mongo, [one.pitch.id for one in picture.pitches]
        ),
        own=own,
        silent={one.pitch.id: _silent(one.pitch, own, theirs) for one in picture.pitches},
        takes_pitches=gathering.takes_pitches(clock.now()),
    )


def _silent(pitch: Pitch, own: list[Said], organisations: list[Organisation]) -> list[str]:
    """For whom the visitor gave no support yet: ids of their organisations, empty for
    themselves."""
    spoke = {one.endorsement.organisation_id for one in own if one.endorsement.pitch_id == pitch.id}
    return [one or "" for one in (None, *(one.id for one in organisations)) if one not in spoke]


@router.get("/g/{gathering_id}/offer")
async def show(
    gathering_id: str,
    request: Request,
    here: ServiceDep,
    visitor: MaybeVisitor,
    need: str = "",
    organisation_id: str = "",
    rest: bool = False,
) -> Response:
    """`rest` fills in what nobody offered yet, as from support of a pitch."""
    gathering = await gatherings.get_public(here.mongo, gathering_id)
    values = {"need_id": need, "organisation_id": organisation_id}
    if need and rest:
        values["amount"] = await _rest_of(here.mongo, gathering_id, need)
    return await _page(request, here, gathering, visitor, Filled(values))


@router.post("/g/{gathering_id}/offer", dependencies=[in_a_hall("offer", each=5)])
async def offer(
    gathering_id: str,
    request: Request,
    here: ServiceDep,
    settings: SettingsDep,
    visitor: MaybeVisitor,
    key: IdempotencyKey,
) -> Response:
    """Without a link for who gives a name and an address; the answer does not tell who is known."""
    gathering = await gatherings.get_public(here.mongo, gathering_id)

    async def work(form: FormData) -> str | Response:
        if visitor is None:
            await _introduced(request, here, settings, gathering_id, form, key)
            return lead_to_thanks(settings, f"/g/{gathering_id}/offer/thanks", form)
        body = await read_offer(here.mongo, gathering_id, form)
        await give(here, offering_of(gathering_id, body, visitor), key)
        return "/me/support"

    return await answer_form(request, work, partial(_page, request, here, gathering, visitor))


@router.get("/g/{gathering_id}/offer/thanks")
async def thanks(gathering_id: str, request: Request, here: ServiceDep) -> Response:
    gathering = await gatherings.get_public(here.mongo, gathering_id)
    return show_thanks(request, "offer_thanks.html", gathering=gathering)


async def _introduced(
    request: Request,
    here: ServiceDep,
    settings: Settings,
    gathering_id: str,
    form: FormData,
    key: Key | None,
) -> None:
    names = ("name", "email", "phone", "language")
    told = {name: text for name in names if (text := form.one(name))}
    helper = WhoBody.model_validate({"name": ""} | told)
    body = await read_offer(here.mongo, gathering_id, form)
    await count_person(
        request, None, "offer", name=helper.name, addresses=(helper.email, helper.phone)
    )
    asked = offers.Offering(
        gathering_id=gathering_id,
        need_id=body.need_id,
        category=body.category,
        amount=body.amount,
        unit=body.unit,
        person_id=None,
        organisation_id=None,
    )
    who, per_hour = helper.who, settings.links_per_hour
    done = as_done(lambda tx: introduced_offers.offer(tx, asked, who, links_per_hour=per_hour))
    async with even_time():
        await pitch_lane.submit(here.lanes, gathering_id, done, key)


async def give(
    here: ServiceDep, asked: offers.Offering, key: Key | None, staff: Staff | None = None
) -> None:
    async def offer(tx: Transaction) -> None:
        await note(tx, (staff, "offer_entered"), await offers.offer(tx, asked))

    await pitch_lane.submit(here.lanes, asked.gathering_id, as_done(offer), key)


async def read_offer(documents: Documents, gathering_id: str, form: FormData) -> OfferBody:
    """Raises Mistyped."""
    need_id = form.one("need_id")
    category: str | None
    if need_id:
        _, need = await find_need(documents, gathering_id, need_id)
        category, unit = None, need.unit
    else:
        category, unit = what_of(form.one("what"))
    amount = amount_of(form.one("amount"), unit)
    wrong = [name for name, read in (("what", unit), ("amount", amount)) if not read]
    if wrong:
        raise Mistyped(wrong)
    return OfferBody.model_validate(
        {
            "need_id": need_id,
            "category": category,
            "unit": unit,
            "amount": amount,
            "organisation_id": form.one("organisation_id"),
            "person_id": form.one("person_id"),
        }
    )


async def find_need(documents: Documents, gathering_id: str, need_id: str) -> tuple[Pitch, Need]:
    """Raises NotFound."""
    pitch = await pitches_store.find_pitch_with_need(documents, gathering_id, need_id)
    if pitch is None:
        raise NotFound("There is no need with this id at this gathering.")
    return pitch, pitch.need(need_id)


async def _rest_of(documents: Documents, gathering_id: str, need_id: str) -> str:
    pitch, _ = await find_need(documents, gathering_id, need_id)
    found = await needs.covered_needs_of(documents, pitch)
    covered = next(one for one in found if one.need.need_id == need_id)
    return typed_amount(covered.coverage.open, covered.need.unit) if covered.is_open else ""


async def _page(
    request: Request, here: ServiceDep, gathering: Gathering, visitor: Person | None, filled: Filled
) -> Response:
    need_id = filled.values.get("need_id")
    toward = await find_need(here.mongo, gathering.id, need_id) if need_id else None
    theirs = await representation.list_organisations_of(here.mongo, visitor.id) if visitor else []
    return show_form(
        request,
        "offer.html",
        filled,
        gathering=gathering,
        person=visitor,
        toward=toward,
        organisations=theirs,
        whats=whats(),
    )
