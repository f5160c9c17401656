"""Who is owed which mail follows from the facts alone, in whatever order they came."""

from datetime import UTC, datetime
from itertools import permutations
from typing import Any

import pytest
from doorpakken_events.event import Event
from doorpakken_events.matching import SessionsRecommended
from doorpakken_events.registration import (
    AttendeeCancelled,
    AttendeeCheckedIn,
    AttendeeRegistered,
    LinkRequested,
    SessionJoined,
    SessionLeft,
)
from doorpakken_notification.mail_rules import mails_for
from doorpakken_notification.model.facts import Facts
from doorpakken_notification.model.mail import OwedMail, follows_facts, next_state
from doorpakken_notification.model.mail_kinds import MAIL_KINDS
from doorpakken_notification.model.mail_states import Reason, State

AT = datetime(2023, 10, 6, 13, tzinfo=UTC)
ATTENDEE: dict[str, Any] = {
    "attendee_id": "a1",
    "gathering_id": "g1",
    "person_id": "p1",
    "kind": "other",
    "language": "nl",
    "registered_at": AT,
}
SIGN_UP: dict[str, Any] = {
    "sign_up_id": "u1",
    "gathering_id": "g1",
    "session_id": "s1",
    "attendee_id": "a1",
    "signed_up_at": AT,
}
RECOMMENDED = SessionsRecommended(attendee_id="a1", gathering_id="g1", run_id="r1")
PRESENT = AttendeeCheckedIn(**ATTENDEE, state="checked_in")
CANCELLED = AttendeeCancelled(**ATTENDEE, state="cancelled")

Ledger = dict[str, tuple[State, Reason | None]]

# Versions and states of four aggregates; the guard lets only newer ones through.
STORY: tuple[tuple[int, Event], ...] = (
    (1, AttendeeRegistered(**ATTENDEE, state="registered")),
    (2, PRESENT),
    (3, CANCELLED),
    (1, RECOMMENDED),
    (2, RECOMMENDED.model_copy(update={"run_id": "r2"})),
    (1, SessionJoined(**SIGN_UP, state="active")),
    (2, SessionLeft(**SIGN_UP, state="ended", reason="left")),
)


def _facts_of(newest: dict[str, tuple[int, Event]]) -> Facts:
    states = [event for _, event in newest.values()]
    return Facts(
        attendee=next((e for e in states if e.AGGREGATE == "attendee"), None),  # type: ignore[arg-type]
        recommendation=next((e for e in states if isinstance(e, SessionsRecommended)), None),
        sign_ups=tuple(e for e in states if isinstance(e, SessionJoined | SessionLeft)),
    )


def _ledger(order: tuple[tuple[int, Event], ...]) -> Ledger:
    """Folds and settles event by event, as the handlers do."""
    newest: dict[str, tuple[int, Event]] = {}
    ledger: Ledger = {}
    for version, event in order:
        if version <= newest.get(event.AGGREGATE, (0, event))[0]:
            continue
        newest[event.AGGREGATE] = (version, event)
        for wanted in mails_for(_facts_of(newest)):
            state, reason = ledger.get(wanted.key, (State.DRAFT, None))
            after = next_state(state, reason, wanted)
            if after is not state or follows_facts(state, reason):
                reason = wanted.reason
            ledger[wanted.key] = (after, reason)
    return ledger


def test_all_orders_give_the_same_rows() -> None:
    told = _ledger(STORY)
    assert told == {
        "invitation:g1:a1": (State.STOPPED, Reason.CANCELLED),
        "confirmation:u1": (State.STOPPED, Reason.SEAT_ENDED),
    }
    orders = list(permutations(STORY))
    assert len(orders) == 5040
    for order in orders:
        assert _ledger(order) == told


def test_a_recommendation_is_a_draft_until_its_wave_is_released() -> None:
    (draft,) = mails_for(Facts(recommendation=RECOMMENDED))
    (queued,) = mails_for(Facts(recommendation=RECOMMENDED, is_released=True))
    assert (draft.state, queued.state) == (State.DRAFT, State.QUEUED)
    assert draft.key == queued.key == "invitation:g1:a1"
    assert draft.mail_id == queued.mail_id


def test_being_present_alone_owes_nothing() -> None:
    assert mails_for(Facts(attendee=PRESENT)) == []


@pytest.mark.parametrize(
    ("state", "expected"),
    [("active", State.QUEUED), ("ended", State.STOPPED), ("waitlisted", None), ("held", None)],
)
def test_only_a_taken_seat_is_confirmed(state: str, expected: State | None) -> None:
    mails = mails_for(Facts(sign_ups=(SessionJoined(**SIGN_UP, state=state),)))
    assert [mail.state for mail in mails] == ([expected] if expected else [])


def test_an_erased_person_is_owed_nothing() -> None:
    request = LinkRequested(
        link_request_id="l1", person_id="p1", purpose="sign_in", requested_at=AT
    )
    facts = Facts(PRESENT, RECOMMENDED, is_erased=True, link_request=request)
    assert {(mail.kind, mail.state, mail.reason) for mail in mails_for(facts)} == {
        ("invitation", State.STOPPED, Reason.ERASED),
        ("personal_link", State.STOPPED, Reason.ERASED),
    }


@pytest.mark.parametrize("gone", [State.INTENT, State.SENT, State.AMBIGUOUS, State.BOUNCED])
def test_what_has_left_the_house_stays_as_it_is(gone: State) -> None:
    stop = OwedMail("k", "invitation", State.STOPPED, reason=Reason.CANCELLED)
    assert next_state(gone, None, stop) is gone
    assert next_state(gone, None, OwedMail("k", "invitation", State.QUEUED)) is gone


def test_a_stop_by_the_mail_server_is_not_undone_by_facts() -> None:
    queued = OwedMail("k", "invitation", State.QUEUED)
    assert next_state(State.STOPPED, Reason.REFUSED, queued) is State.STOPPED
    assert next_state(State.STOPPED, Reason.CANCELLED, queued) is State.QUEUED


def test_every_mail_says_what_calls_for_it_and_what_cancels_it() -> None:
    for mail in MAIL_KINDS.values():
        assert mail.called_for_by
        assert mail.cancelled_by
        assert mail.at_most
        assert mail.key.split(":")[0] in MAIL_KINDS
