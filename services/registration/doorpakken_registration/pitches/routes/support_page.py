"""What the holder of a personal link pitches, offers and supports, each with a way to withdraw it.
Rejects withdrawal of what belongs to others."""

from doorpakken_plumbing.http.idempotency import StoredResponse
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.service import ServiceDep
from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from doorpakken_registration.people.routes.visitor import Visitor
from doorpakken_registration.pitches import endorsements, offers, own_support, pitch_lane
from doorpakken_registration.settings import Settings
from doorpakken_registration.web.form import FormData
from doorpakken_registration.web.own_settings import SettingsDep
from doorpakken_registration.web.page import PAGES, pages_router

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

    async def work(tx: Transaction) -> StoredResponse:
        await offers.withdraw(tx, offer_id, visitor.id)
        return StoredResponse(200)

    await pitch_lane.submit(here.lanes, found.gathering_id, work, None)
    return _back(settings)


@router.post("/me/endorsements/{endorsement_id}/withdraw")
async def withdraw_support(
    endorsement_id: str, request: Request, here: ServiceDep, settings: SettingsDep, visitor: Visitor
) -> Response:
    from_wall = (await FormData.read(request)).one("back_to") == "wall"
    found = await endorsements.get(here.mongo, endorsement_id)

    async def work(tx: Transaction) -> StoredResponse:
        await endorsements.withdraw(tx, endorsement_id, visitor.id)
        return StoredResponse(200)

    await pitch_lane.submit(here.lanes, found.gathering_id, work, None)
    wall = f"/g/{found.gathering_id}/needs#{found.pitch_id}"
    return _back(settings, wall if from_wall else "/me/support")


def _back(settings: Settings, path: str = "/me/support") -> Response:
    return RedirectResponse(f"{settings.registration_url}{path}", 303)
