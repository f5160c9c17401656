"""Authenticates staff: a ten-minute token signed by registration, checked by all services.
Refuses tokens that are expired, forged, or of a session or an account that was ended early."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import Depends, Request, Response
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey
from starlette.datastructures import Headers

from doorpakken_plumbing.http.errors import Forbidden, Unauthorised
from doorpakken_plumbing.http.openapi import adds
from doorpakken_plumbing.identity.revocations import EVENTS, Revocations, end_account, fold
from doorpakken_plumbing.messaging.heard import Handlers, ReceivedEvent, Tombstones
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.time import clock

ALGORITHM = "Ed25519"
COOKIE = "staff"
VISITOR_COOKIE = "visitor"
TOKEN_SECONDS = 600
EVERYWHERE = "*"
CACHE_SIZE = 1000
# What each role may do: its own part, and those of the roles it contains.
_ROLES = {
    "reader": {"reader"},
    "door": {"door"},
    "organiser": {"reader", "door", "organiser"},
    "administrator": {"reader", "door", "organiser", "administrator"},
}
SCHEMES = {
    "staff": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
    "staff_cookie": {"type": "apiKey", "in": "cookie", "name": COOKIE},
}


class SignInAgain(Unauthorised):
    """A browser without a valid token: it is sent to `location`, where registration renews it."""

    slug = "sign-in-again"
    dutch = "U bent niet meer ingelogd. Log opnieuw in."

    def __init__(self, location: str) -> None:
        super().__init__("Sign in to see this page.")
        self.location = location


@dataclass(frozen=True)
class Staff:
    """A member of staff: roles by gathering id, `*` for every gathering."""

    staff_id: str
    roles: Mapping[str, str]
    session_id: str

    def may(self, role: str, gathering_id: str) -> bool:
        """`*` as the gathering is all of them."""
        theirs = (self.roles.get(gathering_id, ""), self.roles.get(EVERYWHERE, ""))
        return any(role in _ROLES.get(one, ()) for one in theirs)

    def where(self, role: str) -> frozenset[str] | None:
        """None is every gathering."""
        if self.may(role, EVERYWHERE):
            return None
        return frozenset(one for one in self.roles if self.may(role, one))

    def require(self, role: str, gathering_id: str) -> None:
        """Raises Forbidden."""
        if not self.may(role, gathering_id):
            raise Forbidden(f"This needs the role {role} at this gathering.")


def sign_token(private_jwk: str, staff: Staff, seconds: float = TOKEN_SECONDS) -> str:
    """Valid for `seconds` from now, on the machine's clock."""
    claims = {
        "sub": staff.staff_id,
        "roles": dict(staff.roles),
        "sid": staff.session_id,
        "exp": int((clock.real_now() + timedelta(seconds=seconds)).timestamp()),
    }
    key = OKPKey.import_key(json.loads(private_jwk))
    return jwt.encode({"alg": ALGORITHM}, claims, key, algorithms=[ALGORITHM])


def set_cookie(response: Response, token: str, *, secure: bool) -> None:
    response.set_cookie(
        COOKIE, token, max_age=TOKEN_SECONDS, httponly=True, samesite="lax", secure=secure
    )


class StaffDoor:
    """Checks tokens for one service, and caches the valid ones until they expire."""

    def __init__(self, public_jwk: str, revocations: Revocations) -> None:
        self._key = _read_key(public_jwk)
        self._revocations = revocations
        self._checked: dict[bytes, tuple[Staff, datetime]] = {}

    async def verify(self, token: str) -> Staff:
        """Raises Unauthorised."""
        staff = self._valid(token)
        if await self._revocations.hold(staff.session_id, staff.staff_id):
            raise Unauthorised("This session was ended. Sign in again.")
        return staff

    def _valid(self, token: str) -> Staff:
        digest = hashlib.sha256(token.encode()).digest()
        known = self._checked.get(digest)
        if known is None:
            known = self._read(token)
            if len(self._checked) >= CACHE_SIZE:
                self._checked.clear()
            self._checked[digest] = known
        staff, expires_at = known
        if clock.real_now() >= expires_at:
            del self._checked[digest]
            raise Unauthorised("The staff token has expired. Sign in again.")
        return staff

    def _read(self, token: str) -> tuple[Staff, datetime]:
        try:
            claims = jwt.decode(token, self._key, algorithms=[ALGORITHM]).claims
            return _staff_of(claims), datetime.fromtimestamp(claims["exp"], UTC)
        except (JoseError, KeyError, TypeError, ValueError):
            raise Unauthorised("This is not a valid staff token.") from None


def _read_key(jwk: str) -> OKPKey:
    try:
        return OKPKey.import_key(json.loads(jwk))
    except (JoseError, ValueError, TypeError, KeyError, AttributeError):
        raise ValueError("STAFF_PUBLIC_KEY is not an Ed25519 key as JWK") from None


def _staff_of(claims: Mapping[str, Any]) -> Staff:
    return Staff(str(claims["sub"]), dict(claims["roles"]), str(claims["sid"]))


@adds(401, security=SCHEMES)
async def maybe_signed_in(request: Request) -> Staff | None:
    """None without a valid cookie; an invalid bearer token raises Unauthorised."""
    door: StaffDoor = request.app.state.service.staff
    bearer = bearer_of(request.headers)
    if bearer is not None:
        return await door.verify(bearer)
    cookie = request.cookies.get(COOKIE)
    if not cookie:
        return None
    try:
        staff = await door.verify(cookie)
    except Unauthorised:
        # A stale cookie in a visitor's browser must not block the public pages.
        return None
    # For the page, which shows staff where they can go.
    request.state.staff = staff
    return staff


MaybeSignedIn = Annotated[Staff | None, Depends(maybe_signed_in)]


@adds(401, is_required=True)
async def signed_in(request: Request, staff: MaybeSignedIn) -> Staff:
    """A browser is redirected to sign in; other clients get 401."""
    if staff:
        return staff
    if "text/html" in request.headers.get("accept", ""):
        raise SignInAgain(_renew_url(request))
    raise Unauthorised("Sign in as staff: POST /api/v1/staff/login at registration.")


SignedIn = Annotated[Staff, Depends(signed_in)]


async def _hear(tx: Transaction, heard: ReceivedEvent[Any]) -> None:
    await fold(tx, heard.data)


# Handlers of every service but registration, which calls `revocations.fold` where it publishes.
STAFF_HANDLERS: Handlers = dict.fromkeys(EVENTS, _hear)
STAFF_TOMBSTONES: Tombstones = dict.fromkeys(EVENTS, end_account)


def bearer_of(headers: Headers) -> str | None:
    """May be empty; None without an `Authorization: Bearer` header."""
    scheme, _, token = headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


def _renew_url(request: Request) -> str:
    settings = request.app.state.service.settings
    here = f"{settings.public_url}{request.url.path}"
    if request.method not in ("GET", "HEAD"):
        # The posted data is lost; return to the page it was posted from.
        came_from = request.headers.get("referer", "")
        here = came_from if came_from.startswith(f"{settings.public_url}/") else here
    elif request.url.query:
        here = f"{here}?{request.url.query}"
    return f"{settings.registration_url}/staff/renew?next={quote(here, safe='')}"
