"""The event door: what registration does with each event it hears."""

from doorpakken_events.erasure import ErasureConfirmed
from doorpakken_events.matching import (
    HostAsked,
    PlanPublished,
    SessionCancelled,
    SessionLink,
    SessionRescheduled,
    SessionScheduled,
    SessionsRecommended,
    SessionState,
)
from doorpakken_events.notification import (
    InvitationBounced,
    InvitationSent,
    InvitationState,
    InvitationWaiting,
    MailSuppressed,
)
from doorpakken_plumbing.heard import Handlers, Heard, Tombstones
from doorpakken_plumbing.transaction import Transaction

from doorpakken_registration import erasure, forgetting, hosting, sessions, waves


async def on_session(tx: Transaction, heard: Heard[SessionState]) -> None:
    """A session was scheduled or cancelled."""
    await sessions.fold(tx, heard.data, heard.version)


async def on_session_link(tx: Transaction, heard: Heard[SessionLink]) -> None:
    """Where people meet on line became known."""
    await sessions.fold_link(tx, heard.data)


async def on_plan(tx: Transaction, heard: Heard[PlanPublished]) -> None:
    """A plan was published."""
    await waves.fold_plan(tx, heard.data, heard.version)


async def on_recommendation(tx: Transaction, heard: Heard[SessionsRecommended]) -> None:
    """A plan has sessions for somebody."""
    await waves.fold_recommendation(tx, heard.data, heard.version)


async def on_invitation(tx: Transaction, heard: Heard[InvitationState]) -> None:
    """An invitation was sent, or waits for a person."""
    await waves.fold_invitation(tx, heard.data, heard.version)


async def on_host_asked(tx: Transaction, heard: Heard[HostAsked]) -> None:
    """Somebody is asked to lead a session."""
    await hosting.fold(tx, heard.data, heard.version)


async def on_erasure_confirmed(tx: Transaction, heard: Heard[ErasureConfirmed]) -> None:
    """A service wiped what it knew of somebody."""
    await erasure.fold_answer(tx, heard.data)


async def recommendation_gone(tx: Transaction, attendee_id: str) -> None:
    """Matching forgot what it had for somebody."""
    await forgetting.drop_heard(tx, "recommendations", attendee_id)


async def invitation_gone(tx: Transaction, invitation_id: str) -> None:
    """Notification forgot an invitation."""
    await forgetting.drop_heard(tx, "invitations", invitation_id)


async def hosting_gone(tx: Transaction, hosting_id: str) -> None:
    """Matching forgot whom it asked to lead a session."""
    await forgetting.drop_heard(tx, "hostings", hosting_id)


HANDLERS: Handlers = {
    SessionScheduled: on_session,
    SessionRescheduled: on_session,
    SessionCancelled: on_session,
    SessionLink: on_session_link,
    PlanPublished: on_plan,
    SessionsRecommended: on_recommendation,
    InvitationSent: on_invitation,
    InvitationWaiting: on_invitation,
    InvitationBounced: on_invitation,
    MailSuppressed: on_invitation,
    HostAsked: on_host_asked,
    ErasureConfirmed: on_erasure_confirmed,
}
TOMBSTONES: Tombstones = {
    SessionsRecommended: recommendation_gone,
    **dict.fromkeys(
        (InvitationSent, InvitationWaiting, InvitationBounced, MailSuppressed), invitation_gone
    ),
    HostAsked: hosting_gone,
}
