"""What registration does with each event about plans, sessions, invitations and hostings."""

from doorpakken_events.matching import (
    HostAsked,
    PlanPublished,
    SessionCancelled,
    SessionLink,
    SessionRescheduled,
    SessionScheduled,
    SessionsRecommended,
    SessionState,
    SessionTookPlace,
)
from doorpakken_events.notification import (
    MailBounced,
    MailSent,
    MailState,
    MailSuppressed,
    MailWaiting,
)
from doorpakken_plumbing.messaging.heard import Handlers, ReceivedEvent, Tombstones
from doorpakken_plumbing.messaging.transaction import Transaction

from doorpakken_registration.common.store import taking
from doorpakken_registration.seats import hosting, sessions, waves


async def on_session_state(tx: Transaction, heard: ReceivedEvent[SessionState]) -> None:
    await sessions.fold(tx, heard.data, heard.version)


async def on_session_link(tx: Transaction, heard: ReceivedEvent[SessionLink]) -> None:
    await sessions.fold_link(tx, heard.data)


async def on_plan_published(tx: Transaction, heard: ReceivedEvent[PlanPublished]) -> None:
    await waves.fold_plan(tx, heard.data, heard.version)


async def on_sessions_recommended(
    tx: Transaction, heard: ReceivedEvent[SessionsRecommended]
) -> None:
    await waves.fold_recommendation(tx, heard.data, heard.version)


async def on_mail_state(tx: Transaction, heard: ReceivedEvent[MailState]) -> None:
    await waves.fold_invitation(tx, heard.data, heard.version)


async def on_host_asked(tx: Transaction, heard: ReceivedEvent[HostAsked]) -> None:
    await hosting.fold(tx, heard.data, heard.version)


async def on_recommendation_gone(tx: Transaction, attendee_id: str) -> None:
    await taking.take(tx, "recommendations", "_id", [attendee_id])


async def on_mail_gone(tx: Transaction, mail_id: str) -> None:
    await taking.take(tx, "invitations", "_id", [mail_id])


async def on_hosting_gone(tx: Transaction, hosting_id: str) -> None:
    await taking.take(tx, "hostings", "_id", [hosting_id])


HANDLERS: Handlers = {
    SessionScheduled: on_session_state,
    SessionRescheduled: on_session_state,
    SessionCancelled: on_session_state,
    SessionTookPlace: on_session_state,
    SessionLink: on_session_link,
    PlanPublished: on_plan_published,
    SessionsRecommended: on_sessions_recommended,
    MailSent: on_mail_state,
    MailWaiting: on_mail_state,
    MailBounced: on_mail_state,
    MailSuppressed: on_mail_state,
    HostAsked: on_host_asked,
}
TOMBSTONES: Tombstones = {
    SessionsRecommended: on_recommendation_gone,
    **dict.fromkeys((MailSent, MailWaiting, MailBounced, MailSuppressed), on_mail_gone),
    HostAsked: on_hosting_gone,
}
