"""Which state of a thing somebody saw (`ETag`), and changes that hold for that state only.
Refuses a change of what is not as it was seen any more; whoever names no state may always."""

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
    """The states somebody asks to change; None for any."""

    states: frozenset[str] | None = None

    def check(self, thing: Any) -> None:
        """Raises ChangedMeanwhile unless this is how the thing is. To be asked in the transaction
        that changes it: who changes it at the same moment conflicts, and is asked again."""
        if self.states is not None and _digest(thing) not in self.states:
            raise ChangedMeanwhile("Somebody changed this meanwhile. Get it again, then change it.")


ANYHOW = Seen()


@adds(412, parameters=(_IF_MATCH,))
async def seen_by(request: Request) -> Seen:
    """The states that `If-Match` names."""
    tags = _tags(request, "if-match")
    # What is shown beside a thing, such as how many signed up, may change under their hands.
    return Seen(frozenset(tag.partition(".")[0] for tag in tags) if tags != ["*"] else None)


IfSeen = Annotated[Seen, Depends(seen_by)]


@dataclass(frozen=True)
class Shower:
    """Shows a thing to who may have it already."""

    known: Sequence[str]

    def show(self, thing: Any, view: BaseModel) -> Response:
        """The thing as the API shows it, with its tag; 304 without a body for who has it."""
        body = view.model_dump_json()
        tag = f"{_digest(thing)}.{_digest(body)}"
        headers = {"ETag": f'"{tag}"'}
        if tag in self.known:
            return Response(status_code=304, headers=headers)
        return Response(body, media_type="application/json", headers=headers)


@adds(304, parameters=(_IF_NONE_MATCH,), headers=_ETAG)
async def shower_for(request: Request) -> Shower:
    """Knows what `If-None-Match` names."""
    return Shower(_tags(request, "if-none-match"))


Showing = Annotated[Shower, Depends(shower_for)]


def _tags(request: Request, name: str) -> list[str]:
    given = request.headers.get(name, "*").split(",")
    return [one.strip().removeprefix("W/").strip('"') for one in given]


def _digest(thing: Any) -> str:
    return hashlib.sha256(to_json(thing)).hexdigest()[:12]
