"""The page of an organisation for its contacts: what waits for their answer, and all that it
promised, offered and supports. It prints on one sheet."""

from doorpakken_plumbing.service import ServiceDep
from fastapi import Request, Response

from doorpakken_registration.commitments import partners
from doorpakken_registration.people.routes.visitor import Visitor
from doorpakken_registration.web.page import PAGES, pages_router

router = pages_router()


@router.get("/me/organisations/{organisation_id}")
async def show(
    organisation_id: str, request: Request, here: ServiceDep, visitor: Visitor
) -> Response:
    partner = await partners.of(here.mongo, organisation_id, visitor.id)
    return PAGES.render(request, "partner.html", partner=partner)
