"""What the people of the story did: the steps note it as soon as a service accepted it."""

from collections import Counter
from dataclasses import dataclass, field

from doorpakken_local.demo.stories.parts import Offer, Person, Pitch, Wish


@dataclass
class Tally:
    """`insights` and `support` by what became of them, `mails` by kind, without confirmations of
    seats. `chosen` are session ids by name, `given_up` session ids."""

    signed_up: list[Person] = field(default_factory=list)
    present: list[Person] = field(default_factory=list)
    pitches: list[Pitch] = field(default_factory=list)
    portraits: int = 0
    insights: Counter[str] = field(default_factory=Counter)
    support: Counter[str] = field(default_factory=Counter)
    offers: list[Offer] = field(default_factory=list)
    wishes: list[Wish] = field(default_factory=list)
    hosts: int = 0
    answers: Counter[str] = field(default_factory=Counter)
    chosen: dict[str, list[str]] = field(default_factory=dict)
    given_up: list[str] = field(default_factory=list)
    handed_over: int = 0
    seats_on_paper: int = 0  # seats without a confirmation by mail
    mails: Counter[str] = field(default_factory=Counter)

    def confirmations(self, seats: int) -> int:
        """How many mails confirm a seat, when so many are taken now: one for each that anybody ever
        had, except on paper."""
        return seats + len(self.given_up) + self.handed_over - self.seats_on_paper
