"""The indexes of staff, created at start."""

from doorpakken_plumbing.mongo.database import ASCENDING, Index

INDEXES = (
    Index("sign_in_tries", [("expires_at", ASCENDING)], expire_after_seconds=0),
    Index("staff", [("email", ASCENDING)], unique=True),
    Index("staff_sessions", [("secret_hash", ASCENDING)], unique=True),
    Index("staff_sessions", [("expires_at", ASCENDING)], expire_after_seconds=0),
)
