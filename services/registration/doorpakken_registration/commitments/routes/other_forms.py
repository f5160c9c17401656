"""Reads the forms of who pitched what was promised, and of staff who settle it or put it right.
Each raises Mistyped, ValidationError or ContactDetailsInPublicText."""

from doorpakken_registration.commitments import correcting, receiving
from doorpakken_registration.commitments.correcting import Correction
from doorpakken_registration.commitments.model.commitment import Commitment
from doorpakken_registration.commitments.routes.bodies import CorrectionBody, SettleBody
from doorpakken_registration.commitments.routes.owner_forms import Asking, reason_in
from doorpakken_registration.commitments.routes.typed import Typed
from doorpakken_registration.commitments.routes.views import Moving
from doorpakken_registration.web.form import FormData

RECEIVED, GOES_ON, NOT_DONE = "received", "goes_on", "not_done"


def confirm(form: FormData, one: Commitment, asking: Asking) -> Moving:
    typed = Typed(form, one.unit)
    received = typed.amount()
    typed.check()
    return lambda tx, which, by: receiving.confirm(tx, which, by, received)


def dispute(form: FormData, one: Commitment, asking: Asking) -> Moving:
    reason = reason_in(form)
    return lambda tx, which, by: receiving.dispute(tx, which, by, reason)


def release(form: FormData, one: Commitment, asking: Asking) -> Moving:
    reason = reason_in(form)
    return lambda tx, which, by: receiving.release(tx, which, by, reason)


def settle(form: FormData, one: Commitment, asking: Asking) -> Moving:
    typed = Typed(form, one.unit)
    outcome = typed.text("outcome")
    if outcome not in (RECEIVED, GOES_ON, NOT_DONE):
        typed.wrong("outcome")
    told = {
        "received": typed.amount() if outcome == RECEIVED else None,
        "due": typed.day("due") if outcome == GOES_ON else None,
    }
    typed.check()
    body = SettleBody.model_validate(told | {"reason": typed.text("reason")})
    return lambda tx, which, by: receiving.settle(tx, which, **dict(body))


def correct(form: FormData, one: Commitment, asking: Asking) -> Moving:
    typed = Typed(form, one.unit)
    told = {"amount": typed.amount() if one.counted else None, "due": typed.day("due")}
    typed.check()
    words = {name: typed.text(name) for name in ("what", "how", "reason")}
    body = CorrectionBody.model_validate(told | words)
    body.require_public()
    return lambda tx, which, by: correcting.correct(tx, which, Correction(**dict(body)))
