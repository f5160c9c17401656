"""Private details of an attendee, for organisers only: what to arrange, and answers to the
gathering's own questions. They are not published, and are deleted some days after the gathering."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

from doorpakken_registration.gatherings.model.gathering import Question

Arrangement = Literal["interpreter", "wheelchair", "child_care", "diet"]
ARRANGEMENTS: tuple[Arrangement, ...] = get_args(Arrangement)
NOTE_LENGTH_MAX = 500


@dataclass(frozen=True)
class Reply:
    """An answer to a question of the gathering."""

    question_id: str
    text: str


@dataclass(frozen=True)
class Told:
    """Private details; empty when none were given."""

    arrangements: tuple[str, ...] = ()
    note: str = ""
    replies: tuple[Reply, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.arrangements or self.note or self.replies)


@dataclass(frozen=True, kw_only=True)
class Particulars(Told):
    """The private details of one attendee; `id` is the attendee's."""

    id: str
    person_id: str
    gathering_id: str


def replies_to(questions: Iterable[Question], given: Iterable[Reply]) -> tuple[Reply, ...]:
    """Drops empty answers, and those that are not among the question's choices."""
    texts = {one.question_id: one.text for one in given}
    asked = [(one, texts.get(one.question_id, "")) for one in questions]
    return tuple(
        Reply(one.question_id, text)
        for one, text in asked
        if text and (not one.choices or text in one.choices)
    )
