"""Claims for pitches in the names of known people: they are sent their link, and the pitch, or
their name as a co-pitcher, waits for their confirmation. The caller decides who has to confirm."""

from collections.abc import Mapping, Sequence
from typing import Any

from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.time import clock

from doorpakken_registration.claims import claims
from doorpakken_registration.claims.model.claim import CO_PITCHER, PITCH, Claim
from doorpakken_registration.people.model.person import Person
from doorpakken_registration.pitches.model.pitch import Pitch
from doorpakken_registration.pitches.model.submission import Submission


async def wait_for_pitcher(tx: Transaction, asked: Submission, who: Person) -> None:
    mentions = tuple(name for one in asked.others for name in one.identities)
    claim = _claim(tx, who.id, PITCH, asked.gathering_id, asked.told, asked.texts, mentions)
    await claims.wait(tx, [claim], asked.links_per_hour)


async def wait_for_others(
    tx: Transaction, pitch: Pitch, person_ids: Sequence[str], per_hour: int
) -> None:
    told = {"pitch_id": pitch.id}
    made = [
        _claim(tx, one, CO_PITCHER, pitch.gathering_id, told, (pitch.title,)) for one in person_ids
    ]
    await claims.wait(tx, made, per_hour)


def _claim(
    tx: Transaction,
    person_id: str,
    kind: str,
    gathering_id: str,
    told: Mapping[str, Any],
    texts: tuple[str, ...],
    mentions: tuple[str, ...] = (),
) -> Claim:
    now = clock.now()
    return Claim(tx.new_id(), person_id, kind, gathering_id, told, texts, now, mentions=mentions)
