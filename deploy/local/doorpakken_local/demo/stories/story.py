"""The story as typed data: who comes, what they ask and offer, and how they answer.
Refuses a story that contradicts itself."""

from collections import Counter
from collections.abc import Iterable
from importlib import resources
from typing import Any, Self

import yaml
from pydantic import model_validator

from doorpakken_local.demo.stories.addresses import address_of
from doorpakken_local.demo.stories.parts import (
    BEST,
    Afterwards,
    Gathering,
    Moments,
    Need,
    Offer,
    Part,
    Person,
    Pitch,
    Portrait,
    Room,
    Slot,
    Support,
    TalkTable,
    Wish,
)


class Story(Part):
    """Everything that people do in the demo; `contacts` are people by their organisation."""

    gathering: Gathering
    moments: Moments
    rooms: tuple[Room, ...]
    slots: tuple[Slot, ...]
    people: tuple[Person, ...]
    contacts: dict[str, str]
    pitches: tuple[Pitch, ...]
    portraits: tuple[Portrait, ...]
    tables: tuple[TalkTable, ...]
    support: tuple[Support, ...]
    offers: tuple[Offer, ...]
    wishes: tuple[Wish, ...]
    afterwards: Afterwards

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        self._people_agree()
        self._plans_agree()
        self._giving_agrees()
        return self

    def _people_agree(self) -> None:
        names = {person.name for person in self.people}
        speaking: list[Offer | Wish] = [*self.offers, *self.wishes]
        by_link = [one.by for one in speaking if one.says_it == "link"]
        _require("a name stands twice", len(names) == len(self.people))
        _require("a pitcher is not present", self._pitchers() <= self._present())
        _require("a contact is not one of the people", set(self.contacts.values()) <= names)
        _require("somebody has no link", all(self._has_link(name) for name in by_link))
        colleague = self.afterwards.colleague
        _require("the colleague is there already", colleague in names - self._present())

    def _plans_agree(self) -> None:
        titles, needs = {pitch.title for pitch in self.pitches}, set(self.needs)
        chosen = {choice for person in self.people for choice in person.chooses}
        _require("a need stands twice", len(needs) == sum(len(one.needs) for one in self.pitches))
        _require("a session of no pitch is chosen", chosen <= titles | {BEST})
        _require("a session of no pitch is given up", self.afterwards.gives_up in titles)
        _require("a portrait of no need", _all_of(self.portraits) <= needs)
        portraits = {portrait.title for portrait in self.portraits}
        _require("a table of no portrait", {one.portrait for one in self.tables} <= portraits)

    def _giving_agrees(self) -> None:
        titles = {pitch.title for pitch in self.pitches}
        known = {person.name for person in self.people} | self._organisations()
        _require("support by nobody known", {one.by for one in self.support} <= known)
        _require("support for no pitch", {one.pitch for one in self.support} <= titles)
        _require("nobody can confirm support", self._supporters() <= self.contacts.keys())
        _require("an offer by nobody known", {one.by for one in self.offers} <= known)
        toward = {one.need for one in self.offers if one.need}
        _require("an offer for no need", toward <= set(self.needs))
        _require("an offer for nothing", all(one.need or one.unit for one in self.offers))
        _require("a wish of somebody absent", {one.by for one in self.wishes} <= self._present())
        _require("a wish for no pitch", {p for one in self.wishes for p in one.pitches} <= titles)

    def _pitchers(self) -> set[str]:
        return {pitch.pitcher for pitch in self.pitches}

    def _present(self) -> set[str]:
        return {person.name for person in self.present}

    def _organisations(self) -> set[str]:
        return {person.organisation for person in self.people if person.organisation}

    def _supporters(self) -> set[str]:
        return {one.by for one in self.support} & self._organisations()

    def _has_link(self, name: str) -> bool:
        person = self.person(name)
        return bool(person.email) and person.joins != "door"

    @property
    def present(self) -> tuple[Person, ...]:
        return tuple(person for person in self.people if not person.absent)

    @property
    def needs(self) -> dict[str, Need]:
        return {need.name: need for pitch in self.pitches for need in pitch.needs}

    @property
    def asked_by_title(self) -> Counter[str]:
        """How many who come and say yes ask for a session by its title."""
        coming = [person for person in self.present if person.says == "yes"]
        return Counter(one for person in coming for one in person.chooses if one != BEST)

    def person(self, name: str) -> Person:
        return next(person for person in self.people if person.name == name)

    def is_organisation(self, name: str) -> bool:
        return name in self._organisations()


def load() -> Story:
    text = (
        resources.files("doorpakken_local.demo.stories").joinpath("story.yaml").read_text("utf-8")
    )
    return Story.model_validate(_spread(yaml.safe_load(text)))


def _spread(told: dict[str, Any]) -> dict[str, Any]:
    """Merges people into one list; in the file they are grouped by organisation."""
    groups = told.pop("organisations")
    members = [
        {"kind": group["kind"], "organisation": group["name"], **person}
        for group in groups
        for person in group["people"]
    ]
    people = [*members, *told["people"]]
    for person in people:
        person.setdefault("email", address_of(person["name"], person.get("organisation")))
    contacts = {group["name"]: group["contact"] for group in groups if "contact" in group}
    return {**told, "people": people, "contacts": contacts}


def _all_of(portraits: Iterable[Portrait]) -> set[str]:
    return {need for portrait in portraits for need in portrait.needs}


def _require(otherwise: str, holds: bool) -> None:
    if not holds:
        raise ValueError(f"the story contradicts itself: {otherwise}")
