"""Finds pitches similar to one about to be submitted, so that people may work together. Returns
accepted pitches, and those of the person who asks that await review."""

from doorpakken_events import states
from doorpakken_plumbing.mongo.database import Documents

from doorpakken_registration.pitches.model.likeness import ALIKE_FROM, likeness
from doorpakken_registration.pitches.model.pitch import Pitch
from doorpakken_registration.pitches.store import pitches as store

COMPARED_MAX = 200
SHOWN_MAX = 3


async def list_alike(
    documents: Documents, gathering_id: str, text: str, person_id: str | None
) -> list[Pitch]:
    """Most similar first, at most `SHOWN_MAX`."""
    compared = await store.list_newest_accepted(documents, gathering_id, COMPARED_MAX)
    own = await store.list_pitches_by(documents, person_id) if person_id else []
    compared += [
        one
        for one in own
        if one.gathering_id == gathering_id and one.state is states.Pitch.SUBMITTED
    ]
    scored = [(likeness(text, f"{one.title} {one.summary}"), one) for one in compared]
    alike = sorted(
        (pair for pair in scored if pair[0] >= ALIKE_FROM), key=lambda pair: pair[0], reverse=True
    )
    return [one for _, one in alike[:SHOWN_MAX]]
