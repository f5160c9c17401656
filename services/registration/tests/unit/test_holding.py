"""Until when an offered place is kept."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from doorpakken_registration.gatherings.model.holding import offer_until
from hypothesis import given
from hypothesis import strategies as st

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
SOON = datetime(2023, 10, 26, 15, tzinfo=AMSTERDAM)


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ((17, 12, 0), (19, 12, 0)),  # 48 hours
        ((17, 20, 0), (19, 20, 0)),
        ((17, 20, 1), (20, 9, 0)),  # not in the evening
        ((17, 3, 0), (19, 9, 0)),  # nor at night
        ((24, 8, 0), (24, 20, 0)),  # 12 hours in the last three days
        ((24, 15, 0), (25, 9, 0)),
        ((26, 8, 0), (26, 15, 0)),  # never longer than until the session starts
    ],
)
def test_an_offer_ends_when_people_read_mail(
    now: tuple[int, int, int], until: tuple[int, int, int]
) -> None:
    moment, expected = (datetime(2023, 10, *one, tzinfo=AMSTERDAM) for one in (now, until))
    assert offer_until(moment, SOON) == expected


def test_the_night_the_clocks_change_counts_by_the_clock_on_the_wall() -> None:
    asked = datetime(2023, 10, 27, 23, tzinfo=AMSTERDAM)
    starts = datetime(2023, 11, 20, 9, tzinfo=AMSTERDAM)
    assert offer_until(asked, starts) == datetime(2023, 10, 30, 9, tzinfo=AMSTERDAM)


@given(
    st.integers(0, 365 * 24 * 60),
    st.integers(1, 30 * 24 * 60),
)
def test_an_offer_is_in_the_day_and_before_the_session(since: int, minutes: int) -> None:
    now = SOON.astimezone(UTC) + timedelta(minutes=since)
    starts_at = now + timedelta(minutes=minutes)
    until = offer_until(now, starts_at)
    assert until <= starts_at
    here = until.astimezone(AMSTERDAM)
    assert until == starts_at or 9 <= here.hour + here.minute / 60 <= 20 + 1 / 60
