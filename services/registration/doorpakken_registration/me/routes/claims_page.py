"""Pages on which a visitor confirms or drops a claim in their name, and staff do it for them after
a telephone call. Refuses what the API refuses; GET shows and POST acts."""

from collections.abc import Iterable

from doorpakken_plumbing.identity.staff import SignedIn
from doorpakken_plumbing.mongo.database import Documents
from doorpakken_plumbing.service import Service, ServiceDep
from fastapi import Request, Response

from doorpakken_registration.claims import claims
from doorpakken_registration.claims.model.claim import PLACE_KEPT_FOR, Claim
from doorpakken_registration.claims.store import claims as store
from doorpakken_registration.common.store.paging import Part
from doorpakken_registration.gatherings import gatherings
from doorpakken_registration.gatherings.store import gatherings as gatherings_store
from doorpakken_registration.me import claim_answers
from doorpakken_registration.me.routes.claims import acting_on
from doorpakken_registration.people.model.person import Person
from doorpakken_registration.people.routes.visitor import Visitor
from doorpakken_registration.people.store import persons as persons_store
from doorpakken_registration.settings import Settings
from doorpakken_registration.web.form import FormData
from doorpakken_registration.web.own_settings import SettingsDep
from doorpakken_registration.web.page import PAGES, pages_router, see_other

router = pages_router()

SHOWN_MAX = 500


@router.post("/me/claims/{claim_id}")
async def answer_own(
    claim_id: str, request: Request, here: ServiceDep, settings: SettingsDep, visitor: Visitor
) -> Response:
    acting = await acting_on(here, claim_id, None, visitor)
    await _answer(here, settings, acting, (await FormData.read(request)).one("answer"))
    return see_other(settings, "/me#claims")


@router.get("/staff/g/{gathering_id}/claims")
async def show(gathering_id: str, request: Request, here: ServiceDep, staff: SignedIn) -> Response:
    """People without an e-mail address first, since staff have to call them."""
    staff.require("organiser", gathering_id)
    waiting = (await store.page_waiting(here.mongo, gathering_id, Part(SHOWN_MAX))).items
    people = await persons_store.list_persons(here.mongo, {one.person_id for one in waiting})
    by_id = {one.id: one for one in people}
    listed = [(by_id[one.person_id], one) for one in waiting if one.person_id in by_id]
    return PAGES.render(
        request,
        "staff_claims.html",
        staff=staff,
        gathering=await gatherings.get(here.mongo, gathering_id),
        listed=sorted(listed, key=_has_email),
    )


@router.post("/staff/g/{gathering_id}/claims/{claim_id}")
async def answer_for(
    gathering_id: str,
    claim_id: str,
    request: Request,
    here: ServiceDep,
    settings: SettingsDep,
    staff: SignedIn,
) -> Response:
    acting = await acting_on(here, claim_id, staff, None)
    await _answer(here, settings, acting, (await FormData.read(request)).one("answer"))
    return see_other(settings, f"/staff/g/{gathering_id}/claims")


async def shown_of(documents: Documents, person_id: str) -> list[dict[str, object]]:
    found = await store.list_claims_of(documents, [person_id])
    titles = await _titles(documents, found)
    return [
        {
            "claim": one,
            "gathering": titles.get(one.gathering_id, ""),
            "place_until": one.arrived_at + PLACE_KEPT_FOR if one.has_place else None,
        }
        for one in found
    ]


async def _titles(documents: Documents, found: Iterable[Claim]) -> dict[str, str]:
    titles = {}
    for gathering_id in {one.gathering_id for one in found}:
        gathering = await gatherings_store.find_gathering(documents, gathering_id)
        titles[gathering_id] = gathering.title if gathering else ""
    return titles


async def _answer(
    here: Service, settings: Settings, acting: tuple[Claim, str | None], answer: str | None
) -> None:
    claim, by = acting
    if answer == "yes":
        await claim_answers.confirm(here.mongo, here.lanes, claim, settings.links_per_hour, by)
    elif answer == "no":
        await here.transact(lambda tx: claims.drop(tx, claim.id, by))


def _has_email(listed: tuple[Person, Claim]) -> bool:
    return listed[0].email is not None
