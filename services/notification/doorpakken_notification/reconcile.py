"""Reconciles the ledger with the facts: loads them, derives mails, writes the difference. Does not
send; runs in the transaction of the event that changed a fact."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from doorpakken_events.matching import HostAsked, SessionsRecommended, SessionState
from doorpakken_events.registration import (
    AttendeeState,
    GatheringState,
    LinkRequested,
    MailRequested,
    SignUpState,
)
from doorpakken_plumbing.messaging import erasure, newest
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Documents
from doorpakken_plumbing.time.timers import Timer, TimerHandlers, set_timer

from doorpakken_notification.mail_rules import mails_for
from doorpakken_notification.model.facts import Facts
from doorpakken_notification.model.mail import Mail
from doorpakken_notification.reconcile_promises import reconcile_promises
from doorpakken_notification.settling import settle
from doorpakken_notification.store import mails, waves
from doorpakken_notification.store.mails import Changes
from doorpakken_notification.store.promises import COMMITMENT_REQUEST

RECONCILE = "reconcile-session"
GATHERING = "reconcile-gathering"
PEOPLE_AT_ONCE = 250
# Always in the past, so that the timer is due at once on every clock.
PAST = datetime(1970, 1, 1, tzinfo=UTC)


async def reconcile_attendees(tx: Transaction, attendee_ids: Sequence[str]) -> None:
    if not attendee_ids:
        return
    found = await mails.list_of_attendees(tx, attendee_ids)
    facts = await _facts_of(tx, attendee_ids, found)
    changes = Changes()
    for attendee_id in attendee_ids:
        theirs = facts[attendee_id]
        person_id = theirs.attendee.person_id if theirs.attendee else None
        settle(tx, changes, mails_for(theirs), found[attendee_id], person_id)
    await changes.save(tx)


async def reconcile_session(tx: Transaction, session_id: str, *, after: str = "") -> None:
    """Reconciles the first PEOPLE_AT_ONCE attendees by id, so that they fit one transaction; a
    timer continues with the others."""
    sign_ups = await newest.list_where(tx, SignUpState, session_id=session_id)
    left = sorted({one.attendee_id for one in sign_ups if one.attendee_id > after})
    await reconcile_attendees(tx, left[:PEOPLE_AT_ONCE])
    if len(left) > PEOPLE_AT_ONCE:
        data = {"session_id": session_id, "after": left[PEOPLE_AT_ONCE - 1]}
        await set_timer(tx, f"{RECONCILE}/{session_id}", RECONCILE, PAST, data)


async def go_on(tx: Transaction, timer: Timer) -> None:
    await reconcile_session(tx, timer.data["session_id"], after=timer.data["after"])


async def reconcile_gathering(tx: Transaction, gathering_id: str, *, after: str = "") -> None:
    """As `reconcile_session`, for all attendees of the gathering."""
    ids = await newest.list_ids_where(tx, AttendeeState, gathering_id=gathering_id)
    left = sorted(one for one in ids if one > after)
    await reconcile_attendees(tx, left[:PEOPLE_AT_ONCE])
    if len(left) > PEOPLE_AT_ONCE:
        data = {"gathering_id": gathering_id, "after": left[PEOPLE_AT_ONCE - 1]}
        await set_timer(tx, f"{GATHERING}/{gathering_id}", GATHERING, PAST, data)


async def go_on_with_gathering(tx: Transaction, timer: Timer) -> None:
    await reconcile_gathering(tx, timer.data["gathering_id"], after=timer.data["after"])


async def reconcile_person(tx: Transaction, person_id: str) -> None:
    attendees = await newest.list_where(tx, AttendeeState, person_id=person_id)
    await reconcile_attendees(tx, [attendee.attendee_id for attendee in attendees])
    for request in await newest.list_where(tx, LinkRequested, person_id=person_id):
        await reconcile_link(tx, request)
    for asked in await newest.list_where(tx, MailRequested, person_id=person_id):
        await reconcile_request(tx, asked)
    for hosting in await newest.list_where(tx, HostAsked, person_id=person_id):
        await reconcile_hosting(tx, hosting)


async def reconcile_link(tx: Transaction, request: LinkRequested) -> None:
    is_erased = await erasure.is_erased(tx, request.person_id)
    await _reconcile_object(
        tx, request.link_request_id, Facts(link_request=request, is_erased=is_erased)
    )


async def reconcile_request(tx: Transaction, request: MailRequested) -> None:
    if request.kind == COMMITMENT_REQUEST:
        await reconcile_promises(tx, [request.object_id])
        return
    is_erased = await erasure.is_erased(tx, request.person_id)
    await _reconcile_object(
        tx, request.mail_request_id, Facts(mail_request=request, is_erased=is_erased)
    )


async def reconcile_gone(tx: Transaction, object_id: str) -> None:
    """For a request that no longer exists: mails that were not sent are dropped. The key of a sent
    mail stays, so that it is never sent again."""
    await _reconcile_object(tx, object_id, Facts())


async def reconcile_hosting(tx: Transaction, hosting: HostAsked) -> None:
    is_erased = await erasure.is_erased(tx, hosting.person_id)
    await _reconcile_object(tx, hosting.hosting_id, Facts(hosting=hosting, is_erased=is_erased))


async def _reconcile_object(tx: Transaction, object_id: str, facts: Facts) -> None:
    changes = Changes()
    settle(tx, changes, mails_for(facts), await mails.list_of_object(tx, object_id))
    await changes.save(tx)


async def _facts_of(
    documents: Documents, attendee_ids: Sequence[str], found: Mapping[str, Sequence[Mail]]
) -> dict[str, Facts]:
    attendees = await newest.list_by_id(documents, AttendeeState, attendee_ids)
    recommended = await newest.list_by_id(documents, SessionsRecommended, attendee_ids)
    sign_ups = await newest.group_by(documents, SignUpState, "attendee_id", attendee_ids)
    session_ids = sorted({one.session_id for theirs in sign_ups.values() for one in theirs})
    sessions = await newest.list_with_versions(documents, SessionState, session_ids)
    runs = sorted({one.run_id for one in recommended.values()})
    released = await waves.list_released(documents, runs) if runs else frozenset()
    places = {one.gathering_id for one in attendees.values()}
    gatherings = await newest.list_with_versions(documents, GatheringState, places)
    people = sorted({one.person_id for one in attendees.values()})
    erased = await erasure.find_erased(documents, people)

    def of(attendee_id: str) -> Facts:
        attendee, plan = attendees.get(attendee_id), recommended.get(attendee_id)
        at = attendee.gathering_id if attendee else ""
        gathering, version = gatherings.get(at, (None, None))
        return Facts(
            attendee=attendee,
            gathering=gathering,
            gathering_version=version,
            recommendation=plan,
            is_released=plan is not None and plan.run_id in released,
            is_erased=attendee is not None and attendee.person_id in erased,
            sign_ups=tuple(sign_ups[attendee_id]),
            sessions=sessions,
            told=tuple(mail.notice for mail in found[attendee_id] if mail.notice),
        )

    return {attendee_id: of(attendee_id) for attendee_id in attendee_ids}


TIMERS: TimerHandlers = {RECONCILE: go_on, GATHERING: go_on_with_gathering}
