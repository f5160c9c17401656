"""Figures about needs and the offers for them, each need in its own unit. Amounts of different
units are not added up; withdrawn offers and offers for a closed pitch do not count."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from doorpakken_events.registration import Need, OfferState
from doorpakken_events.words import CATEGORIES
from pydantic import BaseModel

from doorpakken_reporting.figures.covering import CoveredNeed

_SAID = {"need_id", "category", "description", "unit", "wanted_by"}


class Amount(BaseModel):
    """So much of one unit; money is in euro cents."""

    unit: str
    amount: int


class OfCategory(BaseModel):
    """What all pitches need of one category."""

    category: str
    needs: int
    amounts: list[Amount]


class CategoryOffers(BaseModel):
    """What is offered toward a category, without a need yet."""

    category: str
    offers: int
    amounts: list[Amount]


class NeedFigure(BaseModel):
    """One need; more may be offered than asked, then nothing is open and the rest is `over`.
    `committed`, `delivered` and `confirmed` are how much of it was promised and came."""

    need_id: str
    pitch_id: str
    title: str
    category: str
    description: str
    unit: str
    wanted_by: date | None
    asked: int
    offered: int
    open: int
    over: int
    offers: int
    committed: int
    delivered: int
    confirmed: int
    to_promise: int
    status: str


class Needs(BaseModel):
    """The needs of a gathering with what is offered toward them."""

    needs: int
    needs_with_offer: int
    needs_without_offer: int
    offers: int
    needs_by_category: list[OfCategory]
    need_list: list[NeedFigure]
    offers_by_category: list[CategoryOffers]


def count_needs(needs: Sequence[CoveredNeed], offers: Iterable[OfferState]) -> Needs:
    """`offers` are all of the gathering; `title` is the pitch's."""
    loose = [one for one in offers if one.state == "offered" and one.need_id is None]
    listed = [_need(one) for one in needs]
    with_offer = sum(need.offers > 0 for need in listed)
    return Needs(
        needs=len(listed),
        needs_with_offer=with_offer,
        needs_without_offer=len(listed) - with_offer,
        offers=sum(need.offers for need in listed) + len(loose),
        needs_by_category=_by_category([one.need for one in needs]),
        need_list=listed,
        offers_by_category=_offers_by_category(loose),
    )


def _need(one: CoveredNeed) -> NeedFigure:
    """Amounts add up only in the need's own unit; every offer counts in `offers`."""
    coverage = one.coverage
    return NeedFigure(
        **one.need.model_dump(include=_SAID),
        pitch_id=one.pitch.pitch_id,
        title=one.pitch.title,
        asked=coverage.asked,
        offered=coverage.offered,
        open=coverage.open,
        over=coverage.over,
        offers=len(one.offers),
        committed=coverage.committed,
        delivered=coverage.delivered,
        confirmed=coverage.confirmed,
        to_promise=coverage.to_promise,
        status=coverage.status,
    )


def _by_category(needs: Sequence[Need]) -> list[OfCategory]:
    return [
        OfCategory(category=name, needs=len(some), amounts=_amounts(some))
        for name in _in_order({need.category for need in needs})
        if (some := [need for need in needs if need.category == name])
    ]


def _offers_by_category(offers: Sequence[OfferState]) -> list[CategoryOffers]:
    return [
        CategoryOffers(category=name, offers=len(some), amounts=_amounts(some))
        for name in _in_order({offer.category for offer in offers})
        if (some := [offer for offer in offers if offer.category == name])
    ]


def _in_order(found: set[str]) -> list[str]:
    return [*CATEGORIES, *sorted(found - set(CATEGORIES))]


def _amounts(some: Iterable[Need | OfferState]) -> list[Amount]:
    amounts: Counter[str] = Counter()
    for one in some:
        amounts[one.unit] += one.amount
    return [Amount(unit=unit, amount=amounts[unit]) for unit in sorted(amounts)]
