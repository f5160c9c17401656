"""The indexes of registration, made at start."""

from doorpakken_plumbing.mongo import ASCENDING, DESCENDING, Index

INDEXES = (
    Index("gatherings", [("starts_at", DESCENDING)]),
    # One person per address and name, one organisation per name, one attendee per person.
    Index("persons", [("identities", ASCENDING)], unique=True),
    Index("organisations", [("name_key", ASCENDING)], unique=True),
    Index("attendees", [("gathering_id", ASCENDING), ("person_id", ASCENDING)], unique=True),
    Index("attendees", [("gathering_id", ASCENDING), ("registered_at", ASCENDING)]),
    Index("attendees", [("person_id", ASCENDING)]),
    Index("link_requests", [("person_id", ASCENDING), ("created_at", DESCENDING)]),
    Index("pitches", [("gathering_id", ASCENDING), ("submitted_at", ASCENDING)]),
    Index("pitches", [("needs.need_id", ASCENDING)]),
    Index("offers", [("gathering_id", ASCENDING), ("offered_at", ASCENDING)]),
    Index("offers", [("need_id", ASCENDING)]),
    Index("offers", [("person_id", ASCENDING)]),
    Index("endorsements", [("pitch_id", ASCENDING), ("supporter", ASCENDING)], unique=True),
    Index("sessions", [("gathering_id", ASCENDING), ("starts_at", ASCENDING)]),
    # One open sign-up of an attendee in a session; those that are over are kept.
    Index(
        "sign_ups",
        [("session_id", ASCENDING), ("attendee_id", ASCENDING)],
        unique=True,
        partial={"is_open": True},
    ),
    Index("sign_ups", [("attendee_id", ASCENDING)]),
    Index("answers", [("wave_id", ASCENDING), ("attendee_id", ASCENDING)], unique=True),
    Index("answers", [("attendee_id", ASCENDING)]),
    Index("invitations", [("gathering_id", ASCENDING), ("attendee_id", ASCENDING)]),
    Index("wishes", [("gathering_id", ASCENDING), ("stated_at", ASCENDING)]),
    Index("cards", [("gathering_id", ASCENDING), ("entered_at", DESCENDING)]),
    Index("cards", [("attendee_id", ASCENDING)]),
    Index("personas", [("gathering_id", ASCENDING)]),
    Index("invitations", [("person_id", ASCENDING)]),
    Index("hostings", [("person_id", ASCENDING)]),
    Index("erasures", [("number", ASCENDING)], unique=True),
    Index("staff", [("email", ASCENDING)], unique=True),
    Index("staff_sessions", [("secret_hash", ASCENDING)], unique=True),
    Index("staff_sessions", [("expires_at", ASCENDING)], expire_after_seconds=0),
    Index("sign_in_tries", [("expires_at", ASCENDING)], expire_after_seconds=0),
)
