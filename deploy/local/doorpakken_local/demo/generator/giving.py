"""Draws what generated people give: support, offers and wishes for other people's plans.
The same random state gives the same result."""

from dataclasses import dataclass
from random import Random

from doorpakken_local.demo.stories.parts import Offer, Person, Pitch, Support, Wish

SUPPORT_OF, OFFERS_OF, WISHES_OF = 6, 4, 2  # one in this many of those who can
HOUSES_MOST = 8
MORE_THAN_ASKED_PERCENT = 120


@dataclass
class Giving:
    """Draws from those present who do not pitch."""

    random: Random
    people: list[Person]
    pitches: tuple[Pitch, ...]

    @property
    def contacts(self) -> dict[str, str]:
        return {
            person.organisation: person.name
            for person in reversed(self.people)
            if person.organisation and person.email
        }

    def support(self) -> tuple[Support, ...]:
        """By some people and some organisations. The first person's support is withdrawn and the
        first organisation's stays pending."""
        people = [self._support(one.name, _says_it(one)) for one in self._some(SUPPORT_OF)]
        houses = sorted(self.contacts)[:HOUSES_MOST]
        organisations = [self._support(name, "staff") for name in houses]
        people[0] = people[0].model_copy(update={"becomes": "withdrawn"})
        organisations[0] = organisations[0].model_copy(update={"becomes": "pending"})
        return (*organisations, *people)

    def offers(self) -> tuple[Offer, ...]:
        """The amount of an offer may exceed what is asked."""
        return tuple(
            self._offer(f"O{number}", person)
            for number, person in enumerate(self._some(OFFERS_OF), start=1)
        )

    def wishes(self) -> tuple[Wish, ...]:
        titles = [pitch.title for pitch in self.pitches]
        return tuple(
            Wish(
                by=person.name,
                pitches=tuple(self.random.sample(titles, self.random.randint(1, 3))),
                says_it="link" if _has_link(person) else "card",
            )
            for person in self._some(WISHES_OF)
        )

    def _some(self, one_in: int) -> list[Person]:
        hosts = {pitch.pitcher for pitch in self.pitches}
        able = [one for one in self.people if one.name not in hosts and not one.absent]
        return self.random.sample(able, len(able) // one_in)

    def _support(self, name: str, says_it: str) -> Support:
        return Support.model_validate(
            {
                "pitch": self.random.choice(self.pitches).title,
                "by": name,
                "stance": self.random.choice(("believes", "joins")),
                "says_it": says_it,
            }
        )

    def _offer(self, name: str, person: Person) -> Offer:
        need = self.random.choice([need for pitch in self.pitches for need in pitch.needs])
        most = max(1, need.amount * MORE_THAN_ASKED_PERCENT // 100)
        amount = self.random.randint(1, most)
        return Offer.model_validate(
            {
                "name": name,
                "by": person.name,
                "need": need.name,
                "amount": amount,
                "says_it": _says_it(person),
            }
        )


def _says_it(person: Person) -> str:
    return "link" if _has_link(person) else "staff"


def _has_link(person: Person) -> bool:
    return bool(person.email) and person.joins != "door"
