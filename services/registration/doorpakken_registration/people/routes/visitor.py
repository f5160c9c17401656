"""Identifies visitors, the holders of a link, by the cookie that replaced it.
A link for one purpose opens the routes in `OPENS` for its own object, the personal link all."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Annotated

from doorpakken_pages.language import COOKIE as LANGUAGE
from doorpakken_plumbing.http.errors import Forbidden, Unauthorised
from doorpakken_plumbing.http.openapi import adds
from doorpakken_plumbing.identity.links import OWN_PAGE
from doorpakken_plumbing.identity.staff import VISITOR_COOKIE
from doorpakken_plumbing.mongo.database import Documents
from doorpakken_plumbing.service import Service, ServiceDep, current_service
from doorpakken_plumbing.time import clock
from fastapi import Depends, Request, Response

from doorpakken_registration.people import passes
from doorpakken_registration.people.model.person import Person
from doorpakken_registration.people.passes import Pass
from doorpakken_registration.settings import Settings
from doorpakken_registration.web.own_settings import SettingsDep, own_settings

# Whether the object with the id in the path (first text) is part of a link's object (second text).
IsPartOf = Callable[[Documents, str, str], Awaitable[bool]]

# By purpose: the routes, each with the path parameter that must name the link's object; "" for
# those about the person alone. Routes that are not listed are for the personal link only.
OPENS: Mapping[str, Mapping[str, str]] = {
    passes.ANSWER: {
        "/answer/{wave_id}": "wave_id",
        "/api/v1/waves/{wave_id}/answers": "wave_id",
        "/me/sign-ups/{sign_up_id}/accept": "sign_up_id",
        "/me/sign-ups/{sign_up_id}/leave": "sign_up_id",
        "/me/sign-ups/{sign_up_id}/handover": "sign_up_id",
        "/api/v1/sign-ups/{sign_up_id}": "sign_up_id",
        "/api/v1/sign-ups/{sign_up_id}/handovers": "sign_up_id",
    },
    "commitment": {
        "/commitments/{commitment_id}": "commitment_id",
        "/commitments/{commitment_id}/{move}": "commitment_id",
    },
    "endorsement": {
        "/endorsements/{endorsement_id}": "endorsement_id",
        "/api/v1/endorsements/{endorsement_id}": "endorsement_id",
        "/api/v1/endorsements/{endorsement_id}/confirm": "endorsement_id",
    },
    "handover": {"/handover/{handover_id}": "handover_id"},
    "hosting": {
        "/hosting/{hosting_id}": "hosting_id",
        "/api/v1/hostings/{hosting_id}": "hosting_id",
        "/api/v1/hostings/{hosting_id}/answers": "hosting_id",
    },
    "offer": {
        "/offers/{offer_id}": "offer_id",
        "/api/v1/offers/{offer_id}/confirm": "offer_id",
        "/api/v1/offers/{offer_id}/decline": "offer_id",
    },
    "pitch": {
        "/me/pitches/{pitch_id}": "pitch_id",
        "/me/pitches/{pitch_id}/withdraw": "pitch_id",
        "/me/pitches/{pitch_id}/needs": "pitch_id",
        "/me/pitches/{pitch_id}/needs/{need_id}": "pitch_id",
        "/api/v1/pitches/{pitch_id}": "pitch_id",
        "/api/v1/pitches/{pitch_id}/withdraw": "pitch_id",
        "/api/v1/pitches/{pitch_id}/needs/{need_id}/close": "pitch_id",
        "/api/v1/pitches/{pitch_id}/needs/{need_id}/lower": "pitch_id",
    },
    "invited": {"/g/{gathering_id}": "gathering_id"},
    "outcome": {
        "/outcome/{session_id}": "session_id",
        "/outcome/{session_id}/lines/{commitment_id}": "session_id",
    },
    "follow": {"/me/follow": "", "/me/follow/stop": "", "/api/v1/following": ""},
}
# The page a link leads to, by purpose.
LEADS = {
    OWN_PAGE: "/me",
    passes.ANSWER: "/answer/{}",
    "commitment": "/commitments/{}",
    "endorsement": "/endorsements/{}",
    "handover": "/handover/{}",
    "hosting": "/hosting/{}",
    "follow": "/me/follow",
    "offer": "/offers/{}",
    "pitch": "/me/pitches/{}",
    "invited": "/g/{}",
    "outcome": "/outcome/{}",
}


class OpensSomethingElse(Forbidden):
    """Their link is for one thing, and this is another."""

    slug = "other-link"
    dutch = "Deze link is voor iets anders. Open de persoonlijke link in uw mail."


class FreshLinkNeeded(Forbidden):
    """Their link is older than a day; `by` is `mail`, or `telephone` for who has no address."""

    slug = "fresh-link-needed"
    dutch = "Hiervoor hebt u een nieuwe link nodig."


_asks_visitor = adds(
    401, security={"visitor": {"type": "apiKey", "in": "cookie", "name": VISITOR_COOKIE}}
)


@_asks_visitor
async def maybe_admitted(request: Request) -> Pass | None:
    """None if no cookie of the visitor opens this route. A link for this object takes precedence
    over the personal link, which may belong to somebody else in the household."""
    # Not dependencies: FastAPI spends as much time on each of them as on all the code below.
    here, settings = await current_service(request), await own_settings(request)
    address = request.scope["route"].path
    for purpose in (*OPENS, OWN_PAGE):
        if purpose != OWN_PAGE and address not in OPENS[purpose]:
            continue
        given = await _held(request, here, settings, purpose)
        if given and await _is_for_this(request, here, given, address):
            request.state.opens_own_page = given.opens_own_page
            return given
    return None


MaybeAdmitted = Annotated[Pass | None, Depends(maybe_admitted)]


async def admitted(
    request: Request, here: ServiceDep, settings: SettingsDep, found: MaybeAdmitted
) -> Pass:
    """Raises Unauthorised without any link, OpensSomethingElse with only links for something
    else."""
    if found is not None:
        return found
    for purpose in LEADS:
        if await _held(request, here, settings, purpose):
            raise OpensSomethingElse("Your link is for something else. Open your personal link.")
    raise nobody()


Admitted = Annotated[Pass, Depends(admitted)]


@_asks_visitor
async def maybe_visitor(request: Request) -> Person | None:
    found = await maybe_admitted(request)
    return found.person if found else None


MaybeVisitor = Annotated[Person | None, Depends(maybe_visitor)]


async def visitor(found: Admitted) -> Person:
    return found.person


Visitor = Annotated[Person, Depends(visitor)]


async def fresh_visitor(found: Admitted) -> Person:
    """Raises FreshLinkNeeded if the link was mailed a day ago or more."""
    if found.is_fresh(clock.now()):
        return found.person
    by = "mail" if found.person.email else "telephone"
    raise FreshLinkNeeded("This needs a link that was mailed less than a day ago.", by=by)


FreshVisitor = Annotated[Person, Depends(fresh_visitor)]


def cookie_name(purpose: str) -> str:
    """One cookie per purpose, so that a link for one thing does not replace another link."""
    return VISITOR_COOKIE if purpose == OWN_PAGE else f"{VISITOR_COOKIE}_{purpose}"


async def swap(
    response: Response, request: Request, here: ServiceDep, settings: Settings, given: Pass
) -> None:
    """Sets the visitor's cookie, and deletes the cookies of another person on the same device."""
    for purpose in LEADS:
        before = await _held(request, here, settings, purpose)
        if before and before.person.id != given.person.id:
            response.delete_cookie(cookie_name(purpose))
    response.set_cookie(
        cookie_name(given.purpose),
        passes.cookie_of(settings, given),
        max_age=int(settings.visitor_hours * 3600),
        httponly=True,
        samesite="lax",
        secure=settings.secure_cookies,
    )


def forget(response: Response) -> None:
    response.delete_cookie(LANGUAGE)
    for purpose in LEADS:
        response.delete_cookie(cookie_name(purpose))


def home_of(settings: Settings, given: Pass) -> str:
    return f"{settings.registration_url}{LEADS[given.purpose].format(given.object_id)}"


def nobody() -> Unauthorised:
    return Unauthorised("Open the personal link in your mail, or sign in as staff.")


async def _held(request: Request, here: Service, settings: Settings, purpose: str) -> Pass | None:
    cookie = request.cookies.get(cookie_name(purpose))
    given = await passes.held(here.mongo, settings, cookie) if cookie else None
    return given if given and given.purpose == purpose else None


async def _is_for_this(request: Request, here: Service, given: Pass, address: str) -> bool:
    if given.opens_own_page:
        return True
    field = OPENS[given.purpose][address]
    if not field:
        return True
    named: str = request.path_params[field]
    parts: Mapping[str, IsPartOf] = request.app.state.parts_of_objects
    if field in parts:
        return await parts[field](here.mongo, named, given.object_id)
    return named == given.object_id
