"""Texts with more pieces of words in common are more alike."""

import pytest
from doorpakken_matching.planning.text import TextAffinity, grams_of

TEXTS = ["Naaiatelier met industriële naaimachines", "Elke week samen koken en eten in de buurt"]


def test_the_text_that_shares_pieces_is_most_alike() -> None:
    sewing, cooking = TextAffinity(TEXTS).compare("naaien, machine")
    assert sewing > 0.1
    assert sewing > cooking


def test_a_text_is_wholly_like_itself() -> None:
    alike = TextAffinity(TEXTS).compare(TEXTS[1])
    assert list(alike) == pytest.approx([0, 1], abs=0.05)


@pytest.mark.parametrize("text", ["", "?!", "🌱", "ليلى"])
def test_unknown_or_no_words_are_like_nothing(text: str) -> None:
    assert list(TextAffinity(TEXTS).compare(text)) == [0, 0]


def test_no_texts_give_no_answers() -> None:
    assert list(TextAffinity([]).compare("koken")) == []


def test_pieces_know_the_ends_of_a_word() -> None:
    assert grams_of("de") == {" de": 1, "de ": 1, " de ": 1}
