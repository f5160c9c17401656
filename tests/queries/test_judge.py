"""What is said of queries without a fitting index: each is asked as the product asks, and judged as
all of them are at the end of a session."""

from collections.abc import Sequence

import pytest
from doorpakken_local.system import System
from doorpakken_matching.store import INDEXES as MATCHING
from doorpakken_notification.store import INDEXES as NOTIFICATION
from doorpakken_plumbing.mongo.database import ASCENDING, Index
from doorpakken_plumbing.service import INDEXES as PLUMBING
from doorpakken_registration.indexes import INDEXES as REGISTRATION
from doorpakken_reporting.store import INDEXES as REPORTING

from tests.queries.allowed import Allowed
from tests.queries.commands import Query
from tests.queries.judge import judge
from tests.queries.seen import Caller, Seen

BY_TOWN = Index("people", [("town", ASCENDING)])
BY_STREET = Index("people", [("street", ASCENDING)])
ALLOWED = Allowed(small={"registration.people.street": "a street is short"})
SEATED = Index("people", [("town", ASCENDING)], partial={"is_seated": True})


@pytest.mark.parametrize(
    ("query", "indexes", "why"),
    [
        (Query("people", {"town": "Soest"}), [], "whole collection"),
        (Query("people", {"town": "Soest", "name": "Ada"}), [BY_TOWN], "leaves a condition out"),
        (Query("people", {"town": "Soest"}, (("name", 1),)), [BY_TOWN], "sorted in memory"),
        (Query("people", {"town": "Soest"}), [SEATED], "whole collection"),
        (Query("people", {"town": "Soest"}, counts=True), [BY_TOWN], "counts"),
        (Query("people", {"town": "Soest"}, skip=20), [BY_TOWN], "skips"),
        (Query("people", {"town": {"$ne": "Soest"}}), [BY_TOWN], ""),
        (Query("people", {"town": "Soest"}), [BY_TOWN], ""),
        (Query("people", {"town": "Soest", "is_seated": True}), [SEATED], ""),
        (Query("people", {"street": "Dam"}, (("name", 1),), counts=True), [BY_STREET], ""),
        (Query("people", {"street": "Dam", "town": "Soest"}, (("name", 1),)), [BY_TOWN], "leaves"),
        (Query("people", {"street": "Dam"}), [BY_TOWN], "whole collection"),
        (Query("people", {"_id": "one", "town": "Soest"}), [], ""),
    ],
)
async def test_a_query_is_judged(
    infrastructure: System, query: Query, indexes: Sequence[Index], why: str
) -> None:
    caller = Caller("registration", ("somewhere",))
    seen = Seen({("registration", query.shape): {caller: query}})
    uri = infrastructure.access.mongodb_admin_uri
    faults = await judge(uri, seen, {"registration": indexes}, ALLOWED)
    assert [why in fault.why and fault.where for fault in faults] == ["somewhere"] * bool(why)


def test_no_index_is_listed_twice() -> None:
    for indexes in (REGISTRATION, MATCHING, NOTIFICATION, REPORTING):
        names = [(one.collection, one.name) for one in (*indexes, *PLUMBING)]
        assert len(set(names)) == len(names)
