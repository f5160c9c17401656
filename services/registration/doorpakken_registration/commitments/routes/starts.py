"""Where somebody begins who promises something: a need, what they offered, or their support."""

from dataclasses import dataclass, replace

from doorpakken_plumbing.http.errors import NotFound
from doorpakken_plumbing.mongo.database import Documents

from doorpakken_registration.commitments.refusals import NothingToPromise
from doorpakken_registration.commitments.routes.promise_form import (
    Toward,
    choices_of,
    first_values,
)
from doorpakken_registration.people.model.person import Person
from doorpakken_registration.pitches import endorsements, offers, pitches, representation
from doorpakken_registration.pitches.model.offer import Offer
from doorpakken_registration.pitches.model.pitch import Pitch


@dataclass(frozen=True)
class Start:
    """Where somebody begins: what they may promise toward, and what is known already."""

    path: str
    pitch: Pitch
    choices: list[Toward]
    toward: Toward | None = None
    amount: int | None = None
    organisation_id: str | None = None
    offer_id: str | None = None
    endorsement_id: str | None = None

    @property
    def values(self) -> dict[str, str]:
        known = {"organisation_id": self.organisation_id or ""}
        return first_values(self.toward, self.amount) | known


async def from_pitch(documents: Documents, pitch_id: str, need_id: str) -> Start:
    pitch = await pitches.get(documents, pitch_id)
    if not pitch.is_accepted:
        raise NotFound(pitches.NO_SUCH)
    choices = choices_of([pitch])
    return Start(f"/pitches/{pitch_id}/promise", pitch, choices, _toward(choices, need_id))


async def from_offer(documents: Documents, offer_id: str, visitor: Person) -> Start:
    found = await offers.get(documents, offer_id)
    if not await _is_theirs(documents, found, visitor):
        raise offers.NotYourOffer("Somebody else made this offer.")
    if found.pitch_id is None or found.need_id is None or found.is_withdrawn:
        raise NothingToPromise("This offer goes toward no need.")
    start = await from_pitch(documents, found.pitch_id, found.need_id)
    return replace(
        start,
        path=f"/offers/{offer_id}/promise",
        amount=found.amount,
        organisation_id=found.organisation_id,
        offer_id=found.id,
    )


async def from_support(documents: Documents, endorsement_id: str, visitor: Person) -> Start:
    """Support for an organisation by its contact alone."""
    found = await endorsements.get(documents, endorsement_id)
    is_contact = await representation.is_contact(documents, visitor.id, found.organisation_id)
    is_own = found.organisation_id is None and found.person_id == visitor.id
    if not (is_own or is_contact):
        raise endorsements.NotYourSupport("Somebody else gave this support.")
    start = await from_pitch(documents, found.pitch_id, "")
    return replace(
        start,
        path=f"/endorsements/{endorsement_id}/promise",
        organisation_id=found.organisation_id,
        endorsement_id=found.id,
    )


async def _is_theirs(documents: Documents, offer: Offer, visitor: Person) -> bool:
    is_own = offer.person_id == visitor.id
    return is_own or await representation.is_contact(documents, visitor.id, offer.organisation_id)


def _toward(choices: list[Toward], need_id: str) -> Toward | None:
    """The only need is meant where none is named."""
    needs = [one for one in choices if one.need]
    named = [one for one in needs if one.need and one.need.need_id == need_id]
    found = named or (needs if not need_id and len(needs) == 1 else [])
    return found[0] if found else None
