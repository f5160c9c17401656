"""Who asks without being staff: the holder of a personal link, by the cookie it was swapped for.
Refuses nothing; a stale cookie is nobody."""

from typing import Annotated, cast

from doorpakken_plumbing.errors import Unauthorised
from doorpakken_plumbing.links import LinkExpired, LinkRefused
from doorpakken_plumbing.openapi import adds
from doorpakken_plumbing.service import Here
from doorpakken_plumbing.staff import VISITOR_COOKIE
from fastapi import Depends, Request, Response

from doorpakken_registration import links
from doorpakken_registration.model.person import Person
from doorpakken_registration.settings import Settings


async def own_settings(here: Here) -> Settings:
    """Registration's own settings. Not a plain function: those each cost a trip to a thread."""
    return cast(Settings, here.settings)


Own = Annotated[Settings, Depends(own_settings)]


@adds(401, security={"visitor": {"type": "apiKey", "in": "cookie", "name": VISITOR_COOKIE}})
async def maybe_visitor(request: Request, here: Here, settings: Own) -> Person | None:
    """The person whose cookie this is, or None."""
    token = request.cookies.get(VISITOR_COOKIE)
    if not token:
        return None
    try:
        person, _ = await links.follow(here.mongo, settings, token)
    except (LinkRefused, LinkExpired):
        return None
    return person


MaybeVisitor = Annotated[Person | None, Depends(maybe_visitor)]


async def visitor(found: MaybeVisitor) -> Person:
    """The person whose cookie this is; raises Unauthorised where there is none."""
    if found is None:
        raise nobody()
    return found


Visitor = Annotated[Person, Depends(visitor)]


def set_cookie(response: Response, settings: Settings, person: Person) -> None:
    """Remembers the visitor for some hours; scripts never see it."""
    response.set_cookie(
        VISITOR_COOKIE,
        links.visitor_token(settings, person),
        max_age=int(settings.visitor_hours * 3600),
        httponly=True,
        samesite="lax",
        secure=settings.secure_cookies,
    )


def nobody() -> Unauthorised:
    """For who is neither staff nor a visitor."""
    return Unauthorised("Open the personal link in your mail, or sign in as staff.")
