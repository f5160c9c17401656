"""Keeps a form that staff post after their token ran out: it is shown with all that was typed,
to be sent once more when they are signed in again."""

from collections.abc import Callable, Coroutine
from typing import Any

from doorpakken_plumbing.identity.staff import SignInAgain
from fastapi import Request, Response
from fastapi.routing import APIRoute

from doorpakken_pages.pages import Pages

Endpoint = Callable[[Request], Coroutine[Any, Any, Response]]


def form_route(pages: Pages) -> type[APIRoute]:
    """For the router of a service's pages. A form with nothing typed leads to signing in, as a page
    does."""

    class FormRoute(APIRoute):
        def get_route_handler(self) -> Endpoint:
            handle = super().get_route_handler()

            async def handle_form(request: Request) -> Response:
                try:
                    return await handle(request)
                except SignInAgain as again:
                    typed = await _typed(request)
                    if not typed:
                        raise
                    return pages.render(
                        request,
                        "kept_form.html",
                        status=again.status,
                        sign_in=again.location,
                        typed=typed,
                    )

            return handle_form

    return FormRoute


async def _typed(request: Request) -> list[tuple[str, str]]:
    if request.method != "POST":
        return []
    form = await request.form()
    return [(name, text) for name, text in form.multi_items() if isinstance(text, str)]
