"""Scores come from what people said, each with its reason."""

import pytest
from doorpakken_events.registration import (
    AttendeeState,
    NeedOffered,
    PitchEndorsed,
    PitchState,
    WishesStated,
)
from doorpakken_matching.model.explicit_signals import Statements
from doorpakken_matching.model.problem import Parameters, scarcity_of
from doorpakken_matching.planning.affinity import Pair, Scorer, shares_word, tag_score

from services.matching.tests.unit.problems import attendee, offer, pitch, support, wish

OCTA = pitch(
    "octa",
    needs=("placement", "expertise", "network"),
    title="OCTA: 15 stageplekken",
    summary="Platform tussen jongeren en bedrijven in Zuidoost",
)
LUNCH = pitch(
    "lunch", needs=("space", "people"), title="Wekelijkse buurtlunch", summary="Samen koken"
)


def pair_of(
    who: AttendeeState,
    what: PitchState = OCTA,
    supported: tuple[PitchEndorsed, ...] = (),
    *,
    wishes: tuple[WishesStated, ...] = (),
    offers: tuple[NeedOffered, ...] = (),
) -> Pair:
    """The pair of this attendee and pitch, both pitches known."""
    statements = Statements(wishes, supported, offers)
    pairs = Scorer((OCTA, LUNCH), statements, {}, Parameters()).pairs(who)
    return next(one for one in pairs if one.pitch_id == what.pitch_id)


def test_an_offer_that_meets_a_need_names_the_need() -> None:
    pair = pair_of(attendee("a", offers=("placement",)))
    assert pair.parts["tags"] == 150  # one of three categories, at 0.45
    assert [(one.code, one.need_id) for one in pair.reasons] == [
        ("offer_meets_need", "octa-placement")
    ]
    assert pair.fits


def test_an_interest_is_met_by_the_start_of_a_word() -> None:
    pair = pair_of(attendee("a", interests=("stage",)))
    assert (pair.reasons[0].code, pair.reasons[0].word) == ("shared_interest", "stage")
    assert pair.score > pair_of(attendee("a", interests=("stage",)), LUNCH).score


@pytest.mark.parametrize(
    ("interest", "words", "shared"),
    [
        ("jongeren", {"jongeren"}, True),
        ("jong", {"jongeren"}, True),
        ("jon", {"jongeren"}, False),
        ("stage lopen", {"stageplekken", "lopen"}, True),
        ("stage lopen", {"stageplekken"}, False),
        ("", {"stage"}, False),
    ],
)
def test_words_are_alike_by_their_start(interest: str, words: set[str], shared: bool) -> None:
    assert shares_word(interest, words) is shared


def test_tags_are_a_weighted_jaccard() -> None:
    assert tag_score(set(), set(), 0, 0) == 0
    assert tag_score({"money"}, {"money"}, 0, 0) == 1
    assert tag_score({"money"}, {"money", "space"}, 2, 1) == pytest.approx((2 + 1) / (4 + 2))


def test_support_counts_for_the_person_more_than_for_the_organisation() -> None:
    who = attendee("a", person="p", organisation="o")
    own = pair_of(who, supported=(support("octa", person="p"),))
    theirs = pair_of(who, supported=(support("octa", organisation="o"),))
    assert (own.parts["explicit"], theirs.parts["explicit"]) == (150, 90)
    assert own.reasons[0].code == theirs.reasons[0].code == "supports_pitch"


@pytest.mark.parametrize("state", ["pending", "withdrawn"])
def test_support_counts_only_when_confirmed(state: str) -> None:
    pair = pair_of(attendee("a", person="p"), supported=(support("octa", person="p", state=state),))
    assert (pair.score, pair.fits) == (0, False)


@pytest.mark.parametrize(
    ("wished", "explicit"),
    [
        (("octa",), 150),
        (("lunch", "octa"), 105),
        (("lunch", "other", "octa"), 75),
        (("lunch",), 0),
        ((), 0),
    ],
)
def test_a_wish_counts_by_its_rank(wished: tuple[str, ...], explicit: int) -> None:
    pair = pair_of(attendee("a"), wishes=(wish("a", *wished), wish("b", "octa")))
    assert pair.parts["explicit"] == explicit
    assert [one.code for one in pair.reasons] == (["wished_for"] if explicit else [])
    assert pair.fits is bool(explicit)


def test_an_offer_to_a_need_counts_and_names_the_need() -> None:
    who = attendee("a", person="p", organisation="o")
    own = pair_of(who, offers=(offer("octa-network", "network", person="p"),))
    theirs = pair_of(who, offers=(offer("octa-network", "network", organisation="o"),))
    assert (own.parts["explicit"], theirs.parts["explicit"]) == (150, 90)
    assert [(one.code, one.need_id) for one in own.reasons] == [
        ("offer_meets_need", "octa-network")
    ]


@pytest.mark.parametrize(
    "given",
    [
        offer("octa-network", "network", person="p", state="withdrawn"),
        offer("octa-network", "network", person="q"),
        offer("lunch-space", "space", person="p"),
        offer(None, "network", person="p"),
    ],
)
def test_offers_that_say_nothing_about_a_pitch(given: NeedOffered) -> None:
    assert pair_of(attendee("a", person="p"), offers=(given,)).score == 0


def test_the_strongest_of_what_was_said_counts_and_all_of_it_is_told() -> None:
    who = attendee("a", person="p", organisation="o", offers=("network",))
    pair = pair_of(
        who,
        supported=(support("octa", organisation="o"),),
        wishes=(wish("a", "lunch", "octa"),),
        offers=(offer("octa-placement", "placement", organisation="o"),),
    )
    assert pair.parts["explicit"] == 105
    assert [(one.code, one.need_id) for one in pair.reasons] == [
        ("wished_for", None),
        ("supports_pitch", None),
        ("offer_meets_need", "octa-placement"),
        ("offer_meets_need", "octa-network"),
    ]


def test_scarcity_alone_is_no_reason_to_be_seated() -> None:
    scorer = Scorer((OCTA,), Statements((), (), ()), {"other": 1.0}, Parameters())
    (pair,) = scorer.pairs(attendee("a", kind="other"))
    assert pair.score == 100
    assert not pair.fits


def test_a_kind_is_scarce_below_an_even_share() -> None:
    assert scarcity_of(["other"] * 3 + ["covenant_partner"]) == {
        "covenant_partner": 0.5,
        "other": 0.0,
    }
    assert scarcity_of([]) == {}


def test_nothing_said_scores_nothing() -> None:
    assert pair_of(attendee("a")).score == 0
