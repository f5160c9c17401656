"""The form of each move of a commitment: how it is read, what stands in it at first, and the word
for the act of staff."""

from collections.abc import Mapping

from doorpakken_plumbing.time import clock

from doorpakken_registration.commitments.model import due
from doorpakken_registration.commitments.model.commitment import Commitment
from doorpakken_registration.commitments.model.moves import Move
from doorpakken_registration.commitments.routes import other_forms, owner_forms
from doorpakken_registration.commitments.routes.owner_forms import Reading
from doorpakken_registration.common.model.dates import typed_day
from doorpakken_registration.pitches.routes.needs_form import typed_amount

READ: Mapping[Move, Reading] = {
    Move.ACCEPT: owner_forms.accept,
    Move.CONSULT: owner_forms.consult,
    Move.PASS_ON: owner_forms.pass_on,
    Move.DECLINE: owner_forms.decline,
    Move.TAKE_OVER: owner_forms.take_over,
    Move.CONFIRM: other_forms.confirm,
    Move.DISPUTE: other_forms.dispute,
    Move.SETTLE: other_forms.settle,
    Move.DELIVER: owner_forms.deliver,
    Move.PROGRESS: owner_forms.progress,
    Move.REPLAN: owner_forms.replan,
    Move.HAND_OVER: owner_forms.hand_over,
    Move.WITHDRAW: owner_forms.withdraw,
    Move.RELEASE: other_forms.release,
    Move.STRIKE: owner_forms.strike,
    Move.PUBLISH: owner_forms.publish,
    Move.CORRECT: other_forms.correct,
}

ACTS: Mapping[Move, str] = {
    Move.ACCEPT: "accepted",
    Move.CONSULT: "consulting",
    Move.PASS_ON: "passed_on",
    Move.DECLINE: "declined",
    Move.TAKE_OVER: "taken_over",
    Move.CONFIRM: "confirmed",
    Move.DISPUTE: "disputed",
    Move.SETTLE: "settled",
    Move.DELIVER: "delivered",
    Move.PROGRESS: "progressed",
    Move.REPLAN: "replanned",
    Move.HAND_OVER: "handed_over",
    Move.WITHDRAW: "withdrawn",
    Move.RELEASE: "released",
    Move.STRIKE: "struck",
    Move.PUBLISH: "published",
    Move.CORRECT: "corrected",
}


def values_of(move: Move, one: Commitment) -> dict[str, str]:
    amounts = {
        Move.ACCEPT: one.asked_amount,
        Move.DELIVER: one.amount or one.asked_amount,
        Move.PROGRESS: one.delivered_amount,
        Move.CONFIRM: one.delivered_amount,
        Move.SETTLE: one.delivered_amount,
        Move.CORRECT: one.counted,
    }
    values = {"amount": _typed(amounts.get(move), one.unit)}
    if move in (Move.ACCEPT, Move.CORRECT):
        is_over = move is Move.ACCEPT and one.due <= due.today(clock.now())
        day = "" if is_over else typed_day(one.due)
        values |= {"what": one.what, "how": one.how, "due": day}
    if move is Move.PUBLISH and one.accepted_at:
        values["publication"] = one.publication
    return values


def _typed(amount: int | None, unit: str | None) -> str:
    return typed_amount(amount, unit) if amount and unit else ""
