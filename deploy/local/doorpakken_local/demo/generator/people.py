"""Generates a story of any size from a seed: the committed pitches with other people.
The same seed gives the same story."""

from dataclasses import dataclass
from random import Random
from typing import Any

from doorpakken_events.words import CATEGORIES

from doorpakken_local.demo.generator.giving import Giving
from doorpakken_local.demo.generator.names import FIRST_NAMES, KINDS_OF_HOUSE, PLANTS
from doorpakken_local.demo.stopped import StoryStopped
from doorpakken_local.demo.stories.addresses import address_of
from doorpakken_local.demo.stories.parts import BEST, Person, Pitch
from doorpakken_local.demo.stories.story import Story, load

ATTENDEES_MIN, ATTENDEES_MAX = 32, 2000
PER_ORGANISATION = 6
KINDS = ("covenant_partner", "local_entrepreneur", "community_member")
HOSTS_SAY = "nothing"
SAYS = {"yes": 70, "no": 13, "maybe": 5, "nothing": 12}
REASONS = ("no_time", "wrong_time", "not_for_me")
TWO_SESSIONS, ABSENT, WITHOUT_ADDRESS, AT_THE_DOOR, ENGLISH, BY_API = 8, 6, 3, 5, 22, 25
ASKED_TOO_MUCH_PERCENT = 130


class TooFew(StoryStopped):
    """The number of attendees is outside the range for which a story can be generated."""


def generate(*, seed: int, attendees: int) -> Story:
    """Raises TooFew."""
    if not ATTENDEES_MIN <= attendees <= ATTENDEES_MAX:
        raise TooFew(f"A story has {ATTENDEES_MIN} to {ATTENDEES_MAX} attendees, not {attendees}.")
    told = load()
    people = _Crowd(Random(seed), attendees).people(told.pitches)
    pitches = tuple(
        pitch.model_copy(update={"pitcher": host.name})
        for pitch, host in zip(told.pitches, people, strict=False)
    )
    people = _over_ask(told, people, {pitch.pitcher for pitch in pitches})
    people[-1] = _colleague(people[-1])
    giving = Giving(Random(seed), people, pitches)
    made = told.model_copy(
        update={
            "people": tuple(people),
            "pitches": pitches,
            "contacts": giving.contacts,
            "support": giving.support(),
            "offers": giving.offers(),
            "wishes": giving.wishes(),
            "afterwards": told.afterwards.model_copy(update={"colleague": people[-1].name}),
        }
    )
    return Story.model_validate(made.model_dump())


@dataclass
class _Crowd:
    """Draws people one by one; the first ones are the pitchers."""

    random: Random
    size: int

    def people(self, pitches: tuple[Pitch, ...]) -> list[Person]:
        houses = [self._house(number) for number in range(max(2, self.size // PER_ORGANISATION))]
        names = self._names()
        hosts = [self._host(names.pop(), houses) for _ in pitches]
        return hosts + [self._person(name, houses) for name in names]

    def _names(self) -> list[str]:
        every = [f"{first} {plant}" for first in FIRST_NAMES for plant in PLANTS]
        return self.random.sample(every, self.size)

    def _house(self, number: int) -> tuple[str, str]:
        kind = self.random.choice(KINDS)
        return f"{KINDS_OF_HOUSE[kind]} {PLANTS[number % len(PLANTS)]} {number + 1}", kind

    def _host(self, name: str, houses: list[tuple[str, str]]) -> Person:
        person = self._person(name, houses)
        stays = {"absent": False, "says": HOSTS_SAY, "because": None, "joins": "page"}
        email = person.email or _address(name)
        return person.model_copy(update=stays | {"chooses": (BEST,), "email": email})

    def _person(self, name: str, houses: list[tuple[str, str]]) -> Person:
        house, kind = self.random.choice([*houses, (None, "community_member")])
        joins = "door" if self._once_in(AT_THE_DOOR) else "api" if self._once_in(BY_API) else "page"
        has_address = not self._once_in(WITHOUT_ADDRESS)
        return Person.model_validate(
            {
                "name": name,
                "kind": kind,
                "organisation": house,
                "language": "en" if self._once_in(ENGLISH) else "nl",
                "email": _address(name) if has_address else None,
                "phone": None if has_address else self._phone(),
                "joins": joins,
                "absent": joins != "door" and self._once_in(ABSENT),
                "offers": self.random.sample(CATEGORIES, self.random.randint(1, 2)),
                "interests": self.random.sample(_INTERESTS, 2),
                **self._answer(),
            }
        )

    def _answer(self) -> dict[str, Any]:
        says = self.random.choices([*SAYS], weights=[*SAYS.values()])[0]
        two = says == "yes" and self._once_in(TWO_SESSIONS)
        return {
            "says": says,
            "because": self.random.choice(REASONS) if says == "no" else None,
            "chooses": (BEST, BEST) if two else (BEST,),
        }

    def _phone(self) -> str:
        return f"020 555 {self.random.randint(0, 9999):04d}"

    def _once_in(self, percent: int) -> bool:
        return self.random.random() * 100 < percent


_INTERESTS = (
    "jongeren", "stageplekken", "coaching", "buurtlunch", "koken", "naaien", "leerwerkplek",
    "repareren", "gereedschap", "ondernemerscursus", "kinderhoek", "bekendheid", "spreekuur",
    "huur", "regels",
)  # fmt: skip


def _over_ask(told: Story, people: list[Person], hosts: set[str]) -> list[Person]:
    """Makes more people ask for one session than the largest room holds."""
    title = next(iter(told.asked_by_title))
    largest = max(room.capacity for room in told.rooms)
    missing = largest * ASKED_TOO_MUCH_PERCENT // 100
    changed = []
    for person in people:
        asks = person.name not in hosts and not person.absent and missing > 0
        missing -= asks
        update = {"says": "yes", "because": None, "chooses": (title,)}
        changed.append(person.model_copy(update=update) if asks else person)
    return changed


def _colleague(person: Person) -> Person:
    update = {"absent": True, "joins": "page", "email": _address(person.name), "phone": None}
    return person.model_copy(update=update)


def _address(name: str) -> str:
    return address_of(name, None)
