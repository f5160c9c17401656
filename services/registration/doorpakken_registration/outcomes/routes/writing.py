"""Who writes an outcome: who leads the session, by their link, or staff. All that is written is
decided in the lane of the gathering's pitches, as all promises are."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from doorpakken_plumbing.http.idempotency import Key, StoredResponse
from doorpakken_plumbing.identity import acts
from doorpakken_plumbing.identity.staff import Staff
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.service import Service

from doorpakken_registration.gatherings import gatherings
from doorpakken_registration.outcomes import outcomes
from doorpakken_registration.people.model.person import Person
from doorpakken_registration.pitches import pitch_lane
from doorpakken_registration.seats.model.session import Session

Work = Callable[[Transaction, Session, str | None], Awaitable[object]]


@dataclass(frozen=True)
class Writing:
    """The visitor `by`, or staff; `path` is the page they have."""

    here: Service
    session: Session
    path: str
    by: str | None = None
    staff: Staff | None = None

    async def place(self) -> dict[str, Any]:
        """What a page needs to show staff where they are."""
        if self.staff is None:
            return {}
        return {"gathering": await gatherings.get(self.here.mongo, self.session.gathering_id)}

    async def put(self, work: Work, did: str, key: Key | None) -> None:
        """An act of staff is kept as `did`. Raises LedByAnother, SessionCalledOff or
        SessionNotBegun, whatever it was when the page was opened."""

        async def done(tx: Transaction) -> StoredResponse:
            session = await outcomes.open_to(tx, self.session.id, self.by)
            await work(tx, session, self.by)
            about = {"gathering_id": session.gathering_id}
            staff_id = self.staff.staff_id if self.staff else None
            await acts.note(tx, staff_id, did, session.id, **about)
            return StoredResponse(200)

        await pitch_lane.submit(self.here.lanes, self.session.gathering_id, done, key)


async def of_visitor(here: Service, session_id: str, visitor: Person) -> Writing:
    """Raises NotFound or LedByAnother."""
    session = await outcomes.session_of(here.mongo, session_id, visitor.id)
    return Writing(here, session, f"/outcome/{session_id}", by=visitor.id)


async def of_staff(here: Service, session_id: str, staff: Staff) -> Writing:
    """Raises NotFound or Forbidden."""
    session = await outcomes.session_of(here.mongo, session_id, None)
    staff.require("organiser", session.gathering_id)
    return Writing(here, session, f"/staff/outcome/{session_id}", staff=staff)
