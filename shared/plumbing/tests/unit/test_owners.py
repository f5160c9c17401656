"""Whose a state is follows from its fields, once per aggregate."""

from doorpakken_events.registration import (
    AttendeeCheckedIn,
    AttendeeRegistered,
    GatheringPublished,
    PersonContact,
    PitchSubmitted,
    SessionJoined,
    WishesStated,
)
from doorpakken_plumbing.messaging import owners
from doorpakken_plumbing.messaging.owners import Owned

STATES = (
    PersonContact,
    AttendeeRegistered,
    AttendeeCheckedIn,
    WishesStated,
    SessionJoined,
    PitchSubmitted,
    GatheringPublished,
)


def test_a_state_belongs_to_its_person_else_to_its_attendee_else_to_nobody() -> None:
    assert owners.owned(STATES) == [
        Owned("contact", "_id", "person_id"),
        Owned("attendee", "data.person_id", "person_id"),
        Owned("wishes", "_id", "attendee_id"),
        Owned("sign-up", "data.attendee_id", "attendee_id"),
    ]


def test_what_an_erasure_looks_for_has_an_index() -> None:
    assert [(one.collection, list(one.keys)) for one in owners.indexes(STATES)] == [
        ("attendee", [("data.person_id", 1)]),
        ("pitch", [("data.pitchers", 1)]),
        ("sign-up", [("data.attendee_id", 1)]),
    ]


def test_what_is_theirs_is_found_by_their_own_ids_alone() -> None:
    person, _, wish, _ = owners.owned(STATES)
    ids = {owners.PERSON: ["p"], owners.ATTENDEE: ["a", "b"]}
    assert person.theirs(ids) == {"_id": {"$in": ["p"]}}
    assert wish.theirs(ids) == {"_id": {"$in": ["a", "b"]}}
