"""The catalogue holds together: one emitter each, and only what is in it can be said."""

from collections import defaultdict

import pytest
from doorpakken_events.catalogue import (
    CATALOGUE,
    CONTACT,
    DAY_MS,
    SERVICES,
    Topic,
    heard_by,
    said_by,
    topic_of,
)
from doorpakken_events.erasure import ErasureConfirmed, PersonErased
from doorpakken_events.event import Event
from doorpakken_events.registration import PersonContact
from doorpakken_events.staff_work import StaffWork

TOPICS = list(CATALOGUE.values())


def _all_events(base: type[Event] = Event) -> list[type[Event]]:
    found = [base] if "TOPIC" in vars(base) else []
    return found + [event for child in base.__subclasses__() for event in _all_events(child)]


def test_every_event_has_its_topic_and_every_topic_its_event() -> None:
    said = {event.TOPIC: event for event in _all_events()}
    assert said == {topic.name: topic.event for topic in TOPICS if topic.event}
    assert len(_all_events()) == len(said)


def test_every_topic_has_one_emitter_but_the_one_on_which_each_service_answers() -> None:
    speakers = {topic.name: tuple(s for s in SERVICES if topic in said_by(s)) for topic in TOPICS}
    assert speakers == {topic.name: topic.emitters for topic in TOPICS}
    several = {name for name, found in speakers.items() if len(found) != 1}
    assert several == {ErasureConfirmed.TOPIC, StaffWork.TOPIC}


def test_every_aggregate_has_exactly_one_emitter_and_one_key() -> None:
    emitters: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for topic in TOPICS:
        if topic.event:
            emitters[topic.event.AGGREGATE].add((topic.emitter, topic.event.KEY))
    assert {name: len(found) for name, found in emitters.items()} == dict.fromkeys(emitters, 1)


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.name)
def test_nobody_hears_itself_and_only_services_hear(topic: Topic) -> None:
    assert set(topic.emitters) <= set(SERVICES)
    assert topic.event in (ErasureConfirmed, StaffWork) or not set(topic.heard_by) & set(
        topic.emitters
    )
    assert set(topic.heard_by) <= set(SERVICES)
    assert all(topic in heard_by(service) for service in topic.heard_by)


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.name)
def test_an_events_key_is_one_of_its_fields(topic: Topic) -> None:
    assert topic.event is None or topic.event.KEY in topic.event.model_fields


def test_each_service_parks_on_a_topic_of_its_own_for_28_days() -> None:
    parked = [CATALOGUE[f"parked.{service}"] for service in SERVICES]
    assert [topic.emitter for topic in parked] == list(SERVICES)
    for topic in parked:
        assert topic.partitions(24) == 1
        assert topic.config["cleanup.policy"] == "delete"
        assert topic.config["retention.ms"] == str(28 * DAY_MS)


def test_all_topics_of_events_have_the_same_number_of_partitions() -> None:
    # One aggregate's topics meet on one replica only if the counts are equal.
    assert {topic.partitions(24) for topic in TOPICS if topic.event} == {24}


def test_history_stays_28_days_and_a_tombstone_works_in_minutes_on_the_contact_topic() -> None:
    contact = topic_of(PersonContact)
    assert contact.config is CONTACT
    for topic in (topic for topic in TOPICS if topic.event):
        config = topic.config
        assert config["cleanup.policy"] == "compact"
        assert config["delete.retention.ms"] == str(7 * DAY_MS)
        lag = int(config["min.compaction.lag.ms"])
        assert lag == (0 if topic is contact else 28 * DAY_MS)
    assert int(contact.config["max.compaction.lag.ms"]) <= 5 * 60_000
    assert int(contact.config["segment.ms"]) <= 5 * 60_000


def test_services_are_those_that_say_or_hear_in_the_order_of_their_ports() -> None:
    assert SERVICES == ("registration", "matching", "notification", "reporting")


def test_who_hears_of_people_hears_that_they_are_erased_and_answers() -> None:
    erased, answer = topic_of(PersonErased), topic_of(ErasureConfirmed)
    of_people = [
        topic
        for topic in TOPICS
        if topic.event and {"person_id", "attendee_id"} & topic.event.model_fields.keys()
    ]
    hearers = {service for topic in of_people for service in topic.heard_by}
    assert hearers == {*erased.emitters, *erased.heard_by} == {*answer.emitters}


def test_an_event_outside_the_catalogue_has_no_topic() -> None:
    stranger = type("Stranger", (Event,), {"TOPIC": "", "AGGREGATE": "x", "KEY": "x"})
    with pytest.raises(KeyError):
        topic_of(stranger)
