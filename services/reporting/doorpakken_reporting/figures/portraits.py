"""Figures about portraits, and the insights that tables noted about them and about pitches.
Insights that staff have not approved are only counted; their text is not shown."""

from collections import Counter
from collections.abc import Iterable, Sequence

from doorpakken_events.registration import PersonaDescribed, PerspectiveShared
from pydantic import BaseModel


class Insights(BaseModel):
    """Insights by what staff decided; `pending` ones wait for that."""

    approved: int
    pending: int
    hidden: int


class Portrait(BaseModel):
    """One portrait; `insights` are the approved ones about it."""

    persona_id: str
    title: str
    summary: str
    motivations: list[str]
    frustrations: list[str]
    needs: int
    insights: int


class Portraits(BaseModel):
    """The portraits and insights of a gathering."""

    portraits: list[Portrait]
    insights: Insights


def count_portraits(
    personas: Iterable[PersonaDescribed], perspectives: Sequence[PerspectiveShared]
) -> Portraits:
    states = Counter(one.state for one in perspectives)
    approved = Counter(one.persona_id for one in perspectives if one.state == "approved")
    return Portraits(
        portraits=[_portrait(persona, approved[persona.persona_id]) for persona in personas],
        insights=Insights(**{state: states[state] for state in Insights.model_fields}),
    )


def _portrait(persona: PersonaDescribed, insights: int) -> Portrait:
    return Portrait(
        persona_id=persona.persona_id,
        title=persona.title,
        summary=persona.summary,
        motivations=list(persona.motivations),
        frustrations=list(persona.frustrations),
        needs=len(persona.need_ids),
        insights=insights,
    )
