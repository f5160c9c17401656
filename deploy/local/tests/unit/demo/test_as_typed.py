"""Amounts, days and times are typed as Dutch people do."""

from datetime import date, datetime, time

import pytest
from doorpakken_local.demo.steps import as_typed
from doorpakken_local.demo.stories.parts import AMSTERDAM


@pytest.mark.parametrize(
    ("cents", "typed"), [(750_000, "7.500"), (320_050, "3.200,50"), (100, "1"), (5, "0,05")]
)
def test_euros(cents: int, typed: str) -> None:
    assert as_typed.euros(cents) == typed


def test_only_money_is_counted_in_cents() -> None:
    assert as_typed.amount(1500, "euro_cent") == "15"
    assert as_typed.amount(1500, "person") == "1500"


def test_days_and_times() -> None:
    assert as_typed.day(date(2023, 10, 6)) == "6-10-2023"
    assert as_typed.clock(time(9, 5)) == "09.05"
    assert as_typed.moment(datetime(2023, 9, 15, tzinfo=AMSTERDAM)) == "15-9-2023 00.00"
