"""The figures of one gathering, counted anew from the newest states each time they are asked."""

from doorpakken_reporting.figures.gathering import Figures, count

__all__ = ["Figures", "count"]
