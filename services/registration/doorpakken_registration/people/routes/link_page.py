"""Page on which somebody without their personal link requests it again.
Refuses what the API refuses; the answer is the same whether or not the address is known."""

from typing import Any

from doorpakken_plumbing.http.errors import Refusal, TooMany
from doorpakken_plumbing.http.idempotency import IdempotencyKey, once
from doorpakken_plumbing.service import ServiceDep
from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from pydantic import ValidationError

from doorpakken_registration.people import lost_links
from doorpakken_registration.people.routes.link_requests import LIMITED, LinkRequestBody
from doorpakken_registration.web.form import FormData
from doorpakken_registration.web.own_settings import SettingsDep
from doorpakken_registration.web.page import PAGES, Errors, errors_of, key_of, pages_router
from doorpakken_registration.web.same_person import count_person

router = pages_router()


@router.get("/link")
async def show(request: Request) -> Response:
    return _page(request, {}, [])


@router.post("/link", dependencies=[LIMITED])
async def ask(
    request: Request, here: ServiceDep, settings: SettingsDep, key: IdempotencyKey
) -> Response:
    form = await FormData.read(request)
    try:
        body = LinkRequestBody(email=form.one("email") or "")
        await count_person(request, None, "lost-link", addresses=(body.email,))
        per_hour = settings.links_per_hour
        await once(here, key, lambda tx: lost_links.ask(tx, body.email, per_hour))
    except TooMany:
        raise
    except (ValidationError, Refusal) as problem:
        return _page(request, form.values(), errors_of(problem))
    return RedirectResponse(f"{settings.registration_url}/link/sent", 303)


@router.get("/link/sent")
async def sent(request: Request) -> Response:
    return PAGES.render(request, "link_sent.html")


def _page(request: Request, values: dict[str, Any], errors: Errors) -> Response:
    status = 422 if errors else 200
    return PAGES.render(
        request,
        "link.html",
        status=status,
        values=values,
        errors=errors,
        key=key_of(values, errors),
    )
