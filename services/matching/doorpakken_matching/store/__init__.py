"""All MongoDB queries and indexes of matching. Received states have a collection per aggregate,
named as in the events; matching's own data has collections with plural names."""

from doorpakken_plumbing.identity import acts

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
    *acts.INDEXES,
    *heard.INDEXES,
    *people.INDEXES,
    *places.INDEXES,
    *plans.INDEXES,
    *recommendations.INDEXES,
    *sessions.INDEXES,
    *hostings.INDEXES,
)
