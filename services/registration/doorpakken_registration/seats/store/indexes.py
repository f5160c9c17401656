"""The indexes of seats, created at start."""

from doorpakken_events import states
from doorpakken_plumbing.mongo.database import ASCENDING, DESCENDING, Index

from doorpakken_registration.common.store.paging import in_order

INDEXES = (
    Index("answers", [("wave_id", ASCENDING), ("attendee_id", ASCENDING)], unique=True),
    Index("answers", [("attendee_id", ASCENDING)]),
    Index("answers", [("wave_id", ASCENDING), ("answer", ASCENDING)]),
    Index("handovers", [("sign_up_id", ASCENDING)]),
    Index("handovers", [("person_id", ASCENDING)]),
    Index("handovers", [("from_person_id", ASCENDING), ("asked_at", ASCENDING)]),
    Index("hosting_answers", [("person_id", ASCENDING)]),
    Index("hostings", [("person_id", ASCENDING)]),
    Index("invitations", [("attendee_id", ASCENDING)]),
    Index("invitations", [("person_id", ASCENDING)]),
    Index(
        "invitations",
        [("gathering_id", ASCENDING), ("kind", ASCENDING)],
        partial={"state": states.Mail.SENT},
    ),
    Index("recommendations", in_order("run_id", "is_held")),
    Index("seat_consents", [("session_id", ASCENDING)]),
    Index("seat_consents", [("person_id", ASCENDING)]),
    Index("sessions", in_order("gathering_id", "starts_at")),
    Index("sessions", [("host", ASCENDING)]),
    # One open sign-up per attendee and session; those that have ended are kept.
    Index(
        "sign_ups",
        [("session_id", ASCENDING), ("attendee_id", ASCENDING)],
        unique=True,
        partial={"is_open": True},
    ),
    Index("sign_ups", [("attendee_id", ASCENDING)]),
    Index("sign_ups", [("person_id", ASCENDING)]),
    Index("sign_ups", in_order("session_id", "state", "place")),
    Index("waves", [("gathering_id", ASCENDING), ("published_at", DESCENDING)]),
)
