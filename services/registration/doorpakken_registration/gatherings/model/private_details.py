"""What an attendee tells only the organisers: what to arrange for them, and their answers to the
gathering's own questions. It is on no topic and goes some days after the gathering."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

from doorpakken_registration.gatherings.model.gathering import Question

Arrangement = Literal["interpreter", "wheelchair", "child_care", "diet"]
ARRANGEMENTS: tuple[Arrangement, ...] = get_args(Arrangement)
NOTE_LENGTH_MAX = 500


@dataclass(frozen=True)
class Reply:
    """What somebody answered to a question of the gathering."""

    question_id: str
    text: str


@dataclass(frozen=True)
class Told:
    """What is told to the organisers only; empty when nothing was."""

    arrangements: tuple[str, ...] = ()
    note: str = ""
    replies: tuple[Reply, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to know or arrange."""
        return not (self.arrangements or self.note or self.replies)


@dataclass(frozen=True, kw_only=True)
class Particulars(Told):
    """The same, of one attendee; the id is theirs."""

    id: str
    person_id: str
    gathering_id: str


def replies_to(questions: Iterable[Question], given: Iterable[Reply]) -> tuple[Reply, ...]:
    """The answers that were filled in, to questions that are asked; a choice is one of the list."""
    texts = {one.question_id: one.text for one in given}
    asked = [(one, texts.get(one.question_id, "")) for one in questions]
    return tuple(
        Reply(one.question_id, text)
        for one, text in asked
        if text and (not one.choices or text in one.choices)
    )
