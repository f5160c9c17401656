"""A promise or action as it is entered, over the API and on pages: by a visitor, or by staff for
somebody."""

from dataclasses import replace

from doorpakken_plumbing.http.errors import Forbidden
from doorpakken_plumbing.http.idempotency import Key, StoredResponse
from doorpakken_plumbing.identity import acts
from doorpakken_plumbing.identity.staff import Staff
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.service import Service

from doorpakken_registration.commitments import making, somebody
from doorpakken_registration.commitments.making import Promising
from doorpakken_registration.commitments.routes.bodies import PromiseBody
from doorpakken_registration.commitments.routes.views import shown
from doorpakken_registration.people.model.person import Introduction, Person
from doorpakken_registration.people.routes.visitor import nobody
from doorpakken_registration.pitches import pitch_lane
from doorpakken_registration.pitches.model.pitch import Pitch


def promising(
    pitch_id: str, body: PromiseBody, staff: Staff | None, visitor: Person | None
) -> Promising:
    """Raises Forbidden, or Unauthorised for nobody."""
    if staff:
        fields = dict(body) | {"made_by": "staff", "by": None}
        return Promising(pitch_id=pitch_id, **fields)
    if visitor is None:
        raise nobody()
    if body.person_id not in (None, visitor.id):
        raise Forbidden("You can promise only for yourself or your organisation.")
    made_by = "member" if body.organisation_id else "owner"
    fields = dict(body) | {"person_id": visitor.id, "made_by": made_by, "by": visitor.id}
    return Promising(pitch_id=pitch_id, **fields)


async def enter(
    here: Service,
    pitch: Pitch,
    asked: Promising,
    staff: Staff | None,
    key: Key | None,
    *,
    who: Introduction | None = None,
) -> StoredResponse:
    """Made in the lane of the pitch's gathering; an act of staff is kept. `who` is the owner, where
    they are named and not chosen."""

    async def work(tx: Transaction) -> StoredResponse:
        named = await somebody.named(tx, who) if who else asked.person_id
        made = await making.make(tx, replace(asked, person_id=named))
        staff_id = staff.staff_id if staff else None
        about = {"gathering_id": made.gathering_id, "person_id": made.person_id}
        await acts.note(tx, staff_id, "commitment_entered", made.id, **about)
        return StoredResponse(201, shown(made))

    return await pitch_lane.submit(here.lanes, pitch.gathering_id, work, key)
