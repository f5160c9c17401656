"""Changes of pitches, offers and support over HTTP: who makes them, and their answer."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from doorpakken_plumbing.http.idempotency import StoredResponse
from doorpakken_plumbing.identity import acts
from doorpakken_plumbing.identity.staff import Staff
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.service import Service
from fastapi import Response

from doorpakken_registration.people.model.person import Person
from doorpakken_registration.people.routes.visitor import nobody
from doorpakken_registration.pitches import pitch_lane
from doorpakken_registration.pitches.model.endorsement import Endorsement
from doorpakken_registration.pitches.model.offer import Offer
from doorpakken_registration.pitches.model.pitch import Pitch

T = TypeVar("T")
# Who of staff does it, if anybody, and the word for what they do.
Act = tuple[Staff | None, str]


def acting_on(
    found: Pitch | Offer | Endorsement, staff: Staff | None, visitor: Person | None
) -> str | None:
    """The visitor's id, None for staff. Raises Forbidden, or Unauthorised without either."""
    if staff:
        staff.require("organiser", found.gathering_id)
        return None
    if visitor is None:
        raise nobody()
    return visitor.id


async def answer_change(
    here: Service,
    found: Pitch | Offer | Endorsement,
    by: str | None,
    change: Callable[[Transaction, str, str | None], Awaitable[T]],
    shown: Callable[[T], dict[str, Any]],
    act: Act,
) -> Response:
    async def work(tx: Transaction) -> StoredResponse:
        answer = shown(await change(tx, found.id, by))
        await note(tx, act, found)
        return StoredResponse(200, answer)

    return (await pitch_lane.submit(here.lanes, found.gathering_id, work, None)).response()


async def note(tx: Transaction, act: Act, found: Pitch | Offer | Endorsement) -> None:
    staff, did = act
    person_id = None if isinstance(found, Pitch) else found.person_id
    about = {"gathering_id": found.gathering_id, "person_id": person_id}
    await acts.note(tx, staff.staff_id if staff else None, did, found.id, **about)
