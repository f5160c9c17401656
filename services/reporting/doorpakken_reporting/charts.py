"""Computes the coordinates of a chart in SVG units; its texts are in the template.
Growth without a point gives no chart."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil, log10

from doorpakken_reporting.figures.growth import Growth, Point, Step

WIDTH, HEIGHT = 420, 200
LEFT, RIGHT, TOP, BOTTOM = 36, 12, 10, 26
TICKS_MOST = 4
_LENGTHS: dict[Step, timedelta] = {
    "quarter": timedelta(minutes=15),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
}


@dataclass(frozen=True)
class Line:
    """The line of one kind, as the points of a polyline."""

    kind: str
    points: str


@dataclass(frozen=True)
class Tick:
    """A mark on an axis: its coordinate and its value."""

    place: float
    value: int | datetime


@dataclass(frozen=True)
class Chart:
    """A line chart of cumulative counts."""

    step: Step
    lines: list[Line]
    across: list[Tick]
    upward: list[Tick]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    bottom: int = HEIGHT - BOTTOM


def growth_chart(growth: Growth, kinds: Iterable[str]) -> Chart | None:
    """One line per kind that has a count, in the order of `kinds`; None without a point."""
    if not growth.points:
        return None
    scale = _Scale(growth)
    last = growth.points[-1].by_kind
    lines = [Line(kind, scale.steps(kind)) for kind in kinds if last.get(kind)]
    return Chart(growth.step, lines, scale.across(), scale.upward())


class _Scale:
    """Converts moments and counts to coordinates; the count of a step is reached at its end."""

    def __init__(self, growth: Growth) -> None:
        self._points, self._length = growth.points, _LENGTHS[growth.step]
        self._begin = self._points[0].at
        self._end = self._points[-1].at + self._length
        self._round = _round_step(max(self._points[-1].by_kind.values()))
        highest = max(self._points[-1].by_kind.values())
        self._top = ceil(highest / self._round) * self._round

    def steps(self, kind: str) -> str:
        """Starts at 0; the line is flat between steps and rises within a step."""
        places, before = [], 0
        for point in self._points:
            count = point.by_kind.get(kind, 0)
            places += [self._place(point.at, before), self._place(self._end_of(point), count)]
            before = count
        return " ".join(places)

    def across(self) -> list[Tick]:
        steps = max(1, round((self._end - self._begin) / self._length))
        every = ceil(steps / TICKS_MOST)
        moments = [self._begin + number * self._length for number in range(0, steps + 1, every)]
        return [Tick(self._x(moment), moment) for moment in moments]

    def upward(self) -> list[Tick]:
        return [Tick(self._y(count), count) for count in range(0, self._top + 1, self._round)]

    def _end_of(self, point: Point) -> datetime:
        return point.at + self._length

    def _place(self, moment: datetime, count: int) -> str:
        return f"{self._x(moment):g},{self._y(count):g}"

    def _x(self, moment: datetime) -> float:
        share = (moment - self._begin) / (self._end - self._begin)
        return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)

    def _y(self, count: int) -> float:
        return round(HEIGHT - BOTTOM - count / self._top * (HEIGHT - TOP - BOTTOM), 1)


def _round_step(highest: int) -> int:
    """1, 2 or 5 times a power of ten, so that about five marks reach the highest count."""
    rough = max(1.0, highest / 5)
    power = 10 ** int(log10(rough))
    return next(int(m * power) for m in (1, 2, 5, 10) if m * power >= rough)
