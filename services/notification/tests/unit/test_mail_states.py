"""Every move between two states of a mail or of a wave is in its table, or it is refused."""

from itertools import product

import pytest
from doorpakken_events.moves import ForbiddenMove
from doorpakken_notification.model.mail import OwedMail, next_state
from doorpakken_notification.model.mail_states import FACTUAL, MOVES, Cause, Reason, State
from doorpakken_notification.model.waves import WAVE_MOVES, WaveCause, WaveState

# Before, after and why, as a reader of the table would say it.
PICTURE: dict[Cause, dict[str, str]] = {
    Cause.FACTS: {
        "draft": "queued stopped",
        "queued": "stopped",
        "leased": "stopped",
        "retry": "stopped",
        "on_paper": "stopped",
        "stopped": "draft queued",
    },
    Cause.NOT_OWED: dict.fromkeys(
        ("queued", "leased", "retry", "on_paper", "stopped", "bounced", "ambiguous"), "stopped"
    ),
    Cause.RELEASE: {"draft": "queued"},
    Cause.LEASE: {"queued": "leased", "retry": "leased", "leased": "queued"},
    Cause.SENDER: {
        "leased": "intent on_paper bounced suppressed stopped ambiguous",
        "intent": "retry on_paper bounced suppressed stopped ambiguous",
    },
    Cause.SERVER: {str(state): "sent" for state in State if state is not State.SENT},
    Cause.STAFF: dict.fromkeys(("stopped", "bounced", "ambiguous"), "queued stopped"),
}
WAVE_PICTURE = {
    WaveCause.FACTS: {"open": "complete", "complete": "open"},
    WaveCause.RELEASE: {"complete": "released"},
}


@pytest.mark.parametrize("cause", Cause)
def test_a_mail_moves_as_the_table_says_and_in_no_other_way(cause: Cause) -> None:
    for before, after in product(State, State):
        may = after in PICTURE[cause].get(before, "").split()
        assert MOVES.allows(cause, before, after) == may, (before, after)
        if not may:
            with pytest.raises(ForbiddenMove, match=f"{cause}: {before} to {after}"):
                MOVES.require(cause, before, after)


@pytest.mark.parametrize("cause", WaveCause)
def test_a_wave_moves_as_the_table_says_and_in_no_other_way(cause: WaveCause) -> None:
    for before, after in product(WaveState, WaveState):
        may = after in WAVE_PICTURE[cause].get(before, "").split()
        assert WAVE_MOVES.allows(cause, before, after) == may, (before, after)


def test_a_cause_that_never_leads_to_a_state_has_no_filter() -> None:
    assert MOVES.before(Cause.LEASE, State.LEASED) == [State.QUEUED, State.RETRY]
    with pytest.raises(ForbiddenMove):
        MOVES.before(Cause.STAFF, State.SENT)


def test_no_cause_takes_back_what_was_sent() -> None:
    assert not any(State.SENT in states for states in MOVES.table.values())


def test_facts_make_no_other_move_than_theirs() -> None:
    for current, reason, wanted in product(State, (None, *Reason), State):
        owed = OwedMail("k", "invitation", wanted, reason=Reason.CANCELLED)
        after = next_state(current, reason, owed)
        is_undone = current is State.STOPPED and reason in FACTUAL
        if after is not current:
            assert after is wanted
            assert MOVES.allows(Cause.FACTS, current, after)
            assert is_undone or current is not State.STOPPED
