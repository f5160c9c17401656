"""The indexes of privacy, created at start."""

from doorpakken_plumbing.mongo.database import ASCENDING, Index

INDEXES = (Index("erasures", [("number", ASCENDING)], unique=True),)
