"""Which mails one seat calls for follows from the newest facts and from what was told."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from doorpakken_events.matching import HostAsked, SessionState
from doorpakken_events.registration import SignUpState
from doorpakken_notification.mail_rules import mails_for
from doorpakken_notification.model.calendar_notices import Told, last_told, moment_of, next_sequence
from doorpakken_notification.model.facts import Facts
from doorpakken_notification.model.mail_states import Reason, State

AT = datetime(2023, 10, 26, 13, tzinfo=UTC)
SESSION = SessionState(
    session_id="s1",
    gathering_id="g1",
    run_id="r1",
    pitch_id="p1",
    starts_at=AT,
    ends_at=AT + timedelta(hours=2),
    place="Zaal Reiger",
    capacity_min=1,
    capacity_max=9,
    state="scheduled",
)
LATER = SESSION.model_copy(
    update={"starts_at": AT + timedelta(days=2), "ends_at": AT + timedelta(days=2, hours=2)}
)
TOLD = Told("confirmation:u1", "confirmation", "u1", "s1", 3, moment_of(SESSION))
CHANGED = Told("session_changed:u1:1", "session_changed", "u1", "s1", 4, moment_of(LATER))


def _sign_up(state: str, **more: Any) -> SignUpState:
    fields = {
        "sign_up_id": "u1",
        "gathering_id": "g1",
        "session_id": "s1",
        "attendee_id": "a1",
        "signed_up_at": AT,
    }
    return SignUpState.model_validate(fields | {"state": state} | more)


def _facts(state: str, session: SessionState = SESSION, *told: Told, **more: Any) -> Facts:
    return Facts(sign_ups=(_sign_up(state),), sessions={"s1": (session, 5)}, told=told, **more)


def _owed(facts: Facts) -> dict[str, State]:
    return {mail.key: mail.state for mail in mails_for(facts)}


@pytest.mark.parametrize(
    ("state", "owed"),
    [
        ("held", {}),
        ("waitlisted", {}),
        ("conflict", {}),
        ("offered", {"offer:u1": State.QUEUED}),
        ("active", {"confirmation:u1": State.QUEUED}),
        ("ended", {"confirmation:u1": State.STOPPED}),
    ],
)
def test_a_seat_nobody_was_told_of(state: str, owed: dict[str, State]) -> None:
    assert _owed(_facts(state)) == owed


@pytest.mark.parametrize("state", ["active", "conflict", "held"])
def test_a_kept_seat_at_another_time_is_told_once(state: str) -> None:
    assert _owed(_facts(state, SESSION, TOLD)) == {}
    assert _owed(_facts(state, LATER, TOLD)) == {"session_changed:u1:1": State.QUEUED}
    assert _owed(_facts(state, LATER, TOLD, CHANGED)) == {}
    assert _owed(_facts(state, SESSION, TOLD, CHANGED)) == {"session_changed:u1:2": State.QUEUED}


def test_only_when_and_where_are_told_anew() -> None:
    smaller = SESSION.model_copy(update={"capacity_max": 2, "state": "rescheduled"})
    elsewhere = SESSION.model_copy(update={"place": "Zaal Uil"})
    online = SESSION.model_copy(update={"link": "https://online.example/uil"})
    assert _owed(_facts("active", smaller, TOLD)) == {}
    for changed in (elsewhere, online):
        assert _owed(_facts("active", changed, TOLD)) == {"session_changed:u1:1": State.QUEUED}


def test_an_end_is_told_to_who_knew_of_the_seat() -> None:
    assert _owed(_facts("ended", LATER, TOLD)) == {"seat_ended:u1": State.QUEUED}
    (erased,) = mails_for(_facts("ended", LATER, TOLD, is_erased=True))
    assert (erased.state, erased.reason) == (State.STOPPED, Reason.ERASED)


def test_a_new_seat_in_the_same_session_keeps_the_entry() -> None:
    facts = _facts("ended", SESSION, TOLD)
    again = replace(facts, sign_ups=(*facts.sign_ups, _sign_up("active", sign_up_id="u2")))
    assert _owed(again) == {"confirmation:u2": State.QUEUED}


def test_a_session_that_is_off_is_not_confirmed_and_not_changed() -> None:
    off = LATER.model_copy(update={"state": "cancelled"})
    (mail,) = mails_for(_facts("active", off))
    assert (mail.key, mail.state, mail.reason) == (
        "confirmation:u1",
        State.STOPPED,
        Reason.SESSION_CANCELLED,
    )
    assert _owed(_facts("active", off, TOLD)) == {}


def test_a_sequence_never_goes_down() -> None:
    assert next_sequence((), "s1", 3) == 3
    assert next_sequence((TOLD,), "s1", 3) == 4
    assert next_sequence((TOLD, CHANGED), "s1", 9) == 9
    assert next_sequence((TOLD, CHANGED), "s2", 1) == 1
    assert last_told((CHANGED, TOLD), "u1") == CHANGED
    assert last_told((CHANGED, TOLD), "u2") is None


@pytest.mark.parametrize(
    ("state", "keys"),
    [("asked", {"host_request:h1:2"}), ("yes", set()), ("other_slot", set()), ("replaced", set())],
)
def test_only_an_open_ask_is_mailed(state: str, keys: set[str]) -> None:
    hosting = HostAsked(
        hosting_id="h1",
        gathering_id="g1",
        session_id="s1",
        person_id="p1",
        ask=2,
        starts_at=AT,
        ends_at=AT + timedelta(hours=2),
        state=state,
        asked_at=AT,
    )
    assert _owed(Facts(hosting=hosting)).keys() == keys
