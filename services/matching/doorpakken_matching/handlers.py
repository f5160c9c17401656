"""Event handlers of matching: fold the event, compare the states before and after, act on that.
No handler sends mail or waits; a plan is made only when staff ask for it."""

from collections.abc import Awaitable, Callable
from typing import Any

from doorpakken_events import registration as said
from doorpakken_events import states
from doorpakken_events.erasure import PersonErased
from doorpakken_events.event import Event
from doorpakken_plumbing.identity import colleagues
from doorpakken_plumbing.messaging import newest
from doorpakken_plumbing.messaging.heard import Handlers, ReceivedEvent, Tombstones
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.time import clock

from doorpakken_matching import (
    copied_places,
    erasure,
    hosting,
    recommendations,
    sessions,
    undone_check_ins,
)
from doorpakken_matching.model.arrival import has_arrived, has_not_come
from doorpakken_matching.store.heard import kept_of

Tombstone = Callable[[Transaction, str], Awaitable[None]]

ENDED_PITCH = (states.Pitch.DECLINED, states.Pitch.WITHDRAWN)


async def on_state(tx: Transaction, heard: ReceivedEvent[Any]) -> None:
    await newest.put(tx, heard, kept_of)


async def on_attendee_state(tx: Transaction, heard: ReceivedEvent[said.AttendeeState]) -> None:
    before = await newest.find(tx, said.AttendeeState, heard.aggregate_id)
    await on_state(tx, heard)
    if has_arrived(before, heard.data):
        await recommendations.recommend_on_check_in(tx, heard.data, now=clock.now())
    elif has_not_come(before, heard.data):
        await undone_check_ins.take_back(tx, heard.data)


async def on_pitch_state(tx: Transaction, heard: ReceivedEvent[said.PitchState]) -> None:
    await on_state(tx, heard)
    if heard.data.state in ENDED_PITCH:
        reason = f"pitch_{heard.data.state}"
        await sessions.cancel_of_pitch(tx, heard.data.pitch_id, reason=reason)


async def on_gathering_state(tx: Transaction, heard: ReceivedEvent[said.GatheringState]) -> None:
    await on_state(tx, heard)
    if heard.data.state == states.Gathering.CANCELLED:
        await sessions.cancel_all(
            tx, heard.data.gathering_id, reason="gathering_cancelled", now=clock.now()
        )
    await copied_places.hear_gathering(tx, heard.data)


async def on_host_answered(tx: Transaction, heard: ReceivedEvent[said.HostAnswered]) -> None:
    await on_state(tx, heard)
    await hosting.hear_answer(tx, heard.data)


async def on_session_reported(tx: Transaction, heard: ReceivedEvent[said.SessionReported]) -> None:
    if heard.data.state == states.Outcome.DONE:
        await sessions.take_place(tx, heard.data.session_id, now=clock.now())


def _gone(event: type[Event]) -> Tombstone:
    async def remove(tx: Transaction, key: str) -> None:
        await newest.remove(tx, event, key)

    return remove


HANDLERS: Handlers = {
    **colleagues.HANDLERS,
    said.GatheringPublished: on_gathering_state,
    said.GatheringUpdated: on_gathering_state,
    said.GatheringClosed: on_gathering_state,
    said.GatheringCancelled: on_gathering_state,
    said.OrganisationDescribed: on_state,
    said.AttendeeRegistered: on_attendee_state,
    said.AttendeeUpdated: on_attendee_state,
    said.AttendeeCancelled: on_attendee_state,
    said.AttendeeCheckedIn: on_attendee_state,
    said.PersonContact: on_state,
    said.PitchSubmitted: on_pitch_state,
    said.PitchReviewed: on_pitch_state,
    said.PitchUpdated: on_pitch_state,
    said.PitchWithdrawn: on_pitch_state,
    said.PitchEndorsed: on_state,
    said.EndorsementWithdrawn: on_state,
    said.NeedOffered: on_state,
    said.OfferWithdrawn: on_state,
    said.WishesStated: on_state,
    said.SessionJoined: on_state,
    said.SessionWaitlisted: on_state,
    said.SessionOffered: on_state,
    said.SessionLeft: on_state,
    said.SignUpUpdated: on_state,
    said.InvitationAnswered: on_state,
    said.HostAnswered: on_host_answered,
    said.SessionReported: on_session_reported,
    PersonErased: erasure.on_person_erased,
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
TOMBSTONES: Tombstones = {
    **{event: _gone(event) for event in OWNED},
    **dict.fromkeys(ATTENDEE, erasure.on_attendee_gone),
    **colleagues.TOMBSTONES,
}
