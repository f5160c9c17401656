"""What somebody pitches, as it was typed; and how it is kept until they say that it is theirs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from doorpakken_registration.people.model.person import Introduction, Person
from doorpakken_registration.pitches.model.pitch import Wanted

_TYPED = ("gathering_id", "kind", "title", "summary", "organisation", "links_per_hour")


@dataclass(frozen=True)
class Submission:
    """What somebody pitches; `who` introduces themselves, or is a person we know. `visitor_id` is
    who holds the link with which this browser came: they speak for themselves."""

    gathering_id: str
    kind: str
    title: str
    summary: str
    who: Introduction | str
    others: tuple[Introduction, ...]
    organisation: str | None
    needs: tuple[Wanted, ...]
    by_staff: bool
    links_per_hour: int
    visitor_id: str | None = None

    @property
    def introduced(self) -> tuple[Introduction, ...]:
        """Everybody who is named in it."""
        return tuple(one for one in (self.who, *self.others) if isinstance(one, Introduction))

    def speaks_for(self, person: Person | None) -> bool:
        """Whether this may be said in their name; somebody new is whoever they say."""
        return self.by_staff or person is None or person.id == self.visitor_id

    @property
    def told(self) -> dict[str, Any]:
        """As it is kept."""
        needs = [
            vars(one) | {"wanted_by": one.wanted_by and one.wanted_by.isoformat()}
            for one in self.needs
        ]
        others = [vars(one) | {"identities": [*one.identities]} for one in self.others]
        return {name: getattr(self, name) for name in _TYPED} | {"needs": needs, "others": others}

    @property
    def texts(self) -> tuple[str, ...]:
        """What was typed in words of their own."""
        needs = (one.description for one in self.needs)
        return tuple(filter(None, (self.title, self.summary, self.organisation, *needs)))


def submission_in(told: Mapping[str, Any], person_id: str) -> Submission:
    """The same, read back; by a person who says that it is theirs."""
    needs = tuple(Wanted(**_need(one)) for one in told["needs"])
    others = tuple(Introduction(**_other(one)) for one in told["others"])
    typed = {name: told[name] for name in _TYPED}
    return Submission(
        **typed,
        who=person_id,
        others=others,
        needs=needs,
        by_staff=False,
        visitor_id=person_id,
    )


def _need(kept: Mapping[str, Any]) -> dict[str, Any]:
    day = kept["wanted_by"]
    return {**kept, "wanted_by": date.fromisoformat(day) if day else None}


def _other(kept: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in kept.items() if name != "identities"}
