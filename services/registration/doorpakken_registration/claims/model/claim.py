"""A claim: input under the name and address of a known person who has not confirmed it yet. It
waits, and is then applied or dropped. The forms validate the input."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum, auto
from typing import Any

from doorpakken_registration.gatherings.model.attendee import Attendee, Details
from doorpakken_registration.gatherings.model.private_details import Reply, Told
from doorpakken_registration.people.model.person import Introduction

SIGN_UP, PITCH, CO_PITCHER, WISHES = "sign_up", "pitch", "co_pitcher", "wishes"
OFFER = "offer"
KEPT_FOR = timedelta(days=30)
PLACE_KEPT_FOR = timedelta(hours=48)
# A family at one address needs fewer; more would flood a person's page.
WAITING_MAX = 50


class ClaimState(StrEnum):
    WAITING = auto()
    APPLIED = auto()
    DROPPED = auto()


@dataclass(frozen=True)
class Claim:
    """`told` is the input, `texts` what is shown of it as plain text, `mentions` the identities of
    other people in it."""

    id: str
    person_id: str
    kind: str
    gathering_id: str
    told: Mapping[str, Any]
    texts: tuple[str, ...]
    arrived_at: datetime
    has_place: bool = False
    mentions: tuple[str, ...] = ()
    state: ClaimState = ClaimState.WAITING
    answered_at: datetime | None = None

    @property
    def is_waiting(self) -> bool:
        return self.state is ClaimState.WAITING

    def says_the_same(self, other: "Claim") -> bool:
        names = ("person_id", "kind", "gathering_id", "told")
        return all(getattr(self, name) == getattr(other, name) for name in names)

    def answered(self, state: ClaimState, now: datetime) -> "Claim":
        return replace(self, state=state, answered_at=now, has_place=False)


def told_in(details: Details, who: Introduction, news_words: str | None) -> dict[str, Any]:
    told = details.told
    return {
        "language": who.language,
        "phone": who.phone,
        "email": who.email,
        "kind": details.kind,
        "organisation": details.organisation,
        "availability": [*details.availability],
        "interests": [*details.interests],
        "offers": [*details.offers],
        "arrangements": [*told.arrangements],
        "note": told.note,
        "replies": [{"question_id": one.question_id, "text": one.text} for one in told.replies],
        "is_listed": details.is_listed,
        "listing_words": details.listing_words,
        "news_words": news_words,
    }


def details_in(told: Mapping[str, Any]) -> Details:
    replies = tuple(Reply(one["question_id"], one["text"]) for one in told["replies"])
    return Details(
        kind=told["kind"],
        organisation=told["organisation"],
        availability=tuple(told["availability"]),
        interests=tuple(told["interests"]),
        offers=tuple(told["offers"]),
        told=Told(tuple(told["arrangements"]), told["note"], replies),
        is_listed=told["is_listed"],
        listing_words=told["listing_words"],
    )


def texts_of(details: Details) -> tuple[str, ...]:
    told = details.told
    replies = (one.text for one in told.replies)
    all_texts = (
        details.organisation,
        *details.availability,
        *details.interests,
        told.note,
        *replies,
    )
    return tuple(one for one in all_texts if one)


def added_to(attendee: Attendee, details: Details, organisation_id: str | None) -> Attendee:
    """Fields that are empty in the later details remove nothing."""
    return replace(
        attendee,
        kind=details.kind,
        organisation_id=organisation_id or attendee.organisation_id,
        availability=_both(attendee.availability, details.availability),
        interests=_both(attendee.interests, details.interests),
        offers=_both(attendee.offers, details.offers),
    )


def told_with(before: Told, added: Told, note_length_max: int) -> Told:
    """Two notes are joined by a newline if they fit in `note_length_max`, else the newer one is
    kept."""
    notes = [*dict.fromkeys(one for one in (before.note, added.note) if one)]
    joined = "\n".join(notes)
    replies = {one.question_id: one for one in (*before.replies, *added.replies)}
    return Told(
        arrangements=_both(before.arrangements, added.arrangements),
        note=joined if len(joined) <= note_length_max else added.note,
        replies=tuple(replies.values()),
    )


def _both(before: Iterable[str], added: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*before, *added)))
