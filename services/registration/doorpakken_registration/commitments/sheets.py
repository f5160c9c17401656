"""A commitment as one reader sees it: what it is about, whose turn it is, and what they may do."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from doorpakken_events.coverage import Coverage
from doorpakken_plumbing.mongo.database import Documents
from doorpakken_plumbing.time import clock

from doorpakken_registration.commitments.model import due
from doorpakken_registration.commitments.model.commitment import Commitment, State
from doorpakken_registration.commitments.model.due import Mark
from doorpakken_registration.commitments.model.moves import Move
from doorpakken_registration.commitments.model.roles import READERS, Role, moves_of, roles_of
from doorpakken_registration.commitments.refusals import NotYourCommitment
from doorpakken_registration.gatherings import gatherings
from doorpakken_registration.gatherings.model.gathering import Gathering
from doorpakken_registration.organisations.store import organisations as organisations_store
from doorpakken_registration.people.model.person import Organisation, Person
from doorpakken_registration.people.store import persons as persons_store
from doorpakken_registration.pitches import needs, pitches
from doorpakken_registration.pitches.model.pitch import Pitch
from doorpakken_registration.pitches.needs import CoveredNeed, CoveredPitch

# The move whose form stands on the page itself, the first that they may make.
FIRST = (Move.ACCEPT, Move.TAKE_OVER, Move.CONFIRM)


@dataclass(frozen=True)
class Sheet:
    """`reader` is None for staff; `names` are of people, by id."""

    commitment: Commitment
    pitch: Pitch
    gathering: Gathering
    organisation: Organisation | None
    reader: Person | None
    roles: Collection[Role]
    moves: Sequence[Move]
    marks: Collection[Mark]
    people: Mapping[str, Person]

    @property
    def owner(self) -> Person | None:
        return self.people.get(self.commitment.person_id or "")

    @property
    def is_owner(self) -> bool:
        return Role.OWNER in self.roles

    @property
    def reads_words(self) -> bool:
        return bool(READERS & {*self.roles})

    @property
    def first(self) -> Move | None:
        return next((one for one in FIRST if one in self.moves), None)

    @property
    def pitcher_names(self) -> list[str]:
        return [self.people[one].name for one in self.pitch.pitchers if one in self.people]

    def name_of(self, person_id: str | None) -> str:
        """Empty for staff, and for who is forgotten."""
        known = self.people.get(person_id or "")
        return known.name if known else ""


@dataclass(frozen=True)
class Surplus:
    """A need for which more was promised than it asks, and others of its kind that lack
    something."""

    coverage: Coverage
    others: Sequence[CoveredPitch]


async def require_reader(documents: Documents, one: Commitment, reader: Person | None) -> None:
    """Raises NotYourCommitment."""
    await sheet_of(documents, one, reader)


async def sheet_of(
    documents: Documents, one: Commitment, reader: Person | None, *, may_act: bool = True
) -> Sheet:
    """For staff without a reader; raises NotYourCommitment."""
    pitch = await pitches.get(documents, one.pitch_id)
    organisation = await _organisation(documents, one)
    roles = _roles(one, pitch, organisation, reader)
    if not roles:
        raise NotYourCommitment("Somebody else promised this.")
    named = {one.person_id, one.hand_over_to, *(step.by for step in one.history), *pitch.pitchers}
    people = await persons_store.list_persons(documents, filter(None, named))
    return Sheet(
        commitment=one,
        pitch=pitch,
        gathering=await gatherings.get(documents, one.gathering_id),
        organisation=organisation,
        reader=reader,
        roles=roles,
        moves=moves_of(one, roles, pitched_by=pitch.organisation_id) if may_act else (),
        marks=due.marks(one, clock.now()),
        people={person.id: person for person in people},
    )


async def surplus_of(documents: Documents, sheet: Sheet) -> Surplus | None:
    """None unless more is promised than its need asks."""
    one = sheet.commitment
    if one.need_id is None or one.state is not State.ACCEPTED:
        return None
    picture = await needs.picture_of(documents, one.gathering_id)
    found = [covered for pitch in picture.pitches for covered in pitch.needs]
    mine = next((covered for covered in found if covered.need.need_id == one.need_id), None)
    if mine is None or not mine.coverage.promised_over:
        return None
    others = [_lacking(pitch, one) for pitch in picture.pitches]
    return Surplus(mine.coverage, [pitch for pitch in others if pitch.needs])


def _lacking(pitch: CoveredPitch, one: Commitment) -> CoveredPitch:
    return CoveredPitch(pitch.pitch, [covered for covered in pitch.needs if _lacks(covered, one)])


def _lacks(covered: CoveredNeed, one: Commitment) -> bool:
    need = covered.need
    is_same_kind = (need.category, need.unit) == (one.category, one.unit)
    return is_same_kind and covered.takes_promises


async def _organisation(documents: Documents, one: Commitment) -> Organisation | None:
    if one.organisation_id is None:
        return None
    return await organisations_store.find_organisation(documents, one.organisation_id)


def _roles(
    one: Commitment, pitch: Pitch, organisation: Organisation | None, reader: Person | None
) -> Collection[Role]:
    if reader is None:
        return frozenset({Role.STAFF})
    contacts = organisation.contacts if organisation else ()
    return roles_of(one, reader.id, pitchers=pitch.pitchers, contacts=contacts)
