"""Page on which somebody without their personal link requests it again.
Refuses what the API refuses; the answer is the same whether or not the address is known."""

from functools import partial

from doorpakken_plumbing.http.idempotency import IdempotencyKey, once
from doorpakken_plumbing.service import ServiceDep
from fastapi import Request, Response

from doorpakken_registration.people import lost_links
from doorpakken_registration.people.routes.link_requests import LIMITED, LinkRequestBody
from doorpakken_registration.web.form import FormData
from doorpakken_registration.web.form_page import Filled, answer_form, show_form
from doorpakken_registration.web.own_settings import SettingsDep
from doorpakken_registration.web.page import PAGES, pages_router
from doorpakken_registration.web.same_person import count_person

router = pages_router()


@router.get("/link")
async def show(request: Request) -> Response:
    return await _page(request, Filled())


@router.post("/link", dependencies=[LIMITED])
async def ask(
    request: Request, here: ServiceDep, settings: SettingsDep, key: IdempotencyKey
) -> Response:
    async def work(form: FormData) -> str:
        body = LinkRequestBody(email=form.one("email") or "")
        await count_person(request, None, "lost-link", addresses=(body.email,))
        per_hour = settings.links_per_hour
        await once(here, key, lambda tx: lost_links.ask(tx, body.email, per_hour))
        return "/link/sent"

    return await answer_form(request, work, partial(_page, request))


@router.get("/link/sent")
async def sent(request: Request) -> Response:
    return PAGES.render(request, "link_sent.html")


async def _page(request: Request, filled: Filled) -> Response:
    return show_form(request, "link.html", filled)
