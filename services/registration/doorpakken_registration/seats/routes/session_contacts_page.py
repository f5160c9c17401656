"""The page on which somebody with a seat in a session lets the others see them, and sees those who
did the same. Refuses everybody else; GET shows and POST acts."""

from doorpakken_plumbing.service import ServiceDep
from fastapi import Request, Response

from doorpakken_registration.people.routes.visitor import Visitor
from doorpakken_registration.seats import session_contacts
from doorpakken_registration.seats.routes.own_sign_up import own_sign_up
from doorpakken_registration.seats.routes.session_contacts import WORDS
from doorpakken_registration.web.form import FormData
from doorpakken_registration.web.own_settings import SettingsDep
from doorpakken_registration.web.page import PAGES, pages_router, see_other

router = pages_router()


@router.get("/me/sign-ups/{sign_up_id}/contacts")
async def show(sign_up_id: str, request: Request, here: ServiceDep, visitor: Visitor) -> Response:
    sign_up = await own_sign_up(here, sign_up_id, visitor)
    seen = await session_contacts.look(here.mongo, sign_up)
    return PAGES.render(request, "session_contacts.html", sign_up=sign_up, seen=seen, words=WORDS)


@router.post("/me/sign-ups/{sign_up_id}/contacts")
async def say(
    sign_up_id: str, request: Request, here: ServiceDep, settings: SettingsDep, visitor: Visitor
) -> Response:
    sign_up = await own_sign_up(here, sign_up_id, visitor)
    is_given = (await FormData.read(request)).one("answer") == "yes"
    words = PAGES.text(request, WORDS)
    await here.transact(lambda tx: session_contacts.say(tx, sign_up.id, words, is_given=is_given))
    return see_other(settings, f"/me/sign-ups/{sign_up_id}/contacts")
