"""Portraits as everybody reads them, with linked needs and insights.
Leaves out needs of pitches that were not accepted, and insights that were not approved."""

from dataclasses import dataclass

from doorpakken_events import states
from doorpakken_plumbing.mongo.database import Documents

from doorpakken_registration.conversation.model.persona import Persona
from doorpakken_registration.conversation.model.perspective import Perspective
from doorpakken_registration.conversation.store import personas as store
from doorpakken_registration.conversation.store import perspectives as perspectives_store
from doorpakken_registration.pitches.model.pitch import Need, Pitch
from doorpakken_registration.pitches.store import pitches as pitches_store


@dataclass(frozen=True)
class Portrait:
    """A portrait with its linked needs and approved insights."""

    persona: Persona
    needs: tuple[tuple[Pitch, Need], ...]
    insights: tuple[Perspective, ...]


async def list_portraits(documents: Documents, gathering_id: str) -> list[Portrait]:
    found = await store.list_personas(documents, gathering_id)
    pitches = await pitches_store.list_pitches(documents, gathering_id, (states.Pitch.ACCEPTED,))
    approved = await perspectives_store.list_perspectives(
        documents, gathering_id, (states.Perspective.APPROVED,)
    )
    needs = [(pitch, need) for pitch in pitches for need in pitch.needs]
    return [
        Portrait(
            persona,
            tuple(pair for pair in needs if pair[1].need_id in persona.need_ids),
            tuple(one for one in approved if one.persona_id == persona.id),
        )
        for persona in found
    ]
