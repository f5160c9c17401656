"""Event handlers of notification: store the newest state, then reconcile the mails that are owed.
They do not send; the ledger decides what is sent and delivery decides when."""

from collections.abc import Awaitable, Callable
from typing import Any

from doorpakken_events import matching, registration
from doorpakken_events.catalogue import events_of
from doorpakken_events.erasure import PersonErased
from doorpakken_events.event import Event
from doorpakken_plumbing.identity import colleagues
from doorpakken_plumbing.messaging import newest
from doorpakken_plumbing.messaging.heard import Handlers, ReceivedEvent, Tombstones
from doorpakken_plumbing.messaging.transaction import Transaction

from doorpakken_notification import erasure
from doorpakken_notification import reconcile_promises as promises
from doorpakken_notification.mail_rules import has_news
from doorpakken_notification.reconcile import (
    reconcile_attendees,
    reconcile_gathering,
    reconcile_gone,
    reconcile_hosting,
    reconcile_link,
    reconcile_person,
    reconcile_request,
    reconcile_session,
)
from doorpakken_notification.store import facts, mail_bytes, mails, suppressions, waves
from doorpakken_notification.store import promises as promises_store


async def on_state(tx: Transaction, heard: ReceivedEvent[Any]) -> None:
    """Stores a state that mails refer to; mails that waited for it become due."""
    await facts.put(tx, heard)
    await mails.release_waiting(tx, f"{heard.aggregate}/{heard.aggregate_id}")


async def on_gathering_state(
    tx: Transaction, heard: ReceivedEvent[registration.GatheringState]
) -> None:
    before = await newest.find(tx, registration.GatheringState, heard.aggregate_id)
    await on_state(tx, heard)
    if before is None or has_news(before, heard.data):
        await reconcile_gathering(tx, heard.data.gathering_id)


async def on_attendees_state(tx: Transaction, heard: ReceivedEvent[Any]) -> None:
    await on_state(tx, heard)
    await reconcile_attendees(tx, [heard.data.attendee_id])


async def on_session_state(tx: Transaction, heard: ReceivedEvent[matching.SessionState]) -> None:
    before = await newest.find(tx, matching.SessionState, heard.aggregate_id)
    await on_state(tx, heard)
    await reconcile_session(tx, heard.data.session_id)
    led = [before.host] if before and before.host else []
    await promises.reconcile_outcome(tx, heard.data.session_id, also=led)


async def on_session_reported(
    tx: Transaction, heard: ReceivedEvent[registration.SessionReported]
) -> None:
    await on_state(tx, heard)
    await promises.reconcile_outcome(tx, heard.data.session_id)


async def on_session_link(tx: Transaction, heard: ReceivedEvent[matching.SessionLink]) -> None:
    await facts.put_link(tx, heard.data)
    await reconcile_session(tx, heard.data.session_id)


async def on_host_asked(tx: Transaction, heard: ReceivedEvent[matching.HostAsked]) -> None:
    await on_state(tx, heard)
    await reconcile_hosting(tx, heard.data)
    await promises.reconcile_of(tx, "session_id", heard.data.session_id, [heard.data.person_id])


async def on_pitch_state(tx: Transaction, heard: ReceivedEvent[registration.PitchState]) -> None:
    before = await newest.find(tx, registration.PitchState, heard.aggregate_id)
    await on_state(tx, heard)
    also = before.pitchers if before else ()
    await promises.reconcile_of(tx, "pitch_id", heard.data.pitch_id, also)


async def on_commitment_state(
    tx: Transaction, heard: ReceivedEvent[registration.CommitmentState]
) -> None:
    before = await promises_store.list_promises(tx, [heard.aggregate_id])
    await on_state(tx, heard)
    also = before[0].people if before else ()
    await promises.reconcile_promises(tx, [heard.aggregate_id], also=also)


async def on_commitment_gone(tx: Transaction, key: str) -> None:
    """Its owner was erased. Who was mailed about it is not mailed the same again where it is said
    anew, so the keys of their mails stay."""
    gone = await promises_store.list_promises(tx, [key])
    await newest.remove(tx, registration.CommitmentState, key)
    await erasure.forget_words(tx, gone)
    for one in gone:
        await promises.reconcile_gone(tx, one)


async def on_link_requested(
    tx: Transaction, heard: ReceivedEvent[registration.LinkRequested]
) -> None:
    await on_state(tx, heard)
    await reconcile_link(tx, heard.data)


async def on_mail_requested(
    tx: Transaction, heard: ReceivedEvent[registration.MailRequested]
) -> None:
    await on_state(tx, heard)
    if heard.data.from_person_id is None:
        # The requester may have been removed: drop the bytes that contain their name.
        await mail_bytes.forget_objects(tx, [heard.data.mail_request_id])
    await reconcile_request(tx, heard.data)


