"""Until when a gathering has work for staff."""

from datetime import UTC, date, datetime

import pytest
from doorpakken_plumbing.messaging.staff_work import is_over, work_id

FRIDAY = datetime(2023, 10, 6, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    ("until", "now", "over"),
    [
        (date(2023, 11, 5), datetime(2023, 11, 5, 23, tzinfo=UTC), False),
        (date(2023, 11, 5), datetime(2023, 11, 6, 1, tzinfo=UTC), True),
        (None, datetime(2023, 10, 20, tzinfo=UTC), False),
        (None, datetime(2024, 1, 1, tzinfo=UTC), True),
    ],
)
def test_work_ends_with_the_follow_up(until: date | None, now: datetime, over: bool) -> None:
    assert is_over(FRIDAY, until, now) is over


def test_each_service_has_its_own_work_at_a_gathering() -> None:
    ids = {work_id(service, "g-1") for service in ("registration", "matching", "notification")}
    assert len(ids) == 3
    assert work_id("matching", "g-1") in ids
