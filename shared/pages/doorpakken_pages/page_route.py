"""Routes of pages. What was posted and may be accepted later (after signing in, or after a wait) is
shown as a page from which it can be sent again."""

from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, ClassVar

from doorpakken_plumbing.http.errors import Refusal
from doorpakken_plumbing.http.problems import unavailable
from doorpakken_plumbing.identity.staff import SignInAgain
from doorpakken_plumbing.mongo.database import PyMongoError, is_infrastructure
from fastapi import APIRouter, Request, Response
from fastapi.routing import APIRoute

from doorpakken_pages.pages import Pages

LATER = (401, 429, 503)

Fields = list[tuple[str, str]]
Endpoint = Callable[[Request], Coroutine[Any, Any, Response]]
# The page for a refusal and the fields that were posted; None where the plumbing answers.
Refused = Callable[[Request, Refusal, Fields], Awaitable[Response | None]]


class PageRoute(APIRoute):
    """A route whose refusals are answered by `refused`."""

    refused: ClassVar[Refused]

    def get_route_handler(self) -> Endpoint:
        handle = super().get_route_handler()

        async def handle_page(request: Request) -> Response:
            try:
                return await handle(request)
            except Refusal as refusal:
                return await self._answer(request, refusal)
            except PyMongoError as error:
                # Requests that only read get the page of the plumbing, which reloads by itself.
                if request.method != "POST" or not is_infrastructure(error):
                    raise
                return await self._answer(request, unavailable(request))

        return handle_page

    async def _answer(self, request: Request, refusal: Refusal) -> Response:
        fields = await posted_fields(request)
        # Without input to keep, the usual redirect to the sign-in page is enough.
        if isinstance(refusal, SignInAgain) and not fields:
            raise refusal
        page = await type(self).refused(request, refusal, fields)
        if page is None:
            raise refusal
        page.headers.update(refusal.headers)
        return page


def pages_router(pages: Pages) -> APIRouter:
    """For pages of staff."""

    async def refused(request: Request, refusal: Refusal, fields: Fields) -> Response | None:
        if not (fields and refusal.status in LATER):
            return None
        return show_refusal(pages, request, refusal, refusal.dutch, fields)

    return router_of(refused)


def router_of(refused: Refused) -> APIRouter:
    route = type("ServicePageRoute", (PageRoute,), {"refused": staticmethod(refused)})
    return APIRouter(route_class=route, include_in_schema=False)


def show_refusal(
    pages: Pages,
    request: Request,
    refusal: Refusal,
    sentence: str,
    fields: Fields,
    template: str = "refusal_page.html",
    **context: Any,
) -> Response:
    """`fields` are those to send again."""
    return pages.render(
        request,
        template,
        status=refusal.status,
        sentence=sentence,
        sign_in=refusal.location if isinstance(refusal, SignInAgain) else "",
        fields=fields,
        **context,
    )


async def posted_fields(request: Request) -> Fields:
    """Empty if nothing was posted, or a password was."""
    if request.method != "POST":
        return []
    pairs = await form_fields(request)
    return [] if any(name == "password" for name, _ in pairs) else pairs


async def form_fields(request: Request) -> Fields:
    """Without files."""
    form = await request.form()
    return [(name, text) for name, text in form.multi_items() if isinstance(text, str)]
