"""The README of a service names exactly what the catalogue has it hear and say."""

import re
from pathlib import Path

import pytest
from doorpakken_events.catalogue import CATALOGUE, SERVICES, Topic, heard_by, said_by

SERVICES_FOLDER = Path(__file__).parents[2] / "services"
NAME = re.compile(r"`([a-z*-]{1,60})`")


def paragraph(service: str, begins: str) -> str:
    """The paragraph of the README that begins so."""
    text = (SERVICES_FOLDER / service / "README.md").read_text("utf-8")
    [found] = [one for one in text.split("\n\n") if one.startswith(f"**{begins}**")]
    return found


def topics_in(text: str) -> set[str]:
    """The topics that are named; `pitch-*` is all that begin so, unless somebody else says them."""
    names = set[str]()
    for written in NAME.findall(text):
        pattern = re.escape(written).replace(r"\*", "[a-z-]+")
        names |= {topic for topic in CATALOGUE if re.fullmatch(pattern, topic)}
    return names


def names_of(topics: tuple[Topic, ...]) -> set[str]:
    """Without the parked records, which every service has."""
    return {topic.name for topic in topics if topic.event}


def test_each_folder_is_a_service_of_the_catalogue_and_no_other_is_named_there() -> None:
    assert {path.parent.name for path in SERVICES_FOLDER.glob("*/README.md")} == {*SERVICES}


@pytest.mark.parametrize("service", SERVICES)
def test_what_it_hears(service: str) -> None:
    assert topics_in(paragraph(service, "I hear")) == names_of(heard_by(service))


@pytest.mark.parametrize("service", SERVICES)
def test_what_it_says(service: str) -> None:
    assert topics_in(paragraph(service, "I say")) == names_of(said_by(service))
