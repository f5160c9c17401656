"""The figures of one gathering, computed from the newest states on each request."""

from doorpakken_reporting.figures.gathering import Figures, count

__all__ = ["Figures", "count"]
