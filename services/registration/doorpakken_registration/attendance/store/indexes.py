"""The indexes of attendance, created at start."""

from doorpakken_plumbing.mongo.database import ASCENDING, Index

INDEXES = (
    Index("particulars", [("gathering_id", ASCENDING)]),
    Index("particulars", [("person_id", ASCENDING)]),
    Index("scans", [("person_id", ASCENDING)]),
    Index("scans", [("attendee_id", ASCENDING)]),
)
