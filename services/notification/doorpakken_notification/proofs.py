"""Proves that nobody who was present is forgotten: counts every person present once, by the state
of their invitation. A mail that is being sent or uncertain does not count as done."""

from collections.abc import Mapping
from dataclasses import dataclass

from doorpakken_events.registration import AttendeeState, PersonContact
from doorpakken_plumbing.messaging import newest
from doorpakken_plumbing.mongo.database import Documents

from doorpakken_notification.model.mail_states import State
from doorpakken_notification.store import mails

DONE = (State.SENT, State.ON_PAPER, State.SUPPRESSED, State.BOUNCED, State.STOPPED)
# The state of a person who was present but is owed no invitation yet.
NOTHING_OWED = "nothing_owed"


@dataclass(frozen=True)
class Proof:
    """Everybody present = sent + on paper + suppressed + stopped, once nothing is `not_yet`.
    `bounced` is how many of the suppressed have an address that does not exist."""

    checked_in: int
    sent: int
    on_paper: int
    suppressed: int
    bounced: int
    stopped: int
    not_yet: int
    adds_up: bool


@dataclass(frozen=True)
class Missing:
    """Somebody present whose invitation is not done, and its state."""

    name: str
    state: str


async def proof_of(documents: Documents, gathering_id: str) -> Proof:
    states = list((await _states(documents, gathering_id)).values())
    bounced = states.count(State.BOUNCED)
    counted = {
        "sent": states.count(State.SENT),
        "on_paper": states.count(State.ON_PAPER),
        "suppressed": states.count(State.SUPPRESSED) + bounced,
        "stopped": states.count(State.STOPPED),
    }
    not_yet = len(states) - sum(counted.values())
    return Proof(
        checked_in=len(states), bounced=bounced, not_yet=not_yet, adds_up=not not_yet, **counted
    )


async def list_missing(documents: Documents, gathering_id: str) -> list[Missing]:
    """Ordered by name; for staff only."""
    states = await _states(documents, gathering_id)
    waiting = {attendee: state for attendee, state in states.items() if state not in DONE}
    attendees = await newest.list_by_id(documents, AttendeeState, list(waiting))
    persons = [attendee.person_id for attendee in attendees.values()]
    contacts = await newest.list_by_id(documents, PersonContact, persons)
    found = []
    for key, attendee in attendees.items():
        contact = contacts.get(attendee.person_id)
        found.append(Missing(contact.name if contact else "?", waiting[key]))
    return sorted(found, key=lambda one: one.name.casefold())


async def _states(documents: Documents, gathering_id: str) -> Mapping[str, str]:
    present = await newest.list_where(documents, AttendeeState, gathering_id=gathering_id)
    invitations = await mails.map_invitations(documents, gathering_id)
    return {
        one.attendee_id: invitations.get(one.attendee_id, NOTHING_OWED)
        for one in present
        if one.state == "checked_in" or one.checked_in_at
    }
