"""The indexes of following, created at start."""

from doorpakken_plumbing.mongo.database import Index

from doorpakken_registration.common.store.paging import in_order

INDEXES = (Index("followers", in_order("state")),)
