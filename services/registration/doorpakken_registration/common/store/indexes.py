"""The indexes of what all slices keep alike, created at start."""

from doorpakken_plumbing.mongo.database import ASCENDING, DESCENDING, Index

INDEXES = (
    *(
        Index("acts", [(field, ASCENDING), ("at", DESCENDING), ("_id", DESCENDING)])
        for field in ("object_id", "person_id", "gathering_id")
    ),
    Index("acts", [("staff_id", ASCENDING)]),
)
