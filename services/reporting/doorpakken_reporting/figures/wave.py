"""The wave of invitations, by delivery and by answer; shows that nobody present is forgotten.
Nobody counts twice: of several answers the last one counts."""

from collections import Counter
from collections.abc import Iterable, Sequence

from doorpakken_events.matching import PlanPublished
from doorpakken_events.notification import MailState
from doorpakken_events.registration import InvitationAnswered
from pydantic import AwareDatetime, BaseModel

# States in which it is known that the person was reached, or why not.
SETTLED = ("sent", "on_paper", "suppressed", "bounced", "stopped")
DELIVERIES = (*SETTLED, "ambiguous")
ANSWERS = ("accepted", "declined", "maybe")


class Wave(BaseModel):
    """Invitations by delivery; `waiting` are people present for whom none of these is true yet.
    `adds_up` when everybody present was sent one, has it on paper, wants none, has an address that
    does not exist, or was stopped by staff."""

    wave_id: str | None
    answer_by: AwareDatetime | None
    present: int
    sent: int
    on_paper: int
    suppressed: int
    bounced: int
    stopped: int
    ambiguous: int
    waiting: int
    adds_up: bool


class Answers(BaseModel):
    """Answers by word; `none` are people invited without an answer, `pending` are those of them who
    are asked again because a session moved."""

    accepted: int
    declined: int
    maybe: int
    none: int
    pending: int


class Invitations(BaseModel):
    """How the wave of a gathering fares."""

    wave: Wave
    answers: Answers
    answer_reasons: dict[str, int]


def count_invitations(
    plans: Sequence[PlanPublished],
    invitations: Iterable[MailState],
    answers: Iterable[InvitationAnswered],
    *,
    present: int,
) -> Invitations:
    """Counts the wave of the plan published last; `present` is how many people must get an
    invitation."""
    plan = max(plans, key=lambda one: one.published_at, default=None)
    states = Counter(one.state for one in invitations if one.kind == "invitation")
    last = _last_answers(answers)
    return Invitations(
        wave=_wave(plan, states, present),
        answers=_answers(last, invited=states["sent"] + states["on_paper"]),
        answer_reasons=dict(sorted(Counter(one.reason for one in last if one.reason).items())),
    )


def _wave(plan: PlanPublished | None, states: Counter[str], present: int) -> Wave:
    delivery = {word: states[word] for word in DELIVERIES}
    return Wave(
        wave_id=plan.run_id if plan else None,
        answer_by=plan.answer_by if plan else None,
        present=present,
        waiting=max(0, present - sum(delivery.values())) if plan else 0,
        adds_up=present == sum(states[word] for word in SETTLED),
        **delivery,
    )


def _answers(last: Sequence[InvitationAnswered], *, invited: int) -> Answers:
    words = Counter(one.answer for one in last)
    given = {word: words[word] for word in ANSWERS}
    none = max(0, invited - sum(given.values()))
    return Answers(none=none, pending=words["pending"], **given)


def _last_answers(answers: Iterable[InvitationAnswered]) -> list[InvitationAnswered]:
    in_order = sorted(answers, key=lambda one: (one.answered_at, one.answer_id))
    return list({one.attendee_id: one for one in in_order}.values())
