"""What the holder of a personal link pitches, offers and supports, each with a way to withdraw it.
Rejects withdrawal of what belongs to others."""

from doorpakken_plumbing.service import ServiceDep
from fastapi import Request, Response

from doorpakken_registration.people.routes.visitor import Visitor
from doorpakken_registration.pitches import endorsements, offers, own_support, pitch_lane
from doorpakken_registration.settings import Settings
from doorpakken_registration.web.form import FormData
from doorpakken_registration.web.form_page import as_done
from doorpakken_registration.web.own_settings import SettingsDep
from doorpakken_registration.web.page import PAGES, pages_router, see_other

router = pages_router()


@router.get("/me/support")
async def show(request: Request, here: ServiceDep, visitor: Visitor) -> Response:
    theirs = await own_support.of(here.mongo, visitor)
    return PAGES.render(request, "my_support.html", person=visitor, theirs=theirs)


@router.post("/me/offers/{offer_id}/withdraw")
async def withdraw_offer(
    offer_id: str, here: ServiceDep, settings: SettingsDep, visitor: Visitor
) -> Response:
    found = await offers.get(here.mongo, offer_id)
    done = as_done(lambda tx: offers.withdraw(tx, offer_id, visitor.id))
    await pitch_lane.submit(here.lanes, found.gathering_id, done, None)
    return _back(settings)


@router.post("/me/endorsements/{endorsement_id}/withdraw")
async def withdraw_support(
    endorsement_id: str, request: Request, here: ServiceDep, settings: SettingsDep, visitor: Visitor
) -> Response:
    from_wall = (await FormData.read(request)).one("back_to") == "wall"
    found = await endorsements.get(here.mongo, endorsement_id)
    done = as_done(lambda tx: endorsements.withdraw(tx, endorsement_id, visitor.id))
    await pitch_lane.submit(here.lanes, found.gathering_id, done, None)
    wall = f"/g/{found.gathering_id}/needs#{found.pitch_id}"
    return _back(settings, wall if from_wall else "/me/support")


def _back(settings: Settings, path: str = "/me/support") -> Response:
    return see_other(settings, path)
