"""The indexes of conversation, created at startup."""

from doorpakken_plumbing.mongo.database import ASCENDING, DESCENDING, Index

from doorpakken_registration.common.store.paging import in_order

INDEXES = (
    Index("cards", [("gathering_id", ASCENDING), ("entered_at", DESCENDING), ("_id", DESCENDING)]),
    Index("cards", [("attendee_id", ASCENDING)]),
    Index("personas", in_order("gathering_id")),
    Index("perspectives", in_order("gathering_id")),
    Index("perspectives", in_order("gathering_id", "state")),
    Index("perspectives", in_order("table_id", "state")),
    Index("perspectives", [("person_id", ASCENDING)]),
    Index("perspectives", [("persona_id", ASCENDING)]),
    Index("tables", [("code", ASCENDING)], unique=True),
    Index("tables", in_order("gathering_id")),
    Index("tables", [("persona_id", ASCENDING)]),
    Index("wishes", in_order("gathering_id", "stated_at")),
)
