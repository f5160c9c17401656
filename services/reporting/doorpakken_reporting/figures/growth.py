"""Growth of a count: totals by kind at the end of each quarter of an hour, hour or day in
Amsterdam. Steps without a change are left out."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal

from doorpakken_pages.moments import local
from pydantic import AwareDatetime, BaseModel

Step = Literal["quarter", "hour", "day"]
# The longest span that is still shown in steps of that size.
_SPANS: tuple[tuple[timedelta, Step], ...] = (
    (timedelta(hours=8), "quarter"),
    (timedelta(days=2), "hour"),
)


class Point(BaseModel):
    """Everybody up to the end of the step that began at `at`."""

    at: AwareDatetime
    total: int
    by_kind: dict[str, int]


class Growth(BaseModel):
    """Cumulative counts, the earliest first."""

    step: Step
    points: list[Point]


def grow(moments: Sequence[tuple[datetime, str]]) -> Growth:
    moments = sorted(moments)
    step = _step_for(moments[-1][0] - moments[0][0]) if moments else "day"
    running: Counter[str] = Counter()
    points: dict[datetime, Point] = {}
    for moment, kind in moments:
        running[kind] += 1
        begin = _begin(moment, step)
        points[begin] = Point(at=begin, total=running.total(), by_kind=dict(running))
    return Growth(step=step, points=list(points.values()))


def _step_for(span: timedelta) -> Step:
    return next((step for most, step in _SPANS if span <= most), "day")


def _begin(moment: datetime, step: Step) -> datetime:
    here = local(moment).replace(second=0, microsecond=0)
    if step == "quarter":
        return here.replace(minute=here.minute // 15 * 15)
    return here.replace(minute=0) if step == "hour" else here.replace(hour=0, minute=0)
