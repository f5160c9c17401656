"""How far needs came over all gatherings: each gathering, and all of one theme together. A need
that went along to a next gathering counts there."""

from collections.abc import Sequence

from pydantic import BaseModel

from doorpakken_reporting.figures.covering import CoveredNeed, cover_needs
from doorpakken_reporting.figures.promises import Funnel, funnel_of
from doorpakken_reporting.store import Given

CARRIED_OVER = "carried_over"


class GatheringFunnel(Funnel):
    """The needs of one gathering."""

    gathering_id: str
    title: str
    theme: str | None


class ThemeFunnel(Funnel):
    """The needs of all gatherings with one theme, each once."""

    theme: str


class Funnels(BaseModel):
    """Gatherings, the latest first, and themes by name."""

    gatherings: list[GatheringFunnel]
    themes: list[ThemeFunnel]


def count_funnels(given: Sequence[Given]) -> Funnels:
    themes: dict[str, list[CoveredNeed]] = {}
    gatherings = []
    for one in given:
        needs = cover_needs(one.pitches, one.offers, one.commitments)
        theme = one.gathering.theme
        gatherings.append(
            GatheringFunnel(
                gathering_id=one.gathering.gathering_id,
                title=one.gathering.title,
                theme=theme,
                **_funnel(needs),
            )
        )
        if theme:
            once = [need for need in needs if need.need.closed_reason != CARRIED_OVER]
            themes.setdefault(theme, []).extend(once)
    return Funnels(
        gatherings=gatherings,
        themes=[
            ThemeFunnel(theme=theme, **_funnel(themes[theme]))
            for theme in sorted(themes, key=str.casefold)
        ],
    )


def _funnel(needs: Sequence[CoveredNeed]) -> dict[str, list[int]]:
    return funnel_of([one.coverage for one in needs]).model_dump()
