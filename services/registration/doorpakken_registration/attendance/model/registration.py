"""What somebody tells when signing up."""

from dataclasses import dataclass
from datetime import datetime

from doorpakken_registration.claims.model.claim import SIGN_UP, Claim, texts_of, told_in
from doorpakken_registration.gatherings.model.attendee import Details
from doorpakken_registration.people.model.person import Introduction


@dataclass(frozen=True)
class Registration:
    """What somebody tells when signing up, or staff on their behalf."""

    gathering_id: str
    who: Introduction
    details: Details
    by_staff: bool
    links_per_hour: int
    # The words to which they agreed that we mail them about new gatherings.
    news_words: str | None = None
    # Who holds the link with which this browser came: they speak for themselves.
    visitor_id: str | None = None
    # Who it is, where that was shown; and what they typed before and now say is theirs.
    person_id: str | None = None
    claim: Claim | None = None

    @property
    def proven_ids(self) -> set[str]:
        """Who may say this of themselves."""
        return {*filter(None, (self.visitor_id, self.person_id))}

    def as_claim(self, id: str, person_id: str, now: datetime, *, has_place: bool) -> Claim:
        """The same, as what waits for the person in whose name it was told."""
        return Claim(
            id=id,
            person_id=person_id,
            kind=SIGN_UP,
            gathering_id=self.gathering_id,
            told=told_in(self.details, self.who, self.news_words),
            texts=texts_of(self.details),
            arrived_at=now,
            has_place=has_place,
        )
