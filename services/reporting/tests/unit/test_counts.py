"""What is counted and what is not: cancelled people, declined pitches, earlier answers."""

from doorpakken_events.registration import Need, PersonaDescribed
from doorpakken_events.words import KINDS
from doorpakken_pages.catalogue import untranslated
from doorpakken_reporting.figures.covering import cover_needs
from doorpakken_reporting.figures.needs import count_needs
from doorpakken_reporting.figures.people import count_people
from doorpakken_reporting.figures.pitches import count_pitches
from doorpakken_reporting.figures.portraits import count_portraits
from doorpakken_reporting.figures.sessions import count_sessions
from doorpakken_reporting.figures.wave import count_invitations
from doorpakken_reporting.figures.wishes import count_wishes

from services.reporting.tests.unit.states import (
    AT,
    PLAN,
    answer,
    attendee,
    host,
    insight,
    invitation,
    offer,
    organisation,
    pitch,
    seat,
    session,
    support,
    wishes,
)


def test_whoever_cancelled_is_not_counted_and_new_kinds_are() -> None:
    people = count_people(
        [
            attendee(1, "cancelled"),
            attendee(2, "registered", organisation_id="o"),
            attendee(3, "checked_in", checked_in_at=AT, organisation_id="o"),
            attendee(4, "waitlisted", kind="visitor"),
        ]
    )
    assert (people.attendees, people.checked_in, people.cancelled) == (3, 1, 1)
    assert (people.on_gathering_waitlist, people.organisations) == (1, 1)
    assert list(people.people_by_kind) == [*KINDS, "visitor"]
    assert people.people_by_kind["other"].model_dump() == {"registered": 2, "present": 1}
    assert people.registered_over_time.points[-1].total == 3
    assert people.present_over_time.points[-1].total == 1


def test_organisations_that_were_merged_are_one() -> None:
    people = [attendee(n, "registered", organisation_id=f"o{n}") for n in range(5)]
    known = [organisation("o1", "o2"), organisation("o2", "o3"), organisation("o4", "o0")]
    assert count_people(people, known).organisations == 2
    halves = [organisation("o1", "o2"), organisation("o2", "o1")]
    assert count_people(people[1:3], halves).organisations == 1


def test_needs_of_declined_pitches_and_unconfirmed_support_do_not_count() -> None:
    hours = Need(need_id="n1", category="expertise", description="", amount=8, unit="hour")
    courses = Need(need_id="n2", category="expertise", description="", amount=2, unit="trajectory")
    pitches = [pitch("a", "accepted", hours, courses), pitch("b", "declined", hours)]
    support_ = [support("a", state) for state in ("confirmed", "pending", "withdrawn")]
    found = count_pitches(pitches, support_)
    assert (found.pitches, found.endorsements, found.support.recorded) == (1, 1, 3)
    assert found.support.people.model_dump() == {"confirmed": 1, "pending": 1, "withdrawn": 1}
    assert found.pitches_by_state == {"accepted": 1, "declined": 1}
    listed = found.pitch_list[0]
    assert (listed.needs, listed.joins, listed.believes, listed.pending) == (2, 1, 0, 1)
    needs = count_needs(cover_needs(pitches, [], []), [])
    (expertise,) = needs.needs_by_category
    assert (needs.needs, needs.needs_without_offer) == (2, 2)
    assert [one.model_dump() for one in expertise.amounts] == [
        {"unit": "hour", "amount": 8},
        {"unit": "trajectory", "amount": 2},
    ]


def test_offers_add_up_in_the_unit_of_their_need_and_only_while_they_stand() -> None:
    kitchen = Need(need_id="k", category="space", description="", amount=12, unit="day_part")
    cooks = Need(need_id="c", category="people", description="", amount=8, unit="person")
    gone = Need(need_id="w", category="people", description="", amount=8, unit="person")
    offers = [
        offer("k", 16, "day_part"),
        offer("k", 80, "square_metre"),
        offer("c", 4, "person", state="withdrawn"),
        offer("w", 4, "person"),
        offer(None, 250_000, "euro_cent", category="money"),
    ]
    pitches = [pitch("a", "accepted", kitchen, cooks), pitch("b", "withdrawn", gone)]
    found = count_needs(cover_needs(pitches, offers, []), offers)
    first, second = found.need_list
    assert (first.asked, first.offered, first.open, first.over, first.offers) == (12, 16, 0, 4, 2)
    assert (second.offered, second.open, second.over, second.offers) == (0, 8, 0, 0)
    assert (found.offers, found.needs_with_offer, found.needs_without_offer) == (3, 1, 1)
    (money,) = found.offers_by_category
    assert (money.category, money.offers, money.amounts[0].amount) == ("money", 1, 250_000)


