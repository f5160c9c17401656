"""The indexes of work, created at start."""

from doorpakken_events.staff_work import StaffWork
from doorpakken_plumbing.mongo.database import ASCENDING, Index

INDEXES = (Index(StaffWork.AGGREGATE, [("data.gathering_id", ASCENDING)]),)
