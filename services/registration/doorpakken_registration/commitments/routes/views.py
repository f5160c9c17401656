"""How a commitment is shown over HTTP, and how its moves are answered."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime
from typing import Annotated, Any

from doorpakken_plumbing.http.etags import IfSeen
from doorpakken_plumbing.http.idempotency import Key, StoredResponse
from doorpakken_plumbing.http.openapi import problems
from doorpakken_plumbing.identity import acts
from doorpakken_plumbing.identity.staff import MaybeSignedIn, Staff
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.service import Service, ServiceDep
from doorpakken_plumbing.time import clock
from fastapi import Depends, Response
from pydantic import BaseModel

from doorpakken_registration.commitments import commitments
from doorpakken_registration.commitments.model import due
from doorpakken_registration.commitments.model.commitment import Commitment
from doorpakken_registration.people.routes.visitor import MaybeVisitor, nobody
from doorpakken_registration.pitches import pitch_lane
from doorpakken_registration.web.paging import Listed

MOVED = problems(403, 404, 409, 412)
# Moves the commitment with this id, for the visitor or for staff (None).
Moving = Callable[[Transaction, str, str | None], Awaitable[Commitment]]


class CommitmentView(BaseModel):
    """A promise or an action; money in euro cents. `marks` follow from the day of today."""

    id: str
    version: int
    gathering_id: str
    pitch_id: str
    need_id: str | None
    session_id: str | None
    agreement_id: str | None
    offer_id: str | None
    endorsement_id: str | None
    kind: str
    category: str | None
    unit: str | None
    organisation_id: str | None
    person_id: str | None
    made_by: str
    what: str
    how: str
    asked_amount: int | None
    amount: int | None
    delivered_amount: int | None
    confirmed_amount: int | None
    first_due: date
    due: date
    replans: int
    consult_until: date | None
    state: str
    reason: str | None
    publication: str
    made_at: datetime
    answered_at: datetime | None
    accepted_at: datetime | None
    delivered_at: datetime | None
    confirmed_at: datetime | None
    disputed_at: datetime | None
    ended_at: datetime | None
    marks: list[str]


class CommitmentList(Listed[CommitmentView]):
    """Commitments in the order in which they were made"""


def view_of(found: Commitment) -> CommitmentView:
    return CommitmentView(**vars(found), marks=sorted(due.marks(found, clock.now())))


def shown(found: Commitment) -> dict[str, Any]:
    return view_of(found).model_dump(mode="json")


class Acting:
    """Somebody who moves the commitment in the path: the visitor `by`, or staff."""

    def __init__(
        self, here: Service, found: Commitment, staff: Staff | None, by: str | None, seen: IfSeen
    ) -> None:
        self.found = found
        self._here = here
        self._staff = staff
        self._by = by
        self._seen = seen

    async def answer(self, moving: Moving, did: str) -> Response:
        """Moves it in the lane of its gathering's pitches; an act of staff is kept as `did`."""
        return (await self.submit(moving, did, None)).response()

    async def submit(self, moving: Moving, did: str, key: Key | None) -> StoredResponse:
        found, staff_id = self.found, self._staff.staff_id if self._staff else None

        async def work(tx: Transaction) -> StoredResponse:
            self._seen.check(await commitments.get(tx, found.id))
            after = await moving(tx, found.id, self._by)
            about = {"gathering_id": found.gathering_id, "person_id": after.person_id}
            await acts.note(tx, staff_id, f"commitment_{did}", found.id, **about)
            return StoredResponse(200, shown(after))

        return await pitch_lane.submit(self._here.lanes, found.gathering_id, work, key)


async def acting(
    commitment_id: str,
    here: ServiceDep,
    staff: MaybeSignedIn,
    visitor: MaybeVisitor,
    seen: IfSeen,
) -> Acting:
    """Raises NotFound, Forbidden, or Unauthorised for nobody."""
    if not (staff or visitor):
        raise nobody()
    found = await commitments.get(here.mongo, commitment_id)
    if staff:
        staff.require("organiser", found.gathering_id)
    by = None if staff or visitor is None else visitor.id
    return Acting(here, found, staff, by, seen)


ActingDep = Annotated[Acting, Depends(acting)]
