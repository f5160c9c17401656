"""Event handlers of notification: store the newest state, then reconcile the mails that are owed.
They do not send; the ledger decides what is sent and delivery decides when."""

from collections.abc import Awaitable, Callable
from typing import Any

from doorpakken_events import matching, registration
from doorpakken_events.erasure import PersonErased
from doorpakken_events.event import Event
from doorpakken_plumbing.messaging.heard import Handlers, ReceivedEvent, Tombstones
from doorpakken_plumbing.messaging.transaction import Transaction

from doorpakken_notification import erasure
from doorpakken_notification.reconcile import (
    reconcile_attendee,
    reconcile_gone,
    reconcile_hosting,
    reconcile_link,
    reconcile_person,
    reconcile_request,
    reconcile_session,
)
from doorpakken_notification.store import facts, mail_bytes, mails, suppressions, waves


async def keep(tx: Transaction, heard: ReceivedEvent[Any]) -> None:
    """Stores a state that mails refer to; rows that waited for it become due."""
    await facts.fold(tx, heard)
    await mails.release_waiting(tx, f"{heard.aggregate}/{heard.aggregate_id}")


async def settle(tx: Transaction, heard: ReceivedEvent[Any]) -> None:
    await keep(tx, heard)
    await reconcile_attendee(tx, heard.data.attendee_id)


async def owe_link(tx: Transaction, heard: ReceivedEvent[registration.LinkRequested]) -> None:
    await keep(tx, heard)
    await reconcile_link(tx, heard.data)


async def owe_request(tx: Transaction, heard: ReceivedEvent[registration.MailRequested]) -> None:
    await keep(tx, heard)
    if heard.data.from_person_id is None:
        # The requester may have been removed: drop the bytes that contain their name.
        await mail_bytes.forget_objects(tx, [heard.data.mail_request_id])
    await reconcile_request(tx, heard.data)


async def ask_host(tx: Transaction, heard: ReceivedEvent[matching.HostAsked]) -> None:
    await keep(tx, heard)
    await reconcile_hosting(tx, heard.data)


async def give_link(tx: Transaction, heard: ReceivedEvent[matching.SessionLink]) -> None:
    await facts.fold_link(tx, heard.data)
    await reconcile_session(tx, heard.data.session_id)


async def change_session(tx: Transaction, heard: ReceivedEvent[matching.SessionState]) -> None:
    await keep(tx, heard)
    await reconcile_session(tx, heard.data.session_id)


async def open_wave(tx: Transaction, heard: ReceivedEvent[matching.PlanPublished]) -> None:
    await waves.open_wave(tx, heard)
    await mails.release_waiting(tx, f"{heard.aggregate}/{heard.aggregate_id}")


async def forget_person(tx: Transaction, person_id: str) -> None:
    await facts.remove(tx, registration.PersonContact, person_id)
    await suppressions.forget_person(tx, person_id)
    await mail_bytes.forget_person(tx, person_id)
    await reconcile_person(tx, person_id)


def request_gone(state: type[Event]) -> Callable[[Transaction, str], Awaitable[None]]:
    async def forget(tx: Transaction, key: str) -> None:
        await facts.remove(tx, state, key)
        await mail_bytes.forget_objects(tx, [key])
        await reconcile_gone(tx, key)

    return forget


HANDLERS: Handlers = {
    registration.GatheringPublished: keep,
    registration.GatheringUpdated: keep,
    registration.GatheringClosed: keep,
    registration.GatheringCancelled: keep,
    registration.OrganisationDescribed: keep,
    registration.PersonContact: keep,
    registration.PitchSubmitted: keep,
    registration.PitchReviewed: keep,
    registration.PitchUpdated: keep,
    registration.PitchWithdrawn: keep,
    registration.PitchEndorsed: keep,
    registration.EndorsementWithdrawn: keep,
    registration.NeedOffered: keep,
    registration.OfferWithdrawn: keep,
    registration.MailRequested: owe_request,
    PersonErased: erasure.person_erased,
    registration.InvitationAnswered: keep,
    registration.AttendeeRegistered: settle,
    registration.AttendeeUpdated: settle,
    registration.AttendeeCancelled: settle,
    registration.AttendeeCheckedIn: settle,
    registration.SessionJoined: settle,
    registration.SessionWaitlisted: settle,
    registration.SessionOffered: settle,
    registration.SessionLeft: settle,
    registration.SignUpUpdated: settle,
    registration.LinkRequested: owe_link,
    matching.SessionsRecommended: settle,
    matching.SessionScheduled: change_session,
    matching.SessionRescheduled: change_session,
    matching.HostAsked: ask_host,
    matching.SessionCancelled: change_session,
    matching.SessionLink: give_link,
    matching.PlanPublished: open_wave,
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
    **{event: erasure.gone(event) for event in OWNED},
    registration.LinkRequested: request_gone(registration.LinkRequested),
    registration.MailRequested: request_gone(registration.MailRequested),
    registration.PersonContact: forget_person,
    registration.AttendeeRegistered: erasure.attendee_gone,
    registration.AttendeeUpdated: erasure.attendee_gone,
    registration.AttendeeCancelled: erasure.attendee_gone,
    registration.AttendeeCheckedIn: erasure.attendee_gone,
}
