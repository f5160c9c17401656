"""A pitch as it is submitted, and as a claim stores it until it is confirmed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from doorpakken_registration.people.model.person import Introduction, Person
from doorpakken_registration.pitches.model.pitch import Wanted

_TYPED = ("gathering_id", "kind", "title", "summary", "organisation", "links_per_hour")


@dataclass(frozen=True)
class Submission:
    """`who` is an introduction, or the id of a known person. `visitor_id` is the holder of the
    personal link in this browser, who may submit in their own name."""

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
        return tuple(one for one in (self.who, *self.others) if isinstance(one, Introduction))

    def speaks_for(self, person: Person | None) -> bool:
        return self.by_staff or person is None or person.id == self.visitor_id

    @property
    def told(self) -> dict[str, Any]:
        """As stored in `Claim.told`; `submission_in` reads it back."""
        needs = [
            vars(one) | {"wanted_by": one.wanted_by and one.wanted_by.isoformat()}
            for one in self.needs
        ]
        others = [vars(one) | {"identities": [*one.identities]} for one in self.others]
        return {name: getattr(self, name) for name in _TYPED} | {"needs": needs, "others": others}

    @property
    def texts(self) -> tuple[str, ...]:
        needs = (one.description for one in self.needs)
        return tuple(filter(None, (self.title, self.summary, self.organisation, *needs)))


def submission_in(told: Mapping[str, Any], person_id: str) -> Submission:
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
