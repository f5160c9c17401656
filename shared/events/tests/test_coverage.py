"""The arithmetic of a need: what each state of a promise counts for, and what holds of the sums."""

import pytest
from doorpakken_events import states
from doorpakken_events.coverage import Coverage, NeedStatus, Share, covered
from hypothesis import given
from hypothesis import strategies as st

# Promised 5, said done 3, confirmed 2: committed, delivered, confirmed.
COUNTS = {
    "proposed": (0, 0, 0),
    "consulting": (0, 0, 0),
    "accepted": (5, 3, 0),
    "delivered": (3, 3, 0),
    "disputed": (5, 0, 0),
    "confirmed": (2, 2, 2),
    "ended": (0, 0, 0),
}


@pytest.mark.parametrize("state", states.Commitment)
def test_what_a_state_counts_for(state: str) -> None:
    share = Share(state, promised=5, done=3, received=2)
    assert (share.committed, share.delivered, share.confirmed) == COUNTS[state]


def test_more_done_than_promised_counts_at_once() -> None:
    share = Share("accepted", promised=5, done=7)
    assert (share.committed, share.delivered) == (7, 7)


def test_an_offer_counts_by_the_larger_of_itself_and_its_promises() -> None:
    shares = [
        Share("accepted", 3, offer_id="one"),
        Share("accepted", 4, offer_id="one"),
        Share("accepted", 1, offer_id="two"),
        # Its offer was taken back.
        Share("confirmed", 2, 2, 2, offer_id="gone"),
        Share("accepted", 10),
        Share("proposed", 6),
    ]
    assert covered(40, {"one": 5, "two": 4}, shares) == Coverage(
        asked=40,
        offered=7 + 4 + 2 + 10,
        offers=2,
        committed=20,
        delivered=2,
        confirmed=2,
        promises=5,
    )


@pytest.mark.parametrize(
    ("coverage", "status"),
    [
        (Coverage(5), NeedStatus.OPEN),
        (Coverage(5, offered=1), NeedStatus.OFFERED),
        (Coverage(5, offered=9, committed=1), NeedStatus.PARTLY_COVERED),
        (Coverage(5, offered=5, committed=5, delivered=5), NeedStatus.COVERED),
        (Coverage(5, offered=5, committed=5, delivered=5, confirmed=5), NeedStatus.MET),
        (Coverage(5, 6, 1, 6, 6, 6, is_closed=True), NeedStatus.CLOSED),
    ],
)
def test_how_far_a_need_is(coverage: Coverage, status: NeedStatus) -> None:
    assert coverage.status is status


def test_what_is_left_is_never_below_nothing() -> None:
    coverage = covered(5, {"one": 7}, [Share("accepted", 6)])
    assert (coverage.open, coverage.over) == (0, 8)
    assert (coverage.to_promise, coverage.promised_over) == (0, 1)


AMOUNTS = st.integers(0, 9)
SHARES = st.builds(
    Share,
    st.sampled_from([*states.Commitment]),
    AMOUNTS,
    AMOUNTS,
    AMOUNTS,
    st.sampled_from(["one", "two", "gone", None]),
)


@given(
    asked=st.integers(1, 20),
    offers=st.dictionaries(st.sampled_from(["one", "two"]), AMOUNTS),
    shares=st.lists(SHARES, max_size=8),
)
def test_each_step_holds_at_most_what_the_one_before_holds(
    asked: int, offers: dict[str, int], shares: list[Share]
) -> None:
    found = covered(asked, offers, shares)
    assert found.offered >= found.committed >= found.delivered >= found.confirmed >= 0
    assert found.offered >= sum(offers.values())
    assert covered(asked, offers, shares[::-1]) == found
