"""Pages to ask for mail about new gatherings, confirm it, and stop; a personal link proves the
address. Known and unknown people get the same answer; a refused form keeps what was filled in."""

from functools import partial

from doorpakken_pages.language import language_for
from doorpakken_plumbing.http.idempotency import IdempotencyKey
from doorpakken_plumbing.identity.limits import in_a_hall
from doorpakken_plumbing.service import Service, ServiceDep
from fastapi import Request, Response

from doorpakken_registration.following import following
from doorpakken_registration.following.routes.followers import LIMITED, WORDS, FollowerBody, ask
from doorpakken_registration.people import links
from doorpakken_registration.people.model.person import Person
from doorpakken_registration.people.routes.visitor import Visitor
from doorpakken_registration.settings import Settings
from doorpakken_registration.web.form import FormData
from doorpakken_registration.web.form_page import Filled, answer_form, show_form
from doorpakken_registration.web.own_settings import SettingsDep
from doorpakken_registration.web.page import PAGES, pages_router, see_other
from doorpakken_registration.web.same_person import count_person

router = pages_router()


@router.get("/follow")
async def show(request: Request) -> Response:
    return await _page(request, Filled())


@router.post("/follow", dependencies=[LIMITED])
async def send(
    request: Request, here: ServiceDep, settings: SettingsDep, key: IdempotencyKey
) -> Response:
    async def work(form: FormData) -> str:
        fields = {name: form.one(name) or "" for name in ("name", "email")}
        body = FollowerBody(**fields, language=form.one("language") or "nl")
        await count_person(request, None, "follow", name=body.name, addresses=(body.email,))
        await ask(here, settings, key, body, PAGES.text(request, WORDS))
        return "/follow/sent"

    return await answer_form(request, work, partial(_page, request))


@router.get("/follow/sent")
async def sent(request: Request) -> Response:
    return PAGES.render(request, "follow_sent.html")


@router.get("/me/follow")
async def show_own(request: Request, here: ServiceDep, visitor: Visitor) -> Response:
    follower = await following.get(here.mongo, visitor.id)
    return PAGES.render(request, "my_follow.html", person=visitor, follower=follower, words=WORDS)


@router.post("/me/follow")
async def confirm(
    request: Request, here: ServiceDep, settings: SettingsDep, visitor: Visitor
) -> Response:
    words = PAGES.text(request, WORDS)
    await here.transact(lambda tx: following.follow(tx, visitor.id, words, is_confirmed=True))
    return see_other(settings, "/me/follow")


@router.post("/me/follow/stop")
async def stop(here: ServiceDep, settings: SettingsDep, visitor: Visitor) -> Response:
    await here.transact(lambda tx: following.unfollow(tx, visitor.id))
    return see_other(settings, "/me/follow")


@router.get("/unfollow/{token}", dependencies=[in_a_hall("unfollow", each=2)])
async def ask_to_stop(
    token: str, request: Request, here: ServiceDep, settings: SettingsDep
) -> Response:
    """Asks first, since mail scanners follow links too."""
    person = await _follower(here, settings, token)
    return PAGES.render(
        request, "unfollow.html", language=language_for(request, person.language), is_done=False
    )


@router.post("/unfollow/{token}", dependencies=[in_a_hall("unfollow", each=2)])
async def stop_by_mail(
    token: str, request: Request, here: ServiceDep, settings: SettingsDep
) -> Response:
    """One-click unsubscribe (RFC 8058); idempotent."""
    person = await _follower(here, settings, token)
    await here.transact(lambda tx: following.unfollow(tx, person.id))
    return PAGES.render(
        request, "unfollow.html", language=language_for(request, person.language), is_done=True
    )


async def _follower(here: Service, settings: Settings, token: str) -> Person:
    return await links.holder(here.mongo, settings, token, links.UNFOLLOW)


async def _page(request: Request, filled: Filled) -> Response:
    return show_form(request, "follow.html", filled, words=WORDS)