def test_wishes_count_by_rank_and_not_of_who_cancelled_or_took_them_back() -> None:
    stated = [wishes(1, "a", "b"), wishes(2, "b"), wishes(3), wishes(4, "a")]
    pitches = [pitch("a", "accepted"), pitch("b", "accepted"), pitch("c", "withdrawn")]
    found = count_wishes(stated, pitches, [attendee(4, "cancelled")])
    assert (found.attendees_with_wishes, found.wishes) == (2, 3)
    assert [(one.title, one.by_rank) for one in found.wishes_for] == [
        ("b", [1, 1, 0]),
        ("a", [1, 0, 0]),
    ]


def test_only_approved_insights_count_for_a_portrait() -> None:
    told = [insight(1, "approved"), insight(2, "pending"), insight(3, "hidden")]
    persona = PersonaDescribed(persona_id="r", gathering_id="g", title="Rowena", need_ids=("n",))
    found = count_portraits([persona], told)
    assert found.insights.model_dump() == {"approved": 1, "pending": 1, "hidden": 1}
    assert (found.portraits[0].insights, found.portraits[0].needs) == (1, 1)


def test_held_and_offered_places_are_taken_and_ended_ones_are_not() -> None:
    states = ["active", "active", "held", "offered", "conflict", "waitlisted", "ended"]
    found = count_sessions(
        [session(capacity_max=4)], [seat(n, state) for n, state in enumerate(states)], [], []
    )
    (one,) = found.sessions
    assert (one.taken, one.over, one.host_says) == (5, 1, None)
    assert found.seats_by_state.model_dump() == {
        "active": 2,
        "held": 1,
        "offered": 1,
        "conflict": 1,
        "waitlisted": 1,
    }
    assert (found.seats, found.waitlisted, found.sign_ups_ended) == (2, 1, {"left": 1})


def test_the_host_of_now_speaks_and_who_was_replaced_does_not() -> None:
    said = [
        host("h1", "p1", "no", 1),
        host("h2", "p2", "other_slot", 2),
        host("h2", "p2", "yes", 3),
    ]
    found = count_sessions([session(host="p2")], [], [], said)
    assert found.sessions[0].host_says == "yes"
    assert found.hosts == {"yes": 1, "no": 0, "other_slot": 0, "none": 0}
    assert count_sessions([session(host="p3")], [], [], said).hosts["none"] == 1


def test_only_invitations_count_and_nobody_present_is_forgotten() -> None:
    delivered = [
        invitation(1, "sent"),
        invitation(1, "sent", kind="confirmation"),
        invitation(2, "on_paper"),
        invitation(3, "stopped"),
    ]
    wave = count_invitations([PLAN], delivered, [], present=5).wave
    assert (wave.sent, wave.on_paper, wave.stopped, wave.waiting) == (1, 1, 1, 2)
    assert not wave.adds_up
    delivered += [invitation(4, "bounced"), invitation(5, "suppressed")]
    assert count_invitations([PLAN], delivered, [], present=5).wave.adds_up
    delivered[0] = invitation(1, "ambiguous")
    assert not count_invitations([PLAN], delivered, [], present=5).wave.adds_up
    assert count_invitations([], [], [], present=5).wave.waiting == 0


def test_the_last_answer_of_somebody_counts() -> None:
    answers = [
        answer(1, "accepted", "r", 5),
        answer(1, "declined", "q", 2),
        answer(2, "maybe", "r", 1),
        answer(3, "accepted", "r", 1),
        answer(3, "pending", "r", 6),
    ]
    sent = [invitation(number, "sent") for number in range(4)]
    found = count_invitations([PLAN], sent, answers, present=4).answers
    given = {"accepted": 1, "declined": 0, "maybe": 1}
    assert found.model_dump() == given | {"none": 2, "pending": 1}


def test_every_text_has_its_english() -> None:
    assert untranslated("doorpakken_reporting") == set()
