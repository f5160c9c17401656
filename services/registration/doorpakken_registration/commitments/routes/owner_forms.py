"""Reads the forms of who promised something, or is asked to. Each raises Mistyped, ValidationError
or ContactDetailsInPublicText."""

from collections.abc import Callable

from doorpakken_plumbing.messaging.transaction import Transaction

from doorpakken_registration.commitments import answering, keeping, somebody
from doorpakken_registration.commitments.model.commitment import Commitment, State
from doorpakken_registration.commitments.routes.bodies import (
    AcceptBody,
    ProgressBody,
    PublicationBody,
    ReasonBody,
    ReplanBody,
    UntilBody,
)
from doorpakken_registration.commitments.routes.typed import Typed
from doorpakken_registration.commitments.routes.views import Moving
from doorpakken_registration.people.model.person import Introduction
from doorpakken_registration.people.routes.who import WhoBody
from doorpakken_registration.web.form import FormData, Mistyped

# The words in which somebody was asked what everybody may read, by their answer.
Asking = Callable[[str], str]
Reading = Callable[[FormData, Commitment, Asking], Moving]


def accept(form: FormData, one: Commitment, asking: Asking) -> Moving:
    typed = Typed(form, one.unit)
    told = {"amount": typed.amount(), "due": typed.day("due"), "how": typed.text("how")}
    typed.check()
    body = AcceptBody.model_validate(told | {"publication": form.one("publication")})
    body.require_public()
    consent = asking(body.publication)
    return lambda tx, which, by: answering.accept(tx, which, by, **dict(body), consent=consent)


def consult(form: FormData, one: Commitment, asking: Asking) -> Moving:
    typed = Typed(form, one.unit)
    told = {"until": typed.day("until")}
    typed.check()
    until = UntilBody.model_validate(told).until
    return lambda tx, which, by: answering.consult(tx, which, by, until)


def pass_on(form: FormData, one: Commitment, asking: Asking) -> Moving:
    who = _who(form)

    async def moving(tx: Transaction, which: str, by: str | None) -> Commitment:
        return await answering.pass_on(tx, which, by, await somebody.named(tx, who))

    return moving


def decline(form: FormData, one: Commitment, asking: Asking) -> Moving:
    reason = reason_in(form)
    takes_offer = form.one("offer") == "withdraw"
    return lambda tx, which, by: answering.decline(
        tx, which, by, reason, is_offer_withdrawn=takes_offer
    )


def strike(form: FormData, one: Commitment, asking: Asking) -> Moving:
    return answering.strike


def replan(form: FormData, one: Commitment, asking: Asking) -> Moving:
    body = _replanned(Typed(form, one.unit))
    return lambda tx, which, by: keeping.replan(tx, which, by, body.due, body.reason)


def progress(form: FormData, one: Commitment, asking: Asking) -> Moving:
    typed = Typed(form, one.unit)
    done = typed.amount() if typed.text("amount") else None
    typed.check()
    body = ProgressBody.model_validate({"note": typed.text("note"), "done": done})
    return lambda tx, which, by: keeping.progress(tx, which, by, body.note, body.done)


def deliver(form: FormData, one: Commitment, asking: Asking) -> Moving:
    """Less than was promised asks whether the rest still comes, and when."""
    typed = Typed(form, one.unit)
    done = typed.amount()
    typed.check()
    promised = one.amount or 0
    rest = typed.text("rest") if done and done < promised else "none"
    if one.state is not State.ACCEPTED or rest == "none":
        return lambda tx, which, by: keeping.deliver(tx, which, by, done)
    if rest != "comes" or done is None:
        raise Mistyped(["rest"])
    body, part = _replanned(typed), done
    return lambda tx, which, by: keeping.deliver_part(tx, which, by, part, body.due, body.reason)


def withdraw(form: FormData, one: Commitment, asking: Asking) -> Moving:
    reason = reason_in(form)
    return lambda tx, which, by: keeping.withdraw(tx, which, by, reason)


def hand_over(form: FormData, one: Commitment, asking: Asking) -> Moving:
    who = _who(form)

    async def moving(tx: Transaction, which: str, by: str | None) -> Commitment:
        return await keeping.hand_over(tx, which, by, await somebody.named(tx, who))

    return moving


def take_over(form: FormData, one: Commitment, asking: Asking) -> Moving:
    answer = form.one("answer")
    if answer not in ("yes", "no"):
        raise Mistyped(["answer"])
    return lambda tx, which, by: keeping.take_over(tx, which, by, is_taken=answer == "yes")


def publish(form: FormData, one: Commitment, asking: Asking) -> Moving:
    chosen = PublicationBody.model_validate({"publication": form.one("publication")}).publication
    consent = asking(chosen)
    return lambda tx, which, by: keeping.publish(tx, which, by, chosen, consent)


def reason_in(form: FormData) -> str:
    return ReasonBody.model_validate({"reason": form.one("reason") or ""}).reason


def _replanned(typed: Typed) -> ReplanBody:
    told = {"due": typed.day("due"), "reason": typed.text("reason")}
    typed.check()
    return ReplanBody.model_validate(told)


def _who(form: FormData) -> Introduction:
    told = {name: form.one(name) for name in ("email", "phone")}
    language = form.one("language") or "nl"
    named = {"name": form.one("name") or "", "language": language}
    return WhoBody.model_validate(named | told).who
