"""The committed story is what it was meant to be; one that contradicts itself is refused."""

from collections import Counter

import pytest
from doorpakken_local.demo.generator.people import ATTENDEES_MIN, TooFew, generate
from doorpakken_local.demo.stories.addresses import address_of
from doorpakken_local.demo.stories.encore import encore
from doorpakken_local.demo.stories.story import Story, load
from pydantic import ValidationError


def test_who_comes_and_what_they_choose() -> None:
    story = load()
    languages = Counter(person.language for person in story.people)
    coming = [person for person in story.present if person.says == "yes"]
    assert languages == {"nl": 50, "en": 14}
    assert sum(len(person.chooses) for person in coming) == 47


def test_the_story_over_asks_one_session() -> None:
    story = load()
    assert story.asked_by_title == {"OCTA": 13}
    assert max(room.capacity for room in story.rooms) < 13


def test_nobody_can_really_be_mailed() -> None:
    addresses = [person.email for person in load().people if person.email]
    assert all(address.endswith(".example") for address in addresses)
    assert len(addresses) - len(set(addresses)) == 1  # two share one


@pytest.mark.parametrize(
    ("part", "field", "value"),
    [
        ("pitches", "pitcher", "Carmen Oleander"),  # stays away
        ("support", "by", "Niemand Brandnetel"),
        ("support", "pitch", "No such plan"),
        ("people", "name", "Pieter Hazelaar"),  # is there already
        ("people", "chooses", ["No such plan"]),
        ("portraits", "needs", ["N99"]),
        ("tables", "portrait", "Dit is niemand"),
        ("offers", "by", "Niemand Brandnetel"),
        ("offers", "need", "N99"),
        ("wishes", "by", "Carmen Oleander"),
        ("wishes", "pitches", ["No such plan"]),
    ],
)
def test_a_contradiction_is_refused(part: str, field: str, value: object) -> None:
    told = load().model_dump()
    told[part][0][field] = value
    with pytest.raises(ValidationError, match="contradicts itself"):
        Story.model_validate(told)


def test_an_address_needs_a_latin_letter() -> None:
    assert address_of("Jaïr Papaja", "De Winkel") == "jair.papaja@de-winkel.example"
    with pytest.raises(ValueError, match="write one out"):
        address_of("ليلى", None)


@pytest.mark.parametrize(("seed", "attendees"), [(1, ATTENDEES_MIN), (2, 64), (7, 300)])
def test_a_generated_story_has_its_size_and_follows_its_seed(seed: int, attendees: int) -> None:
    story = generate(seed=seed, attendees=attendees)
    assert len(story.people) == attendees
    assert story == generate(seed=seed, attendees=attendees)
    assert story != generate(seed=seed + 1, attendees=attendees)


def test_too_few_people_make_no_story() -> None:
    with pytest.raises(TooFew):
        generate(seed=1, attendees=ATTENDEES_MIN - 1)


def test_the_story_played_again_is_about_other_people() -> None:
    story = load()
    again = encore(story, 1)
    assert encore(story, 0) == story
    for person, other in zip(story.people, again.people, strict=True):
        assert person.name == other.name
        assert (person.email, person.phone) != (other.email, other.phone)
    assert again.person("Nel Dahlia").phone == "020 555 0241"
