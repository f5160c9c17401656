"""Figures about promises: how far needs came, begun and in full beside each other, since the first
alone flatters; days from step to step, and whether promises were kept on their first day."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from statistics import median

from doorpakken_events.coverage import Coverage
from doorpakken_events.registration import (
    CommitmentState,
    GatheringState,
    OrganisationDescribed,
)
from doorpakken_events.states import Commitment
from doorpakken_events.words import CATEGORIES
from doorpakken_pages.moments import local
from pydantic import BaseModel

from doorpakken_reporting.figures.covering import CoveredNeed
from doorpakken_reporting.figures.people import survivor

# How much of a need came so far, at each step after it was asked.
_STEPS: tuple[Callable[[Coverage], int], ...] = (
    lambda coverage: coverage.offered,
    lambda coverage: coverage.committed,
    lambda coverage: coverage.delivered,
    lambda coverage: coverage.confirmed,
)
_DONE = (Commitment.DELIVERED, Commitment.CONFIRMED)


class Funnel(BaseModel):
    """Needs that were asked, offered, promised, done and confirmed: begun, and in full."""

    funnel: list[int]
    funnel_full: list[int]


class CategoryFunnel(Funnel):
    """Needs of one category."""

    category: str


class PartnerFunnel(Funnel):
    """The needs one organisation offers or promises something for; in full by what it gives
    alone."""

    organisation_id: str
    name: str


class Days(BaseModel):
    """Median days: from the gathering until a yes, until it is done, until it is confirmed."""

    promised: float | None
    done: float | None
    confirmed: float | None


class Kept(BaseModel):
    """Of the promises whose first day is over."""

    due: int
    on_first_day: int
    later: int
    stopped: int
    open: int


class Promises(Funnel):
    """The promises of a gathering; an action gives nothing toward a need and is not one."""

    promises: int
    promises_by_state: dict[str, int]
    funnel_by_category: list[CategoryFunnel]
    funnel_by_partner: list[PartnerFunnel]
    days_per_step: Days
    kept: Kept


def count_promises(
    gathering: GatheringState,
    needs: Sequence[CoveredNeed],
    commitments: Iterable[CommitmentState],
    organisations: Iterable[OrganisationDescribed],
    today: date,
) -> Promises:
    promises = [one for one in commitments if one.kind == "promise"]
    return Promises(
        **funnel_of([one.coverage for one in needs]).model_dump(),
        promises=sum(one.state != Commitment.ENDED for one in promises),
        promises_by_state=dict(sorted(Counter(one.state for one in promises).items())),
        funnel_by_category=_by_category(needs),
        funnel_by_partner=_by_partner(needs, organisations),
        days_per_step=_days(gathering, promises),
        kept=_kept(promises, today),
    )


def funnel_of(coverages: Sequence[Coverage]) -> Funnel:
    begun = [sum(step(one) > 0 for one in coverages) for step in _STEPS]
    full = [sum(step(one) >= one.asked for one in coverages) for step in _STEPS]
    return Funnel(funnel=[len(coverages), *begun], funnel_full=[len(coverages), *full])


def _by_category(needs: Sequence[CoveredNeed]) -> list[CategoryFunnel]:
    found = {one.need.category for one in needs}
    return [
        CategoryFunnel(category=name, **funnel_of(some).model_dump())
        for name in (*CATEGORIES, *sorted(found - set(CATEGORIES)))
        if (some := [one.coverage for one in needs if one.need.category == name])
    ]


def _by_partner(
    needs: Sequence[CoveredNeed], known: Iterable[OrganisationDescribed]
) -> list[PartnerFunnel]:
    """Organisations that were merged are one; ordered by name."""
    by_id = {one.organisation_id: one for one in known}
    merged = {key: one.merged_into for key, one in by_id.items() if one.merged_into}
    groups: dict[str, set[str]] = {}
    for need in needs:
        for giver in need.givers:
            groups.setdefault(survivor(giver, merged), set()).add(giver)
    found = [_partner(key, ids, needs, by_id) for key, ids in groups.items()]
    return sorted(found, key=lambda one: (one.name.casefold(), one.organisation_id))


def _partner(
    organisation_id: str,
    ids: set[str],
    needs: Sequence[CoveredNeed],
    known: Mapping[str, OrganisationDescribed],
) -> PartnerFunnel:
    given = [need.coverage_by(frozenset(ids)) for need in needs]
    of = funnel_of([one for one in given if one.offered])
    name = known[organisation_id].name if organisation_id in known else ""
    return PartnerFunnel(organisation_id=organisation_id, name=name, **of.model_dump())


def _days(gathering: GatheringState, promises: Sequence[CommitmentState]) -> Days:
    return Days(
        promised=_median([(gathering.starts_at, one.accepted_at) for one in promises]),
        done=_median([(one.accepted_at, one.delivered_at) for one in promises]),
        confirmed=_median([(one.delivered_at, one.confirmed_at) for one in promises]),
    )


def _median(steps: Iterable[tuple[datetime | None, datetime | None]]) -> float | None:
    """In days of the calendar; a step that was not taken does not count."""
    days = [(_day(end) - _day(begin)).days for begin, end in steps if begin and end]
    return float(median(days)) if days else None


def _kept(promises: Iterable[CommitmentState], today: date) -> Kept:
    """What nobody said yes to was not promised."""
    due = [one for one in promises if one.accepted_at and one.first_due < today]
    done = [one for one in due if one.state in _DONE and one.delivered_at]
    early = sum(_day(one.delivered_at) <= one.first_due for one in done if one.delivered_at)
    stopped = sum(one.state == Commitment.ENDED for one in due)
    return Kept(
        due=len(due),
        on_first_day=early,
        later=len(done) - early,
        stopped=stopped,
        open=len(due) - len(done) - stopped,
    )


def _day(moment: datetime) -> date:
    return local(moment).date()
