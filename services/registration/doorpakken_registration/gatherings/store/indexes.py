"""The indexes of gatherings, created at start."""

from doorpakken_plumbing.mongo.database import ASCENDING, DESCENDING, Index

from doorpakken_registration.common.store.paging import in_order

INDEXES = (
    Index("attendees", [("gathering_id", ASCENDING), ("person_id", ASCENDING)], unique=True),
    Index("attendees", in_order("gathering_id", "registered_at")),
    Index("attendees", [("person_id", ASCENDING)]),
    Index("attendees", in_order("gathering_id", "state", "registered_at")),
    Index("attendees", [("organisation_id", ASCENDING)]),
    Index("attendees", [("gathering_id", ASCENDING), ("door.codes", ASCENDING)]),
    Index("attendees", [("gathering_id", ASCENDING), ("door.mark", ASCENDING)]),
    Index("gatherings", [("state", ASCENDING)]),
    Index("gatherings", [("starts_at", DESCENDING), ("_id", DESCENDING)]),
)
