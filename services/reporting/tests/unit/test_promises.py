"""How far needs came, counted in needs: begun and in full; and whether promises were kept."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from doorpakken_events.registration import CommitmentState, Need, OfferState
from doorpakken_reporting.figures.covering import cover_needs
from doorpakken_reporting.figures.funnels import count_funnels
from doorpakken_reporting.figures.promises import Promises, count_promises
from doorpakken_reporting.store import Given

from services.reporting.tests.unit.states import (
    AT,
    gathering,
    offer,
    organisation,
    pitch,
    promise,
)

LATER = date(2023, 12, 1)


def _need(name: str, amount: int, unit: str = "hour", category: str = "expertise") -> Need:
    return Need(need_id=name, category=category, description=name, amount=amount, unit=unit)


def _count(
    needs: Sequence[Need],
    offers: Sequence[OfferState],
    promises: Sequence[CommitmentState],
    *,
    today: date = LATER,
    organisations: Sequence[Any] = (),
) -> Promises:
    covered = cover_needs([pitch("a", "accepted", *needs)], offers, promises)
    return count_promises(gathering(), covered, promises, organisations, today)


def test_begun_and_in_full_stand_beside_each_other() -> None:
    needs = [_need("n1", 10), _need("n2", 8), _need("n3", 4, "piece", "equipment")]
    offers = [offer("n1", 10, "hour"), offer("n2", 2, "hour")]
    found = _count(
        needs,
        offers,
        [
            promise("n1", 10, "hour", "confirmed", delivered_amount=10, confirmed_amount=10),
            promise("n2", 4, "hour", "delivered", delivered_amount=4),
            promise("n3", 3, "piece", "proposed"),
            promise(None, 1, "hour"),
        ],
    )
    assert (found.funnel, found.funnel_full) == ([3, 2, 2, 2, 1], [3, 1, 1, 1, 1])
    assert [(one.category, one.funnel) for one in found.funnel_by_category] == [
        ("expertise", [2, 2, 2, 2, 1]),
        ("equipment", [1, 0, 0, 0, 0]),
    ]
    assert found.promises == 3
    assert found.promises_by_state == {"confirmed": 1, "delivered": 1, "proposed": 1}


def test_what_was_promised_counts_as_offered_and_another_unit_does_not() -> None:
    found = _count(
        [_need("n1", 10), _need("n2", 8)],
        [],
        [promise("n1", 10, "hour"), promise("n2", 8, "trajectory")],
    )
    assert (found.funnel, found.funnel_full) == ([2, 1, 1, 0, 0], [2, 1, 1, 0, 0])


def test_a_partner_is_counted_by_what_it_gives_alone_and_under_its_last_name() -> None:
    found = _count(
        [_need("n1", 10), _need("n2", 8)],
        [],
        [
            promise("n1", 6, "hour"),
            promise("n1", 4, "hour", organisation_id="o2"),
            promise("n2", 8, "hour", organisation_id="o3"),
        ],
        organisations=[
            organisation("o1", "o3"),
            organisation("o2"),
            organisation("o3"),
        ],
    )
    assert [
        (one.organisation_id, one.name, one.funnel, one.funnel_full)
        for one in found.funnel_by_partner
    ] == [
        ("o2", "o2", [1, 1, 1, 0, 0], [1, 0, 0, 0, 0]),
        ("o3", "o3", [2, 2, 2, 0, 0], [2, 1, 1, 0, 0]),
    ]


def test_half_of_the_steps_took_fewer_days() -> None:
    found = _count(
        [_need("n1", 10)],
        [],
        [
            promise("n1", 1, "hour", "delivered", delivered_at=AT + timedelta(days=24)),
            promise("n1", 2, "hour", "delivered", delivered_at=AT + timedelta(days=30)),
            promise("n1", 3, "hour", "proposed", accepted_at=None),
        ],
    )
    assert found.days_per_step.model_dump() == {"promised": 20.0, "done": 7.0, "confirmed": None}


def test_kept_is_measured_by_the_first_day_and_by_what_somebody_said_yes_to() -> None:
    due = AT + timedelta(days=30)
    promises = [
        promise("n1", 1, "hour", "confirmed", delivered_at=due, confirmed_amount=1),
        promise("n1", 2, "hour", "delivered", delivered_at=due + timedelta(days=1)),
        promise("n1", 3, "hour", "ended", reason="withdrawn"),
        promise("n1", 4, "hour", due=date(2024, 2, 1), replans=1),
        promise("n1", 5, "hour", "proposed", accepted_at=None),
    ]
    found = _count([_need("n1", 10)], [], promises)
    assert found.kept.model_dump() == {
        "due": 4,
        "on_first_day": 1,
        "later": 1,
        "stopped": 1,
        "open": 1,
    }
    assert _count([_need("n1", 10)], [], promises, today=due.date()).kept.due == 0


def test_a_theme_counts_a_need_that_went_along_once() -> None:
    old = _need("n1", 10).model_copy(update={"closed_reason": "carried_over"})
    first = gathering().model_copy(update={"gathering_id": "g1", "theme": "Werk"})
    second = gathering().model_copy(update={"gathering_id": "g2", "theme": "Werk"})
    new = _need("n2", 4)
    given = [
        Given(second, [pitch("b", "accepted", new)], [], [promise("n2", 4, "hour")]),
        Given(first, [pitch("a", "accepted", old)], [], [promise("n1", 6, "hour")]),
    ]
    found = count_funnels(given)
    assert [(one.gathering_id, one.funnel) for one in found.gatherings] == [
        ("g2", [1, 1, 1, 0, 0]),
        ("g1", [1, 1, 1, 0, 0]),
    ]
    (theme,) = found.themes
    assert (theme.theme, theme.funnel) == ("Werk", [1, 1, 1, 0, 0])
    assert theme.funnel_full == [1, 1, 1, 0, 0]
