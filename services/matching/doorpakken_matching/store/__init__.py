"""Every MongoDB query and index of matching; what was heard has a collection per aggregate, named
as in the events, and what matching says itself a collection with a plural name."""

from doorpakken_matching.store import (
    heard,
    hostings,
    people,
    places,
    plans,
    recommendations,
    sessions,
)

INDEXES = (
    *heard.INDEXES,
    *people.INDEXES,
    *places.INDEXES,
    *plans.INDEXES,
    *recommendations.INDEXES,
    *sessions.INDEXES,
    *hostings.INDEXES,
)
