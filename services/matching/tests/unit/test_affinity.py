"""Scores come from what people said, each with its reason."""

import pytest
from doorpakken_events.registration import AttendeeState, PitchEndorsed, PitchState
from doorpakken_matching.affinity import Pair, Scorer, shares_word, tag_score
from doorpakken_matching.model.problem import Parameters, scarcity_of

from services.matching.tests.unit.problems import attendee, pitch, support

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
    who: AttendeeState, what: PitchState = OCTA, supported: tuple[PitchEndorsed, ...] = ()
) -> Pair:
    """The pair of this attendee and pitch, both pitches known."""
    pairs = Scorer((OCTA, LUNCH), supported, {}, Parameters()).pairs(who)
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


def test_scarcity_alone_is_no_reason_to_be_seated() -> None:
    scorer = Scorer((OCTA,), (), {"other": 1.0}, Parameters())
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
