"""Event handlers of matching: fold the event, compare the states before and after, act on that.
No handler sends mail or waits; a plan is made only when staff ask for it."""

from collections.abc import Awaitable, Callable
from typing import Any

from doorpakken_events import registration as said
from doorpakken_events.erasure import PersonErased
from doorpakken_events.event import Event
from doorpakken_plumbing.messaging import newest
from doorpakken_plumbing.messaging.heard import Handlers, ReceivedEvent, Tombstones
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.time import clock

from doorpakken_matching import erasure, hosting, recommendations, sessions
from doorpakken_matching.model.arrival import has_arrived
from doorpakken_matching.store.heard import kept_of

Tombstone = Callable[[Transaction, str], Awaitable[None]]

ENDED_PITCH = ("declined", "withdrawn")


async def remember(tx: Transaction, heard: ReceivedEvent[Any]) -> None:
    await newest.put(tx, heard, kept_of)


async def attendee_said(tx: Transaction, heard: ReceivedEvent[said.AttendeeState]) -> None:
    before = await newest.find(tx, said.AttendeeState, heard.aggregate_id)
    await remember(tx, heard)
    if has_arrived(before, heard.data):
        await recommendations.recommend_on_check_in(tx, heard.data, now=clock.now())


async def pitch_said(tx: Transaction, heard: ReceivedEvent[said.PitchState]) -> None:
    await remember(tx, heard)
    if heard.data.state in ENDED_PITCH:
        reason = f"pitch_{heard.data.state}"
        await sessions.cancel_of_pitch(tx, heard.data.pitch_id, reason=reason)


async def gathering_said(tx: Transaction, heard: ReceivedEvent[said.GatheringState]) -> None:
    await remember(tx, heard)
    if heard.data.state == "cancelled":
        await sessions.cancel_all(
            tx, heard.data.gathering_id, reason="gathering_cancelled", now=clock.now()
        )


async def host_answered(tx: Transaction, heard: ReceivedEvent[said.HostAnswered]) -> None:
    await remember(tx, heard)
    await hosting.hear_answer(tx, heard.data)


def _gone(event: type[Event]) -> Tombstone:
    async def remove(tx: Transaction, key: str) -> None:
        await newest.remove(tx, event, key)

    return remove


HANDLERS: Handlers = {
    said.GatheringPublished: gathering_said,
    said.GatheringUpdated: gathering_said,
    said.GatheringClosed: gathering_said,
    said.GatheringCancelled: gathering_said,
    said.OrganisationDescribed: remember,
    said.AttendeeRegistered: attendee_said,
    said.AttendeeUpdated: attendee_said,
    said.AttendeeCancelled: attendee_said,
    said.AttendeeCheckedIn: attendee_said,
    said.PersonContact: remember,
    said.PitchSubmitted: pitch_said,
    said.PitchReviewed: pitch_said,
    said.PitchUpdated: pitch_said,
    said.PitchWithdrawn: pitch_said,
    said.PitchEndorsed: remember,
    said.EndorsementWithdrawn: remember,
    said.NeedOffered: remember,
    said.OfferWithdrawn: remember,
    said.WishesStated: remember,
    said.SessionJoined: remember,
    said.SessionWaitlisted: remember,
    said.SessionOffered: remember,
    said.SessionLeft: remember,
    said.SignUpUpdated: remember,
    said.InvitationAnswered: remember,
    said.HostAnswered: host_answered,
    PersonErased: erasure.person_erased,
}
# Events that belong to one person, so that their keys can get a tombstone.
OWNED = (
    said.PersonContact,
    said.PitchEndorsed,
    said.EndorsementWithdrawn,
    said.NeedOffered,
    said.OfferWithdrawn,
    said.WishesStated,
    said.SessionJoined,
    said.SessionWaitlisted,
    said.SessionOffered,
    said.SessionLeft,
    said.SignUpUpdated,
    said.InvitationAnswered,
    said.HostAnswered,
)
ATTENDEE = (
    said.AttendeeRegistered,
    said.AttendeeUpdated,
    said.AttendeeCancelled,
    said.AttendeeCheckedIn,
)
TOMBSTONES: Tombstones = {event: _gone(event) for event in OWNED} | dict.fromkeys(
    ATTENDEE, erasure.attendee_gone
)
