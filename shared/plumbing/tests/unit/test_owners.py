"""Whose a state is follows from its fields, once per aggregate."""

from typing import ClassVar

from doorpakken_events.event import Event
from doorpakken_plumbing.messaging import owners
from doorpakken_plumbing.messaging.owners import Owned


class Person(Event):
    TOPIC = "person"
    AGGREGATE = "person"
    KEY = "person_id"
    person_id: str


class Attendee(Event):
    TOPIC = "attendee"
    AGGREGATE = "attendee"
    KEY = "attendee_id"
    attendee_id: str
    person_id: str


class CheckedIn(Attendee):
    TOPIC = "checked-in"


class Wish(Event):
    TOPIC = "wish"
    AGGREGATE = "wish"
    KEY = "attendee_id"
    attendee_id: str


class Seat(Event):
    TOPIC = "seat"
    AGGREGATE = "seat"
    KEY = "seat_id"
    seat_id: str
    attendee_id: str


class Pitch(Event):
    TOPIC = "pitch"
    AGGREGATE = "pitch"
    KEY = "pitch_id"
    NAMES: ClassVar[tuple[str, ...]] = ("pitchers",)
    pitch_id: str
    pitchers: tuple[str, ...]


STATES = (Person, Attendee, CheckedIn, Wish, Seat, Pitch)


def test_a_state_belongs_to_its_person_else_to_its_attendee_else_to_nobody() -> None:
    assert owners.owned(STATES) == [
        Owned("person", "_id", "person_id"),
        Owned("attendee", "data.person_id", "person_id"),
        Owned("wish", "_id", "attendee_id"),
        Owned("seat", "data.attendee_id", "attendee_id"),
    ]


def test_what_an_erasure_looks_for_has_an_index() -> None:
    assert [(one.collection, list(one.keys)) for one in owners.indexes(STATES)] == [
        ("attendee", [("data.person_id", 1)]),
        ("pitch", [("data.pitchers", 1)]),
        ("seat", [("data.attendee_id", 1)]),
    ]


def test_what_is_theirs_is_found_by_their_own_ids_alone() -> None:
    person, _, wish, _ = owners.owned(STATES)
    ids = {owners.PERSON: ["p"], owners.ATTENDEE: ["a", "b"]}
    assert person.theirs(ids) == {"_id": {"$in": ["p"]}}
    assert wish.theirs(ids) == {"_id": {"$in": ["a", "b"]}}
