"""All queries of reporting: the stored states of one gathering, as typed events.
A parent that was not received yet is missing; that is no error."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from doorpakken_events.catalogue import states_heard_by
from doorpakken_events.erasure import ErasureConfirmed
from doorpakken_events.event import Event
from doorpakken_events.matching import PlanPublished, SessionState
from doorpakken_events.notification import MailState
from doorpakken_events.registration import (
    AttendeeState,
    CommitmentState,
    EndorsementState,
    GatheringState,
    HostAnswered,
    InvitationAnswered,
    LinkRequested,
    MailRequested,
    OfferState,
    OrganisationDescribed,
    PersonaDescribed,
    PersonContact,
    PerspectiveShared,
    PitchState,
    SignUpState,
    WishesStated,
)
from doorpakken_plumbing.messaging import newest, owners
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import ASCENDING, DESCENDING, Documents, Index

E = TypeVar("E", bound=Event)

_BY_GATHERING: tuple[type[Event], ...] = (
    AttendeeState,
    PersonaDescribed,
    PerspectiveShared,
    PitchState,
    EndorsementState,
    OfferState,
    CommitmentState,
    WishesStated,
    PlanPublished,
    SessionState,
    HostAnswered,
    SignUpState,
    MailState,
    InvitationAnswered,
)
# Only counted, without the ids of people.
NOBODYS = (LinkRequested, MailRequested, ErasureConfirmed)
STATES = tuple(event for event in states_heard_by("reporting") if event not in NOBODYS)

INDEXES = [
    *(Index(event.AGGREGATE, [("data.gathering_id", ASCENDING)]) for event in _BY_GATHERING),
    *owners.indexes(STATES),
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
    PersonContact.AGGREGATE,
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
    commitments: Sequence[CommitmentState]
    wishes: Sequence[WishesStated]
    plans: Sequence[PlanPublished]
    sessions: Sequence[SessionState]
    host_answers: Sequence[HostAnswered]
    sign_ups: Sequence[SignUpState]
    invitations: Sequence[MailState]
    answers: Sequence[InvitationAnswered]
    organisations: Sequence[OrganisationDescribed]


@dataclass(frozen=True)
class Given:
    """What was asked, offered and promised at one gathering."""

    gathering: GatheringState
    pitches: Sequence[PitchState]
    offers: Sequence[OfferState]
    commitments: Sequence[CommitmentState]


async def list_gatherings(documents: Documents) -> list[GatheringState]:
    found = await documents[GatheringState.AGGREGATE].find(
        {"data.starts_at": {"$ne": None}},
        sort=[("data.starts_at", DESCENDING), ("_id", ASCENDING)],
    )
    return [newest.read(GatheringState, document) for document in found]


async def find_picture(documents: Documents, gathering_id: str) -> Picture | None:
    gathering = await newest.find(documents, GatheringState, gathering_id)
    if gathering is None:
        return None

    async def here(state: type[E]) -> list[E]:
        return await newest.list_where(documents, state, gathering_id=gathering_id)

    offers, commitments = await here(OfferState), await here(CommitmentState)
    given_by = {one.organisation_id for one in offers}
    given_by |= {one.organisation_id for one in commitments}
    return Picture(
        gathering=gathering,
        attendees=await here(AttendeeState),
        personas=await here(PersonaDescribed),
        perspectives=await here(PerspectiveShared),
        pitches=await here(PitchState),
        endorsements=await here(EndorsementState),
        offers=offers,
        commitments=commitments,
        wishes=await here(WishesStated),
        plans=await here(PlanPublished),
        sessions=await here(SessionState),
        host_answers=await here(HostAnswered),
        sign_ups=await here(SignUpState),
        invitations=await here(MailState),
        answers=await here(InvitationAnswered),
        organisations=await _list_organisations(documents, given_by),
    )


async def list_given(documents: Documents, gatherings: Sequence[GatheringState]) -> list[Given]:
    """In the same order."""
    ids = [one.gathering_id for one in gatherings]
    pitches = await newest.group_by(documents, PitchState, "gathering_id", ids)
    offers = await newest.group_by(documents, OfferState, "gathering_id", ids)
    commitments = await newest.group_by(documents, CommitmentState, "gathering_id", ids)
    return [
        Given(one, pitches[key], offers[key], commitments[key])
        for one, key in zip(gatherings, ids, strict=True)
    ]


async def get_names(documents: Documents, person_ids: Sequence[str]) -> dict[str, str]:
    """By person id; unknown and erased people are left out."""
    return await newest.list_names(documents, PersonContact, person_ids)


async def empty_person(
    tx: Transaction, person_id: str, attendee_ids: Sequence[str]
) -> dict[str, int]:
    """Also removes them from pitches and sessions; returns the emptied documents by aggregate."""
    await owners.unname(tx, STATES, person_id)
    ids = {owners.PERSON: [person_id], owners.ATTENDEE: attendee_ids}
    return {
        one.collection: await tx[one.collection].update_many(
            one.theirs(ids), {"$set": {"data": None}}
        )
        for one in owners.owned(STATES)
    }


async def _list_organisations(
    documents: Documents, wanted: set[str | None]
) -> list[OrganisationDescribed]:
    """These, what they were merged into, and all that were merged, of all gatherings; the last are
    few."""
    found = await documents[OrganisationDescribed.AGGREGATE].find({"data.merged_into": {"$gt": ""}})
    merged = [newest.read(OrganisationDescribed, document) for document in found]
    into = {one.merged_into for one in merged if one.merged_into}
    keys = into | {one for one in wanted if one}
    named = await newest.list_by_id(documents, OrganisationDescribed, keys)
    by_id = named | {one.organisation_id: one for one in merged}
    return [by_id[key] for key in sorted(by_id)]
