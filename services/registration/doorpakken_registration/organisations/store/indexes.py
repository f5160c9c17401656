"""The indexes of organisations, created at start."""

from doorpakken_plumbing.mongo.database import ASCENDING, Index

from doorpakken_registration.common.store.paging import in_order

INDEXES = (
    Index("organisations", [("name_key", ASCENDING)], unique=True),
    Index("organisations", [("words", ASCENDING)]),
    Index("organisations", in_order("merged_into", "name_key")),
    Index("organisations", [("contacts", ASCENDING)]),
)
