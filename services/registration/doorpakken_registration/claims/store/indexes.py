"""The indexes of claims, created at start."""

from doorpakken_plumbing.mongo.database import ASCENDING, Index

from doorpakken_registration.common.store.paging import in_order

INDEXES = (
    Index("claims", [("person_id", ASCENDING), ("arrived_at", ASCENDING)]),
    Index("claims", in_order("gathering_id", "state", "arrived_at")),
    Index("claims", [("mentions", ASCENDING)]),
)
