"""All queries of reporting: the stored states of one gathering, as typed events.
A parent that was not received yet is missing; that is no error."""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import TypeVar

from doorpakken_events.event import READING, Event
from doorpakken_events.matching import PlanPublished, SessionsRecommended, SessionState
from doorpakken_events.notification import MailState
from doorpakken_events.registration import (
    AttendeeState,
    EndorsementState,
    GatheringState,
    HostAnswered,
    InvitationAnswered,
    OfferState,
    OrganisationDescribed,
    PersonaDescribed,
    PersonContact,
    PerspectiveShared,
    PitchState,
    SignUpState,
    WishesStated,
)
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import ASCENDING, DESCENDING, Document, Documents, Index

E = TypeVar("E", bound=Event)

_BY_GATHERING: tuple[type[Event], ...] = (
    AttendeeState,
    PersonaDescribed,
    PerspectiveShared,
    PitchState,
    EndorsementState,
    OfferState,
    WishesStated,
    PlanPublished,
    SessionState,
    HostAnswered,
    SignUpState,
    MailState,
    InvitationAnswered,
)
# States that belong to one person, with the field that holds the owner's id.
_OF_PERSON: dict[type[Event], str] = {
    AttendeeState: "data.person_id",
    EndorsementState: "data.person_id",
    OfferState: "data.person_id",
    HostAnswered: "data.person_id",
    MailState: "data.person_id",
    PersonContact: "_id",
}
_OF_ATTENDEE: dict[type[Event], str] = {
    SignUpState: "data.attendee_id",
    InvitationAnswered: "data.attendee_id",
    WishesStated: "_id",
    SessionsRecommended: "_id",
}

INDEXES = [
    *(Index(event.AGGREGATE, [("gathering_id", ASCENDING)]) for event in _BY_GATHERING),
    *(
        Index(event.AGGREGATE, [(field, ASCENDING)])
        for owners in (_OF_PERSON, _OF_ATTENDEE)
        for event, field in owners.items()
        if field != "_id"
    ),
    Index(PitchState.AGGREGATE, [("data.pitchers", ASCENDING)]),
    Index(SessionState.AGGREGATE, [("data.host", ASCENDING)]),
    Index(GatheringState.AGGREGATE, [("data.starts_at", DESCENDING), ("_id", ASCENDING)]),
    Index(
        OrganisationDescribed.AGGREGATE,
        [("data.merged_into", ASCENDING)],
        partial={"data.merged_into": {"$gt": ""}},
    ),
]

# Collections whose changes refresh an open dashboard.
SHOWN = (
    GatheringState.AGGREGATE,
    OrganisationDescribed.AGGREGATE,
    "contact",
    *(event.AGGREGATE for event in _BY_GATHERING),
)


@dataclass(frozen=True)
class Picture:
    """The newest state of everything at one gathering."""

    gathering: GatheringState
    attendees: Sequence[AttendeeState]
    personas: Sequence[PersonaDescribed]
    perspectives: Sequence[PerspectiveShared]
    pitches: Sequence[PitchState]
    endorsements: Sequence[EndorsementState]
    offers: Sequence[OfferState]
    wishes: Sequence[WishesStated]
    plans: Sequence[PlanPublished]
    sessions: Sequence[SessionState]
    host_answers: Sequence[HostAnswered]
    sign_ups: Sequence[SignUpState]
    invitations: Sequence[MailState]
    answers: Sequence[InvitationAnswered]
    organisations: Sequence[OrganisationDescribed]


async def list_gatherings(documents: Documents) -> list[GatheringState]:
    found = await documents[GatheringState.AGGREGATE].find(
        {"data.starts_at": {"$ne": None}},
        sort=[("data.starts_at", DESCENDING), ("_id", ASCENDING)],
    )
    return [_state(GatheringState, document) for document in found]


async def find_picture(documents: Documents, gathering_id: str) -> Picture | None:
    found = await documents[GatheringState.AGGREGATE].find_one({"_id": gathering_id})
    if not found or found["data"] is None:
        return None
    here = _Here(documents, gathering_id)
    return Picture(
        gathering=_state(GatheringState, found),
        attendees=await here.list(AttendeeState),
        personas=await here.list(PersonaDescribed),
        perspectives=await here.list(PerspectiveShared),
        pitches=await here.list(PitchState),
        endorsements=await here.list(EndorsementState),
        offers=await here.list(OfferState),
        wishes=await here.list(WishesStated),
        plans=await here.list(PlanPublished),
        sessions=await here.list(SessionState),
        host_answers=await here.list(HostAnswered),
        sign_ups=await here.list(SignUpState),
        invitations=await here.list(MailState),
        answers=await here.list(InvitationAnswered),
        organisations=await _list_merged(documents),
    )


async def get_names(documents: Documents, person_ids: Sequence[str]) -> dict[str, str]:
    """By person id; unknown and erased people are left out."""
    found = await documents["contact"].find({"_id": {"$in": list(person_ids)}})
    return {one["_id"]: one["data"]["name"] for one in found if one["data"]}


async def list_attendee_ids(documents: Documents, person_id: str) -> list[str]:
    found = await documents[AttendeeState.AGGREGATE].find({"data.person_id": person_id})
    return [one["_id"] for one in found]


async def empty_person(
    tx: Transaction, person_id: str, attendee_ids: Sequence[str]
) -> dict[str, int]:
    """Also removes them from pitches and sessions; returns the emptied documents by aggregate."""
    pitchers, host = {"data.pitchers": person_id}, {"data.host": person_id}
    await tx[PitchState.AGGREGATE].update_many(pitchers, {"$pull": pitchers})
    await tx[SessionState.AGGREGATE].update_many(host, {"$set": {"data.host": None}})
    owners = [(_OF_PERSON, [person_id]), (_OF_ATTENDEE, [*attendee_ids])]
    return {
        event.AGGREGATE: await tx[event.AGGREGATE].update_many(
            {field: {"$in": ids}}, {"$set": {"data": None}}
        )
        for fields, ids in owners
        for event, field in fields.items()
    }


@dataclass(frozen=True)
class _Here:
    """The read models of one gathering."""

    documents: Documents
    gathering_id: str

    async def list(self, event: type[E]) -> list[E]:
        """Sorted by id, which is the order of creation."""
        found = await self.documents[event.AGGREGATE].find({"gathering_id": self.gathering_id})
        found.sort(key=itemgetter("_id"))
        return [_state(event, document) for document in found if document["data"]]


async def _list_merged(documents: Documents) -> list[OrganisationDescribed]:
    """Organisations that were merged into another, of all gatherings; there are few."""
    found = await documents[OrganisationDescribed.AGGREGATE].find({"data.merged_into": {"$gt": ""}})
    merged = sorted(found, key=itemgetter("_id"))
    return [_state(OrganisationDescribed, document) for document in merged]


def _state(event: type[E], document: Document) -> E:
    return event.model_validate(document["data"], extra="ignore", context=READING)
