"""The indexes of pitches, created at start."""

from doorpakken_plumbing.mongo.database import ASCENDING, DESCENDING, Index

from doorpakken_registration.common.store.paging import in_order

INDEXES = (
    Index("drafts", [("person_id", ASCENDING)]),
    Index("drafts", [("secret_hash", ASCENDING)]),
    Index("drafts", [("drop_at", ASCENDING)], expire_after_seconds=0),
    Index("endorsements", [("supporter", ASCENDING)]),
    Index("endorsements", [("pitch_id", ASCENDING), ("supporter", ASCENDING)], unique=True),
    Index("endorsements", in_order("pitch_id", "state", "endorsed_at")),
    Index("endorsements", in_order("gathering_id", "state", "endorsed_at")),
    Index(
        "endorsements",
        [("pitch_id", ASCENDING), ("endorsed_at", DESCENDING), ("_id", DESCENDING)],
        partial={"state": "confirmed", "reason": {"$gt": ""}},
    ),
    Index("endorsements", [("person_id", ASCENDING)]),
    Index("endorsements", [("said_by", ASCENDING)]),
    Index("offers", in_order("gathering_id", "offered_at")),
    Index("offers", [("need_id", ASCENDING)]),
    Index("offers", [("person_id", ASCENDING)]),
    Index("offers", [("organisation_id", ASCENDING)]),
    Index("pitches", in_order("gathering_id", "submitted_at")),
    Index("pitches", [("pitchers", ASCENDING)]),
    Index("pitches", [("needs.need_id", ASCENDING)]),
    Index("pitches", [("organisation_id", ASCENDING)]),
    Index("pitches", [("continues", ASCENDING)]),
)
