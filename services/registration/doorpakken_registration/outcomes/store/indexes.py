"""The indexes of outcomes, created at start."""

from doorpakken_plumbing.mongo.database import ASCENDING, Index

INDEXES = (
    Index("outcomes", [("gathering_id", ASCENDING), ("state", ASCENDING)]),
    Index("outcomes", [("came", ASCENDING)]),
)
