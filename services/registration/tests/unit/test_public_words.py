"""What everybody reads of how a promise goes, by its state and the day."""

from datetime import date, timedelta

import pytest
from doorpakken_registration.commitments.model.commitment import State
from doorpakken_registration.commitments.model.public_words import PublicWord, public_word

DUE = date(2023, 11, 20)


@pytest.mark.parametrize(
    ("state", "days_past", "replans", "word"),
    [
        (State.PROPOSED, 0, 0, None),
        (State.CONSULTING, 0, 0, None),
        (State.ACCEPTED, -1, 0, PublicWord.RUNNING),
        (State.ACCEPTED, -1, 2, PublicWord.NEW_DATE),
        (State.ACCEPTED, 14, 0, PublicWord.RUNNING),
        (State.ACCEPTED, 15, 0, PublicWord.WAITS_FOR_DATE),
        (State.ACCEPTED, 15, 1, PublicWord.WAITS_FOR_DATE),
        (State.DISPUTED, 30, 0, PublicWord.RUNNING),
        (State.DELIVERED, 30, 0, PublicWord.DONE),
        (State.CONFIRMED, 30, 0, PublicWord.DONE),
        (State.ENDED, 0, 0, PublicWord.STOPPED),
    ],
)
def test_the_words(state: State, days_past: int, replans: int, word: PublicWord | None) -> None:
    day = DUE + timedelta(days=days_past)
    assert public_word(state, DUE, replans, day, was_accepted=True) is word


def test_what_was_never_agreed_is_nobodys_to_read() -> None:
    assert public_word(State.ENDED, DUE, 0, DUE, was_accepted=False) is None
