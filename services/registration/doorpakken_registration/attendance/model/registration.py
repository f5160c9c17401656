"""The data of a sign-up."""

from dataclasses import dataclass
from datetime import datetime

from doorpakken_registration.claims.model.claim import SIGN_UP, Claim, texts_of, told_in
from doorpakken_registration.gatherings.model.attendee import Details
from doorpakken_registration.people.model.person import Introduction


@dataclass(frozen=True)
class Registration:
    """What somebody fills in to sign up, or staff on their behalf."""

    gathering_id: str
    who: Introduction
    details: Details
    links_per_hour: int
    # Who of staff enters it; None for the person.
    staff_id: str | None = None
    # The text by which they agreed to mail about new gatherings; None when they did not.
    news_words: str | None = None
    # The person whose personal link this browser used: they may act for themselves.
    visitor_id: str | None = None
    # The person, where that is proven; and the earlier claim that they confirm with this.
    person_id: str | None = None
    claim: Claim | None = None
    # Who of staff confirms it for them, after a call.
    confirmed_by: str | None = None
    # Whether they get a mail with their link, or a call without an address; and whether they stand
    # at the door already.
    sends_link: bool = True
    is_here: bool = False

    @property
    def may_mail(self) -> bool:
        return self.sends_link and self.claim is None

    @property
    def by_staff(self) -> bool:
        return self.staff_id is not None

    @property
    def proven_ids(self) -> set[str]:
        return {*filter(None, (self.visitor_id, self.person_id))}

    def as_claim(self, id: str, person_id: str, now: datetime, *, has_place: bool) -> Claim:
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
