"""The indexes of commitments, created at start."""

from doorpakken_plumbing.mongo.database import ASCENDING, Index

from doorpakken_registration.common.store.paging import in_order

INDEXES = (
    Index("commitments", in_order("gathering_id", "made_at")),
    Index("commitments", [("pitch_id", ASCENDING)]),
    Index("commitments", [("need_id", ASCENDING)]),
    Index("commitments", [("offer_id", ASCENDING)]),
    Index("commitments", [("person_id", ASCENDING)]),
    Index("commitments", [("organisation_id", ASCENDING)]),
    Index("commitments", in_order("session_id", "made_at")),
    Index("commitments", in_order("hand_over_to", "made_at")),
    Index("commitments", [("passed_by", ASCENDING)]),
    Index("commitments", [("entered_by", ASCENDING)]),
    Index("commitments", [("history.by", ASCENDING)]),
)
