"""Plans about the same thing are found alike, in words that are not quite the same."""

from itertools import combinations

import pytest
from doorpakken_registration.pitches.model.likeness import ALIKE_FROM, likeness

SEWING = "Kleur & Draad. Een leerwerkplek naaien. Mensen leren een vak en maken kleding van stof."
LUNCH = "Pepre & Zout. Iedere week een buurtlunch. Buren koken samen en niemand eet alleen."
MOTHERS = "Mom Entrepreneur. Een ondernemerscursus voor moeders, met een kinderhoek en oppas."
REPAIR = "Reparatiehuis. Spullen repareren en verkopen. Buren leren gereedschap gebruiken."
ADVICE = "De Ondernemerswinkel. Een inloop met vragen over geld, regels en huur, en een spreekuur."
GARDEN = "Moestuin. Samen groente kweken op het dak. Kinderen leren waar eten vandaan komt."
BIKES = "Fietsen leren. Vrouwen leren fietsen in het park, met geleende fietsen en vrijwilligers."
LANGUAGE = "Taalcafé. Iedere week samen Nederlands oefenen in de buurt. Iedereen is welkom."
PLANS = (SEWING, LUNCH, MOTHERS, REPAIR, ADVICE, GARDEN, BIKES, LANGUAGE)


@pytest.mark.parametrize(
    ("plan", "like"),
    [
        (SEWING, "Naaiatelier voor de wijk. Leren naaien en samen kleding maken van oude stof."),
        (LUNCH, "Samen eten. Elke week koken buren een lunch voor wie alleen is."),
        (MOTHERS, "Moeders ondernemen. Een cursus voor moeders met een bedrijf, met oppas."),
        (REPAIR, "Repair Café. Buren repareren kapotte spullen."),
        (ADVICE, "Spreekuur. Inloopspreekuur over geld, belasting en regels voor winkeliers."),
    ],
)
def test_the_same_plan_in_other_words(plan: str, like: str) -> None:
    assert [one for one in PLANS if likeness(one, like) >= ALIKE_FROM] == [plan]
    assert likeness(plan, like) == likeness(like, plan)


def test_different_plans_are_not_alike() -> None:
    scores = {pair: likeness(*pair) for pair in combinations(PLANS, 2)}
    assert [pair for pair, score in scores.items() if score >= ALIKE_FROM] == []


def test_the_same_words_and_none() -> None:
    assert likeness(SEWING, SEWING.upper()) == pytest.approx(1)
    assert likeness("ورشة خياطة للجيران", "ورشة خياطة") >= ALIKE_FROM
    assert likeness("", SEWING) == likeness("wij en dat", "wij en dat") == 0


def test_long_texts_are_compared_by_their_beginning() -> None:
    letters = " ".join(f"woord{a}{b}{c}" for a in "aeiou" for b in "bcdfg" for c in "klmnp")
    assert likeness(f"{SEWING} {letters}", f"{BIKES} {letters}") < 1
    assert likeness(f"{letters} {SEWING}", f"{letters} {BIKES}") == pytest.approx(1)
