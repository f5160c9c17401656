"""The expected counts follow from what was done and from how many seats the sessions have."""

from collections import Counter

import pytest
from doorpakken_local.demo.counting.expected import TooTame, check_over_asked, expect
from doorpakken_local.demo.counting.tally import Tally
from doorpakken_local.demo.stories.parts import Offer
from doorpakken_local.demo.stories.story import load
from doorpakken_local.demo.visiting.web import Json

OCTA: Json = {"id": "s1", "title": "OCTA", "capacity_max": 2}
LUNCH: Json = {"id": "s2", "title": "Lunch", "capacity_max": 9}


def asking() -> Tally:
    """Three ask for one session with two seats, one of them for another session too."""
    return Tally(chosen={"Mila": ["s1"], "Ahmed": ["s1", "s2"], "Kim": ["s1"]})


def test_seats_are_what_is_asked_as_far_as_there_is_room() -> None:
    counts = expect(asking(), [OCTA, LUNCH])
    assert (counts.seats, counts.waitlisted, counts.left) == (3, 1, 0)


def test_who_waits_has_the_seat_that_was_given_up() -> None:
    tally = asking()
    tally.given_up.append("s1")
    tally.mails += Counter(offer=1, seat_ended=1)
    counts = expect(tally, [OCTA, LUNCH])
    assert (counts.seats, counts.waitlisted, counts.left) == (3, 0, 1)
    assert counts.mails == {"offer": 1, "seat_ended": 1, "confirmation": 4}


def test_a_seat_on_paper_is_confirmed_by_no_mail() -> None:
    tally = asking()
    tally.seats_on_paper, tally.handed_over = 2, 1
    assert tally.confirmations(3) == 2


def test_people_are_counted_by_kind_and_organisation() -> None:
    people = list(load().people[:6])
    counts = expect(Tally(signed_up=people, present=people[:4]), [])
    assert (counts.attendees, counts.checked_in) == (6, 4)
    assert counts.people_by_kind is not None
    assert sum(registered for registered, _ in counts.people_by_kind.values()) == 6
    assert sum(present for _, present in counts.people_by_kind.values()) == 4
    assert counts.organisations == len({one.organisation for one in people} - {None})


def test_an_offer_toward_no_need_covers_none() -> None:
    pitch = load().pitches[0]
    need = pitch.needs[0]
    offers = [
        Offer(name="O1", by="Kim", need=need.name, amount=need.amount + 2),
        Offer(name="O2", by="Kim", category="space", unit="day_part", amount=1),
    ]
    counts = expect(Tally(pitches=[pitch], offers=offers), [])
    assert (counts.offers, counts.needs_with_offer) == (2, 1)
    assert counts.needs_left is not None
    assert counts.needs_left[need.name] == (0, 2)


@pytest.mark.parametrize(("least", "seats"), [(4, 2), (3, 3)])
def test_a_session_asked_too_little_is_told(least: int, seats: int) -> None:
    session = OCTA | {"capacity_max": seats}
    with pytest.raises(TooTame, match="OCTA: 3 asked"):
        check_over_asked({"OCTA": least}, asking(), [session])
    check_over_asked({"OCTA": 3}, asking(), [OCTA, LUNCH])
