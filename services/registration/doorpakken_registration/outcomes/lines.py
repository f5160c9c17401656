"""The lines of an outcome: what was agreed in a session, each a commitment. A line that is sent
again, however late, is the same line. `by` is who leads the session, None for staff. A line is
changed or struck out until its owner answers."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import NAMESPACE_URL, uuid5

from doorpakken_plumbing.http.errors import Invalid, NotFound
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Documents

from doorpakken_registration.commitments import answering, commitments, making, somebody
from doorpakken_registration.commitments.making import Promising
from doorpakken_registration.commitments.model.commitment import Commitment
from doorpakken_registration.commitments.store import commitments as commitments_store
from doorpakken_registration.organisations.organisations import Organisations
from doorpakken_registration.organisations.store import organisations as organisations_store
from doorpakken_registration.outcomes import outcomes, table
from doorpakken_registration.outcomes.refusals import NobodyAtThisTable
from doorpakken_registration.people.model.person import Introduction
from doorpakken_registration.pitches import pitches
from doorpakken_registration.seats.model.session import Session

TITLE_LENGTH_MAX = 200
NO_SUCH = "This session has no such line."


class NothingAgreed(Invalid):
    """An action says what is done; `errors` names the field."""

    slug = "nothing-agreed"
    dutch = "Schrijf op wat er is afgesproken."


@dataclass(frozen=True)
class Owner:
    """Who does it: a person at the table, an organisation, or somebody who is introduced, perhaps
    for an organisation that is named."""

    person_id: str | None = None
    organisation_id: str | None = None
    who: Introduction | None = None
    organisation: str | None = None


@dataclass(frozen=True)
class Line:
    """What was agreed. Toward a need it has an amount in the need's unit, and may leave `what` to
    the need's own words."""

    due: date
    what: str = ""
    how: str = ""
    need_id: str | None = None
    amount: int | None = None
    agreement_id: str | None = None


async def add(
    tx: Transaction, session: Session, line_id: str, line: Line, owner: Owner, by: str | None
) -> Commitment:
    """`line_id` is made by who sends it. Raises NobodyAtThisTable, NothingAgreed, and whatever
    `making.make` refuses."""
    commitment_id = str(uuid5(NAMESPACE_URL, f"doorpakken:line:{session.id}:{line_id}"))
    if known := await commitments_store.find_commitment(tx, commitment_id):
        return known
    person_id, organisation_id = await _owner(tx, session, owner, by)
    asked = await _promising(tx, session, line, by)
    asked = replace(
        asked,
        id=commitment_id,
        agreement_id=line.agreement_id or line_id,
        person_id=person_id,
        organisation_id=organisation_id,
    )
    made = await making.make(tx, asked)
    await outcomes.note_lines(tx, session)
    return made


async def change(
    tx: Transaction, session: Session, commitment_id: str, line: Line, by: str | None
) -> Commitment:
    """Its owner stays. Raises NotInThisState once they answered, or what `add` raises."""
    found = await get(tx, session, commitment_id)
    return await making.correct(tx, found, await _promising(tx, session, line, by))


async def strike(
    tx: Transaction, session: Session, commitment_id: str, by: str | None
) -> Commitment:
    """Raises NotInThisState once its owner answered."""
    found = await get(tx, session, commitment_id)
    struck = await answering.strike_out(tx, found, by)
    await outcomes.note_lines(tx, session)
    return struck


async def get(tx: Documents, session: Session, commitment_id: str) -> Commitment:
    """Raises NotFound, also for a line of another session."""
    found = await commitments.get(tx, commitment_id)
    if found.session_id != session.id:
        raise NotFound(NO_SUCH)
    return found


async def _promising(tx: Transaction, session: Session, line: Line, by: str | None) -> Promising:
    pitch = await pitches.get(tx, session.pitch_id)
    need = next((one for one in pitch.needs if one.need_id == line.need_id), None)
    what = line.what or (need.description[:TITLE_LENGTH_MAX] if need else "")
    if not what:
        message = "Say what was agreed."
        raise NothingAgreed(message, errors=[{"field": "what", "message": message}])
    return Promising(
        pitch_id=session.pitch_id,
        what=what,
        due=line.due,
        how=line.how,
        need_id=line.need_id,
        amount=line.amount if line.need_id else None,
        unit=need.unit if need else None,
        session_id=session.id,
        made_by="host" if by else "staff",
        by=by,
    )


async def _owner(
    tx: Transaction, session: Session, owner: Owner, by: str | None
) -> tuple[str | None, str | None]:
    """Ids of person and organisation. Somebody who is known is found by name and address, and
    nothing of theirs is changed."""
    if owner.who:
        return await somebody.named(tx, owner.who), await _named(tx, owner.organisation)
    if owner.organisation_id:
        found = await organisations_store.find_organisation(tx, owner.organisation_id)
        speaks = by if found and by in found.contacts else None
        return speaks, owner.organisation_id
    if owner.person_id not in await table.person_ids_at(tx, session):
        message = "Choose who leads the session or has a seat there, or give a name and an address."
        raise NobodyAtThisTable(message, errors=[{"field": "owner", "message": message}])
    return owner.person_id, None


async def _named(tx: Transaction, name: str | None) -> str | None:
    if not name:
        return None
    named = await Organisations.named(tx, [name])
    made = named.find_or_make(name, "other")
    await named.save()
    return made.id if made else None
