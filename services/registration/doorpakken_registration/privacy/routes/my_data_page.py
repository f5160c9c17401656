"""The page with all data about the holder of a personal link: since when, why and until when."""

from doorpakken_plumbing.service import ServiceDep
from fastapi import Request, Response

from doorpakken_registration.people.routes.visitor import FreshVisitor
from doorpakken_registration.privacy import data_export
from doorpakken_registration.web.page import PAGES, pages_router

router = pages_router()


@router.get("/me/data.html")
async def show(request: Request, here: ServiceDep, visitor: FreshVisitor) -> Response:
    chapters = await data_export.of(here.mongo, visitor)
    return PAGES.render(request, "my_data.html", person=visitor, chapters=chapters)
