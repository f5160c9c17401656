"""What a page of thanks tells once: what happens next for who just sent a form. Refuses to tell it
again to who comes back to the page or shares its address."""

from typing import Literal

from doorpakken_plumbing.time import clock
from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from doorpakken_registration.gatherings.model.gathering import Gathering
from doorpakken_registration.settings import Settings
from doorpakken_registration.web.form import FormData
from doorpakken_registration.web.page import PAGES

COOKIE = "arrived"
SECONDS = 600
REACHED_BY: tuple[Literal["email", "phone"], ...] = ("email", "phone")


def lead_to_thanks(settings: Settings, path: str, form: FormData) -> Response:
    """Leads to the page, which is told how this person can be reached, never where."""
    response = RedirectResponse(f"{settings.registration_url}{path}", 303)
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
    """The page; what happens next is on it the first time only."""
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
