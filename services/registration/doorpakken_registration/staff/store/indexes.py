"""The indexes of staff and of what they did, created at start."""

from doorpakken_plumbing.identity import acts
from doorpakken_plumbing.mongo.database import ASCENDING, Index

from doorpakken_registration.common.store.paging import in_order

INDEXES = (
    *acts.INDEXES,
    Index("sign_in_tries", [("expires_at", ASCENDING)], expire_after_seconds=0),
    Index("staff", [("email", ASCENDING)], unique=True),
    Index("staff", in_order("email")),
    Index("staff", [("person_id", ASCENDING)]),
    Index("staff", [("is_administrator", ASCENDING)]),
    Index("staff_links", [("staff_id", ASCENDING)]),
    Index("staff_links", [("goes_at", ASCENDING)], expire_after_seconds=0),
    Index("staff_sessions", [("staff_id", ASCENDING)]),
    Index("staff_sessions", [("secret_hash", ASCENDING)], unique=True),
    Index("staff_sessions", [("expires_at", ASCENDING)], expire_after_seconds=0),
)
