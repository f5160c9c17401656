"""The wave of invitations, by delivery and by answer: nobody present is forgotten.
Refuses to count a person twice: of several answers the last one counts."""

from collections import Counter
from collections.abc import Iterable, Sequence

from doorpakken_events.matching import PlanPublished
from doorpakken_events.notification import InvitationState
from doorpakken_events.registration import InvitationAnswered
from pydantic import AwareDatetime, BaseModel

DELIVERIES = ("sent", "on_paper", "stopped", "ambiguous")
ANSWERS = ("accepted", "declined", "maybe")


class Wave(BaseModel):
    """Invitations by delivery; `waiting` are people present for whom none of these is true yet."""

    wave_id: str | None
    answer_by: AwareDatetime | None
    sent: int
    on_paper: int
    stopped: int
    ambiguous: int
    waiting: int


class Answers(BaseModel):
    """Answers by word; `none` are people invited who did not answer yet."""

    accepted: int
    declined: int
    maybe: int
    none: int


class Invitations(BaseModel):
    """How the wave of a gathering fares."""

    wave: Wave
    answers: Answers
    answer_reasons: dict[str, int]


def count_invitations(
    plans: Sequence[PlanPublished],
    invitations: Iterable[InvitationState],
    answers: Iterable[InvitationAnswered],
    *,
    present: int,
) -> Invitations:
    """The figures of the wave that the last plan opened; `present` is how many it is owed to."""
    plan = max(plans, key=lambda one: one.published_at, default=None)
    states = Counter(one.state for one in invitations if one.kind == "invitation")
    delivery = {word: states[word] for word in DELIVERIES}
    last = _last_answers(answers)
    return Invitations(
        wave=Wave(
            wave_id=plan.run_id if plan else None,
            answer_by=plan.answer_by if plan else None,
            waiting=max(0, present - sum(delivery.values())) if plan else 0,
            **delivery,
        ),
        answers=_answers(last, invited=delivery["sent"] + delivery["on_paper"]),
        answer_reasons=dict(sorted(Counter(one.reason for one in last if one.reason).items())),
    )


def _answers(last: Sequence[InvitationAnswered], *, invited: int) -> Answers:
    words = Counter(one.answer for one in last)
    given = {word: words[word] for word in ANSWERS}
    return Answers(none=max(0, invited - sum(given.values())), **given)


def _last_answers(answers: Iterable[InvitationAnswered]) -> list[InvitationAnswered]:
    """The last answer of each attendee, over all waves."""
    in_order = sorted(answers, key=lambda one: (one.answered_at, one.answer_id))
    return list({one.attendee_id: one for one in in_order}.values())
