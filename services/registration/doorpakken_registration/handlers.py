"""The event door: what registration does with each event it hears."""

from doorpakken_events.matching import (
    PlanPublished,
    SessionCancelled,
    SessionScheduled,
    SessionsRecommended,
    SessionState,
)
from doorpakken_events.notification import InvitationSent, InvitationState, InvitationWaiting
from doorpakken_plumbing.heard import Handlers, Heard
from doorpakken_plumbing.transaction import Transaction

from doorpakken_registration import sessions, waves


async def on_session(tx: Transaction, heard: Heard[SessionState]) -> None:
    """A session was scheduled or cancelled."""
    await sessions.fold(tx, heard.data, heard.version)


async def on_plan(tx: Transaction, heard: Heard[PlanPublished]) -> None:
    """A plan was published."""
    await waves.fold_plan(tx, heard.data, heard.version)


async def on_recommendation(tx: Transaction, heard: Heard[SessionsRecommended]) -> None:
    """A plan has sessions for somebody."""
    await waves.fold_recommendation(tx, heard.data, heard.version)


async def on_invitation(tx: Transaction, heard: Heard[InvitationState]) -> None:
    """An invitation was sent, or waits for a person."""
    await waves.fold_invitation(tx, heard.data, heard.version)


HANDLERS: Handlers = {
    SessionScheduled: on_session,
    SessionCancelled: on_session,
    PlanPublished: on_plan,
    SessionsRecommended: on_recommendation,
    InvitationSent: on_invitation,
    InvitationWaiting: on_invitation,
}
