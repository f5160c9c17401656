"""The indexes of people, created at startup."""

from doorpakken_plumbing.mongo.database import ASCENDING, DESCENDING, Index

from doorpakken_registration.common.store.paging import in_order

INDEXES = (
    Index("consents", [("gathering_id", ASCENDING), ("is_given", ASCENDING)]),
    Index("consents", [("person_id", ASCENDING)]),
    Index("link_requests", [("person_id", ASCENDING), ("created_at", DESCENDING)]),
    Index("link_requests", [("requested_at", ASCENDING)]),
    Index("mail_requests", [("requested_at", ASCENDING)]),
    Index("mail_requests", [("person_id", ASCENDING)]),
    Index("mail_requests", [("from_person_id", ASCENDING)]),
    Index("persons", [("identities", ASCENDING)], unique=True),
    Index("persons", [("words", ASCENDING)]),
    Index("persons", in_order("name")),
    Index("used_links", [("person_id", ASCENDING)]),
    Index("used_links", [("goes_at", ASCENDING)], expire_after_seconds=0),
)
