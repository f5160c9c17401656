"""The figures of one gathering, and of all beside each other, computed from the newest states on
each request."""

from doorpakken_reporting.figures.funnels import Funnels, count_funnels
from doorpakken_reporting.figures.gathering import Figures, count

__all__ = ["Figures", "Funnels", "count", "count_funnels"]
