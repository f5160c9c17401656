"""Conditional requests: the state that somebody saw (`ETag`), and changes for that state only.
Refuses a change when the state is another by now; without `If-Match` any change is allowed."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Request, Response
from pydantic import BaseModel
from pydantic_core import to_json

from doorpakken_plumbing.http.errors import Refusal
from doorpakken_plumbing.http.openapi import adds

_ETAG = {
    "ETag": {
        "description": "this state; for `If-None-Match`, and for `If-Match` when you change it",
        "schema": {"type": "string"},
        "example": '"4be1c0d29a7f.0c2f1e5b7d88"',
    }
}
_IF_NONE_MATCH = {
    "name": "If-None-Match",
    "in": "header",
    "description": "the `ETag` you have: 304 when it is still like that",
    "schema": {"type": "string"},
}
_IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "description": "the `ETag` you saw: 412 when it was changed since; without it nothing is asked",
    "schema": {"type": "string"},
}


class ChangedMeanwhile(Refusal):
    """It is not as it was seen any more."""

    status = 412
    slug = "changed-meanwhile"
    dutch = "Iemand anders veranderde dit intussen. Open de pagina opnieuw."


@dataclass(frozen=True)
class Seen:
    """The states that a change is meant for; None for any."""

    states: frozenset[str] | None = None

    def check(self, thing: Any) -> None:
        """Raises ChangedMeanwhile. Call it in the transaction that changes the thing: a concurrent
        change then conflicts, and the check runs again."""
        if self.states is not None and digest(thing) not in self.states:
            raise ChangedMeanwhile("Somebody changed this meanwhile. Get it again, then change it.")


ANYHOW = Seen()


@adds(412, parameters=(_IF_MATCH,))
async def seen_by(request: Request) -> Seen:
    tags = _tags(request, "if-match")
    # Without the second part: what is shown beside a thing, such as sign-ups, may change.
    return Seen(frozenset(tag.partition(".")[0] for tag in tags) if tags != ["*"] else None)


IfSeen = Annotated[Seen, Depends(seen_by)]


@dataclass(frozen=True)
class Shower:
    """Answers with a thing, or with 304 to a client that has it."""

    known: Sequence[str]

    def show(self, thing: Any, view: BaseModel) -> Response:
        body = view.model_dump_json()
        tag = f"{digest(thing)}.{digest(body)}"
        headers = {"ETag": f'"{tag}"'}
        if tag in self.known:
            return Response(status_code=304, headers=headers)
        return Response(body, media_type="application/json", headers=headers)


@adds(304, parameters=(_IF_NONE_MATCH,), headers=_ETAG)
async def shower_for(request: Request) -> Shower:
    return Shower(_tags(request, "if-none-match"))


Showing = Annotated[Shower, Depends(shower_for)]


def _tags(request: Request, name: str) -> list[str]:
    given = request.headers.get(name, "*").split(",")
    return [one.strip().removeprefix("W/").strip('"') for one in given]


def digest(thing: Any) -> str:
    return hashlib.sha256(to_json(thing)).hexdigest()[:12]
