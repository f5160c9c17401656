"""Idempotency keys: an answer is stored with its effect and returned again for the same key.
Refuses a key used with another body (422) and one still at work (409); never stores a 5xx."""

import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any, Protocol

from fastapi import Depends, Request, Response
from pydantic_core import from_json, to_json

from doorpakken_plumbing.http.errors import PROBLEM_TYPE, Invalid, Refusal
from doorpakken_plumbing.http.openapi import adds
from doorpakken_plumbing.identity.clients import client_of
from doorpakken_plumbing.identity.staff import SCHEMES, VISITOR_COOKIE, Staff, maybe_signed_in
from doorpakken_plumbing.messaging.mentions import MENTIONS, ids_in
from doorpakken_plumbing.messaging.transaction import Transaction, Work
from doorpakken_plumbing.mongo.database import ASCENDING, Document, Documents, Index
from doorpakken_plumbing.time import clock

ANSWERS = "idempotency"
INDEXES = (
    Index(ANSWERS, [("expires_at", ASCENDING)], expire_after_seconds=0),
    Index(ANSWERS, [(MENTIONS, ASCENDING)]),
)

KEY_LENGTH_MAX = 200
FORM_FIELD = "idempotency_key"
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")

_HEADER = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": "your own name for this request: sent again, it is done once and answered alike",
    "schema": {"type": "string", "maxLength": KEY_LENGTH_MAX},
    "example": "b0a1f3e2-sign-up-of-gladys",
}

_running: set[str] = set()


class StillRunning(Refusal):
    """The first request with this key has no answer yet."""

    status = 409
    slug = "still-running"
    dutch = "Dit formulier wordt al verwerkt. Wacht even."


class KeyReused(Refusal):
    """This key already stands for another request."""

    status = 422
    slug = "idempotency-key-reused"
    dutch = "Dit formulier is al verstuurd. Stuur alleen iets nieuws in."


@dataclass(frozen=True)
class Key:
    """Identifies a request by caller, route and key, with the hash of what was sent."""

    id: str
    body_hash: str
    expires_at: datetime


@dataclass(frozen=True)
class StoredResponse:
    """A status and a JSON body that can be sent again."""

    status: int
    body: Any = None

    def response(self) -> Response:
        media_type = PROBLEM_TYPE if self.status >= 400 else "application/json"
        return Response(to_json(self.body), status_code=self.status, media_type=media_type)


class Transacting(Protocol):
    """Anything that runs work in a transaction: the service."""

    async def transact(self, work: Work[StoredResponse]) -> StoredResponse: ...


async def once(
    service: Transacting, key: Key | None, work: Callable[[Transaction], Awaitable[StoredResponse]]
) -> StoredResponse:
    """Returns the answer of an earlier run under the same key, if any. Raises KeyReused or
    StillRunning."""
    if key is None:
        return await service.transact(work)

    async def work_unless_known(tx: Transaction) -> StoredResponse:
        known = (await find_known(tx, [key])).get(key.id)
        if isinstance(known, Refusal):
            raise known
        return known or await _remembered(tx, key, await work(tx))

    async with _alone(key):
        return await service.transact(work_unless_known)


async def _remembered(tx: Transaction, key: Key, answer: StoredResponse) -> StoredResponse:
    await remember(tx, [(key, answer)])
    return answer


@asynccontextmanager
async def _alone(key: Key) -> AsyncIterator[None]:
    if key.id in _running:
        raise StillRunning("The first request with this Idempotency-Key is still being handled.")
    _running.add(key.id)
    try:
        yield
    finally:
        _running.discard(key.id)


async def find_known(tx: Documents, keys: Sequence[Key]) -> Mapping[str, StoredResponse | Refusal]:
    """By key id, without new keys; for a reused key its refusal."""
    if not keys:
        return {}
    rows = await tx[ANSWERS].find({"_id": {"$in": [key.id for key in keys]}})
    sent = {key.id: key.body_hash for key in keys}
    return {row["_id"]: _known(row, sent[row["_id"]]) for row in rows}


def _known(row: Document, body_hash: str) -> StoredResponse | Refusal:
    if row["body_hash"] != body_hash:
        return KeyReused("This Idempotency-Key was used with another body. Make a new key.")
    return StoredResponse(row["status"], from_json(row["body"]))


async def remember(tx: Transaction, answers: Sequence[tuple[Key, StoredResponse]]) -> None:
    # Not a 5xx: the next try may end otherwise.
    rows = [_row(key, answer) for key, answer in answers if answer.status < 500]
    await tx[ANSWERS].insert_many(rows)


def _row(key: Key, answer: StoredResponse) -> Document:
    body = to_json(answer.body)
    return {
        "_id": key.id,
        "body_hash": key.body_hash,
        "status": answer.status,
        "body": body.decode(),
        MENTIONS: ids_in(body),
        "created_at": clock.real_now(),
        "expires_at": key.expires_at,
    }


@adds(401, 409, 422, parameters=(_HEADER,), security=SCHEMES)
async def read_key(request: Request) -> Key | None:
    """From the header or the form; None without one. Raises Invalid when it is too long."""
    is_form = request.headers.get("content-type", "").startswith(_FORMS)
    given = request.headers.get("idempotency-key") or (
        await _form_key(request) if is_form else None
    )
    if not given:
        return None
    if len(given) > KEY_LENGTH_MAX:
        raise Invalid(f"An Idempotency-Key has at most {KEY_LENGTH_MAX} characters.")
    # Not a dependency: most requests have no key, and FastAPI takes time to resolve each one.
    staff = await maybe_signed_in(request)
    hours = request.app.state.service.settings.idempotency_hours
    body = await _form_body(request) if is_form else await request.body()
    return Key(
        id=_hash(_principal(request, staff, is_form), request.method, request.url.path, given),
        body_hash=hashlib.sha256(body).hexdigest(),
        expires_at=clock.real_now() + timedelta(hours=hours),
    )


IdempotencyKey = Annotated[Key | None, Depends(read_key)]


async def _form_key(request: Request) -> str | None:
    value = (await request.form()).get(FORM_FIELD)
    return value if isinstance(value, str) else None


async def _form_body(request: Request) -> bytes:
    fields = [
        [name, value if isinstance(value, str) else value.filename]
        for name, value in (await request.form()).multi_items()
        if name != FORM_FIELD
    ]
    return to_json(fields)


def _principal(request: Request, staff: Staff | None, is_form: bool) -> str:
    if staff:
        return f"staff {staff.staff_id}"
    cookies = request.cookies
    if held := [cookies[name] for name in sorted(cookies) if name.startswith(VISITOR_COOKIE)]:
        return f"visitor {' '.join(held)}"
    if is_form:
        # A phone may reconnect with another address; the keys of our own forms are random.
        return "form"
    return f"client {client_of(request)}"


def _hash(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
