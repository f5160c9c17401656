"""Support for a pitch: a person or an organisation believes in it, or joins.
Refuses support for a pitch that was declined; who supports twice changes what they said."""

from dataclasses import dataclass, replace

from doorpakken_events.registration import (
    EndorsementState,
    EndorsementWithdrawn,
    PitchEndorsed,
)
from doorpakken_plumbing import clock
from doorpakken_plumbing.transaction import Transaction

from doorpakken_registration import organisations, persons, pitches
from doorpakken_registration.model.pitch import Endorsement
from doorpakken_registration.store import pitches as store


@dataclass(frozen=True)
class Support:
    """Who supports which pitch and how; either a person or an organisation."""

    pitch_id: str
    person_id: str | None
    organisation_id: str | None
    stance: str
    reason: str | None


async def endorse(tx: Transaction, asked: Support) -> tuple[Endorsement, bool]:
    """The support as it is now, and whether it is new."""
    pitch = await pitches.hold_open(tx, asked.pitch_id)
    await _require_supporter(tx, asked)
    made = Endorsement(
        id=tx.new_id(),
        version=1,
        gathering_id=pitch.gathering_id,
        pitch_id=pitch.id,
        person_id=asked.person_id,
        organisation_id=asked.organisation_id,
        stance=asked.stance,
        state="confirmed",
        reason=asked.reason,
        endorsed_at=clock.now(),
    )
    known = await store.find_endorsement(tx, pitch.id, made.supporter)
    if known and (known.stance, known.reason) == (made.stance, made.reason):
        return known, False
    now = replace(made, id=known.id, version=known.version + 1) if known else made
    await store.put_endorsement(tx, now)
    tx.publish(event_of(now), now.version)
    return now, known is None


async def _require_supporter(tx: Transaction, asked: Support) -> None:
    if asked.person_id:
        await persons.hold(tx, asked.person_id)
        return
    await organisations.hold(tx, asked.organisation_id or "")


def event_of(endorsement: Endorsement) -> EndorsementState:
    """The support, said on the topic of its state."""
    kind = EndorsementWithdrawn if endorsement.state == "withdrawn" else PitchEndorsed
    fields = {name: value for name, value in vars(endorsement).items() if name in kind.model_fields}
    return kind(endorsement_id=endorsement.id, **fields)
