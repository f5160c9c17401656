"""Growth is told in steps that fit its span, on a clock in Amsterdam; a chart only rises."""

from datetime import UTC, datetime, timedelta

import pytest
from doorpakken_pages.moments import AMSTERDAM
from doorpakken_reporting.charts import BOTTOM, HEIGHT, growth_chart
from doorpakken_reporting.figures.growth import Growth, grow

NOON = datetime(2023, 10, 6, 10, 0, tzinfo=UTC)  # 12.00 in Amsterdam


def totals(growth: Growth) -> list[tuple[str, int]]:
    return [(point.at.strftime("%d %H.%M"), point.total) for point in growth.points]


def test_within_a_day_part_it_is_told_by_the_quarter() -> None:
    growth = grow([(NOON + timedelta(minutes=m), "other") for m in (31, 0, 14, 15)])
    assert growth.step == "quarter"
    assert totals(growth) == [("06 12.00", 2), ("06 12.15", 3), ("06 12.30", 4)]


def test_over_weeks_it_is_told_by_the_day_and_the_day_is_amsterdams() -> None:
    late = datetime(2023, 10, 6, 22, 30, tzinfo=UTC)
    growth = grow([(NOON, "other"), (late, "other"), (NOON + timedelta(days=20), "other")])
    assert growth.step == "day"
    assert totals(growth) == [("06 00.00", 1), ("07 00.00", 2), ("26 00.00", 3)]


def test_every_point_has_all_kinds_so_far() -> None:
    growth = grow([(NOON, "other"), (NOON + timedelta(hours=9), "community_member")])
    assert growth.step == "hour"
    assert growth.points[-1].by_kind == {"other": 1, "community_member": 1}


def test_nobody_gives_no_points_and_no_chart() -> None:
    assert grow([]).points == []
    assert growth_chart(grow([]), ["other"]) is None


def heights(points: str) -> list[float]:
    return [float(place.split(",")[1]) for place in points.split()]


@pytest.mark.parametrize("count", [1, 2, 9, 64, 500])
def test_a_line_begins_at_nothing_and_never_sinks(count: int) -> None:
    chart = growth_chart(
        grow([(NOON + timedelta(hours=n), "other") for n in range(count)]), ["other"]
    )
    assert chart is not None
    found = heights(chart.lines[0].points)
    assert found[0] == HEIGHT - BOTTOM
    assert found == sorted(found, reverse=True)
    top = chart.upward[-1]
    assert isinstance(top.value, int)
    assert top.value >= count
    assert len(chart.upward) <= 7
    assert len(chart.across) <= 8


def test_a_chart_over_the_change_of_clocks() -> None:
    before = datetime(2023, 10, 28, 12, 0, tzinfo=AMSTERDAM)
    growth = grow([(before + timedelta(days=n), "other") for n in range(4)])
    assert [at for at, _ in totals(growth)] == ["28 00.00", "29 00.00", "30 00.00", "31 00.00"]
