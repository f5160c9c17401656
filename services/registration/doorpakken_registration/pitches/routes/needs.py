"""Needs and how far each came, over HTTP: public, and without who offered or promised."""

from datetime import date

from doorpakken_events.coverage import NeedStatus
from doorpakken_plumbing.http.openapi import problems
from doorpakken_plumbing.service import ServiceDep
from fastapi import APIRouter
from pydantic import BaseModel, Field

from doorpakken_registration.gatherings import gatherings
from doorpakken_registration.pitches import needs
from doorpakken_registration.pitches.model.pitch import Pitch
from doorpakken_registration.pitches.needs import CoveredNeed

router = APIRouter(prefix="/api/v1", tags=["offers"])


class CoverageView(BaseModel):
    """A need and how far it came, all in its unit; money in euro cents."""

    need_id: str
    pitch_id: str
    pitch_title: str
    category: str
    description: str
    unit: str
    wanted_by: date | None
    asked: int
    offered: int
    open: int = Field(description="what nobody offered yet")
    over: int = Field(description="what was offered beyond what was asked")
    offers: int = Field(description="how many offers stand")
    committed: int = Field(description="what was promised and is not taken back")
    to_promise: int = Field(description="what nobody promised yet")
    delivered: int = Field(description="what was done, says who promised it")
    confirmed: int = Field(description="what came, says who needed it")
    status: str = Field(description="how far it is: " + ", ".join(NeedStatus))
    closed_reason: str | None = Field(description="why it takes no help any more")


class CategoryView(BaseModel):
    """What was offered toward a category, without a need in mind."""

    category: str
    unit: str
    offered: int
    offers: int


class NeedList(BaseModel):
    """The needs of accepted pitches in order of pitching, and offers without a need."""

    items: list[CoverageView]
    without_need: list[CategoryView]


@router.get(
    "/gatherings/{gathering_id}/needs",
    summary="What is asked, and what is offered",
    responses=problems(404),
)
async def list_needs(gathering_id: str, here: ServiceDep) -> NeedList:
    """Everybody may see this; it names nobody who offered."""
    await gatherings.get_public(here.mongo, gathering_id)
    picture = await needs.picture_of(here.mongo, gathering_id)
    items = [need_view(one.pitch, need) for one in picture.pitches for need in one.needs]
    return NeedList(
        items=items,
        without_need=[
            CategoryView.model_validate(one, from_attributes=True) for one in picture.without_need
        ],
    )


def need_view(pitch: Pitch, covered: CoveredNeed) -> CoverageView:
    need, coverage = covered.need, covered.coverage
    return CoverageView(
        need_id=need.need_id,
        pitch_id=pitch.id,
        pitch_title=pitch.title,
        category=need.category,
        description=need.description,
        unit=need.unit,
        wanted_by=need.wanted_by,
        asked=coverage.asked,
        offered=coverage.offered,
        open=coverage.open,
        over=coverage.over,
        offers=coverage.offers,
        committed=coverage.committed,
        to_promise=coverage.to_promise,
        delivered=coverage.delivered,
        confirmed=coverage.confirmed,
        status=coverage.status,
        closed_reason=need.closed_reason,
    )
