"""Thank-you pages, which show what happens next only once, after a form was sent: not when the page
is reloaded or its address shared."""

from typing import Literal

from doorpakken_plumbing.time import clock
from fastapi import Request, Response

from doorpakken_registration.gatherings.model.gathering import Gathering
from doorpakken_registration.settings import Settings
from doorpakken_registration.web.form import FormData
from doorpakken_registration.web.page import PAGES, see_other

COOKIE = "arrived"
SECONDS = 600
REACHED_BY: tuple[Literal["email", "phone"], ...] = ("email", "phone")


def lead_to_thanks(settings: Settings, path: str, form: FormData) -> Response:
    """The cookie holds how they can be reached (by e-mail or phone), never the address."""
    response = see_other(settings, path)
    reached_by = next((one for one in REACHED_BY if form.one(one)), "")
    response.set_cookie(
        COOKIE,
        reached_by,
        max_age=SECONDS,
        httponly=True,
        samesite="lax",
        secure=settings.secure_cookies,
    )
    return response


def show_thanks(
    request: Request, template: str, gathering: Gathering, *, is_full: bool = False
) -> Response:
    given = request.cookies.get(COOKIE)
    reached_by = given if given in REACHED_BY else None
    response = PAGES.render(
        request,
        template,
        reached_by=reached_by,
        gathering=gathering,
        is_full=is_full,
        takes_pitches=gathering.takes_pitches(clock.now()),
    )
    if given is not None:
        response.delete_cookie(COOKIE)
    return response