async def on_plan_published(tx: Transaction, heard: ReceivedEvent[matching.PlanPublished]) -> None:
    await waves.open_wave(tx, heard)
    await mails.release_waiting(tx, f"{heard.aggregate}/{heard.aggregate_id}")


async def on_contact_gone(tx: Transaction, key: str) -> None:
    await newest.remove(tx, registration.PersonContact, key)
    await suppressions.forget_person(tx, key)
    await mail_bytes.forget_person(tx, key)
    await reconcile_person(tx, key)


def on_request_gone(state: type[Event]) -> Callable[[Transaction, str], Awaitable[None]]:
    async def forget(tx: Transaction, key: str) -> None:
        await newest.remove(tx, state, key)
        await mail_bytes.forget_objects(tx, [key])
        await reconcile_gone(tx, key)

    return forget


HANDLERS: Handlers = {
    **colleagues.HANDLERS,
    registration.GatheringPublished: on_gathering_state,
    registration.GatheringUpdated: on_gathering_state,
    registration.GatheringClosed: on_gathering_state,
    registration.GatheringCancelled: on_gathering_state,
    registration.OrganisationDescribed: on_state,
    registration.PersonContact: on_state,
    registration.PitchSubmitted: on_pitch_state,
    registration.PitchReviewed: on_pitch_state,
    registration.PitchUpdated: on_pitch_state,
    registration.PitchWithdrawn: on_pitch_state,
    registration.PitchEndorsed: on_state,
    registration.EndorsementWithdrawn: on_state,
    registration.NeedOffered: on_state,
    registration.OfferWithdrawn: on_state,
    registration.CommitmentMade: on_commitment_state,
    registration.CommitmentAnswered: on_commitment_state,
    registration.CommitmentReplanned: on_commitment_state,
    registration.CommitmentProgressed: on_commitment_state,
    registration.CommitmentDelivered: on_commitment_state,
    registration.CommitmentConfirmed: on_commitment_state,
    registration.CommitmentDisputed: on_commitment_state,
    registration.CommitmentWithdrawn: on_commitment_state,
    registration.CommitmentUpdated: on_commitment_state,
    registration.CommitmentDueSoon: on_commitment_state,
    registration.CommitmentOverdue: on_commitment_state,
    registration.MailRequested: on_mail_requested,
    PersonErased: erasure.on_person_erased,
    registration.InvitationAnswered: on_state,
    registration.AttendeeRegistered: on_attendees_state,
    registration.AttendeeUpdated: on_attendees_state,
    registration.AttendeeCancelled: on_attendees_state,
    registration.AttendeeCheckedIn: on_attendees_state,
    registration.SessionJoined: on_attendees_state,
    registration.SessionWaitlisted: on_attendees_state,
    registration.SessionOffered: on_attendees_state,
    registration.SessionLeft: on_attendees_state,
    registration.SignUpUpdated: on_attendees_state,
    registration.SessionReported: on_session_reported,
    registration.LinkRequested: on_link_requested,
    matching.SessionsRecommended: on_attendees_state,
    matching.SessionScheduled: on_session_state,
    matching.SessionRescheduled: on_session_state,
    matching.HostAsked: on_host_asked,
    matching.SessionCancelled: on_session_state,
    matching.SessionTookPlace: on_session_state,
    matching.SessionLink: on_session_link,
    matching.PlanPublished: on_plan_published,
}

# Events that belong to one person; their keys can get a tombstone.
OWNED = (
    registration.SessionJoined,
    registration.SessionWaitlisted,
    registration.SessionOffered,
    registration.SessionLeft,
    registration.SignUpUpdated,
    registration.InvitationAnswered,
    registration.PitchEndorsed,
    registration.EndorsementWithdrawn,
    registration.NeedOffered,
    registration.OfferWithdrawn,
    matching.SessionsRecommended,
    matching.HostAsked,
)
TOMBSTONES: Tombstones = {
    **colleagues.TOMBSTONES,
    **{event: erasure.on_gone(event) for event in OWNED},
    registration.LinkRequested: on_request_gone(registration.LinkRequested),
    registration.MailRequested: on_request_gone(registration.MailRequested),
    registration.PersonContact: on_contact_gone,
    **dict.fromkeys(events_of(registration.CommitmentState.AGGREGATE), on_commitment_gone),
    registration.AttendeeRegistered: erasure.on_attendee_gone,
    registration.AttendeeUpdated: erasure.on_attendee_gone,
    registration.AttendeeCancelled: erasure.on_attendee_gone,
    registration.AttendeeCheckedIn: erasure.on_attendee_gone,
}
