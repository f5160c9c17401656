"""Closes a need, or lowers what it asks: by who pitch it, and by staff for them. What was offered
and promised before stays. Raises NotYourPitch, PitchIsOver or UnknownNeed."""

from doorpakken_plumbing.http.errors import Invalid
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.time import clock

from doorpakken_registration.pitches import pitches
from doorpakken_registration.pitches.model.pitch import Need, Pitch


class NotLower(Invalid):
    """It is not less than what is asked now; `errors` names the field."""

    slug = "not-lower"
    dutch = "Vul een lager getal in. Hebt u meer nodig? Vraag het ons."


async def close(tx: Transaction, pitch_id: str, need_id: str, reason: str, by: str | None) -> Pitch:
    """One that is closed stays as it is, with its reason."""
    pitch, need = await _held(tx, pitch_id, need_id, by)
    if need.is_closed:
        return pitch
    return await pitches.put(tx, pitch, pitch.with_needs([need.closed(reason, clock.now())]))


async def lower(tx: Transaction, pitch_id: str, need_id: str, amount: int, by: str | None) -> Pitch:
    """Also to less than was promised. The amount that is asked already changes nothing. Raises
    NeedClosed or NotLower."""
    pitch, need = await _held(tx, pitch_id, need_id, by)
    if amount == need.amount:
        return pitch
    pitches.require_takes_help(need)
    if amount > need.amount:
        message = f"Ask less than {need.amount}."
        raise NotLower(message, errors=[{"field": "amount", "message": message}])
    return await pitches.put(tx, pitch, pitch.with_needs([need.asking(amount)]))


async def _held(tx: Transaction, pitch_id: str, need_id: str, by: str | None) -> tuple[Pitch, Need]:
    pitch = await pitches.held_by_pitcher(tx, pitch_id, by)
    if not pitch.is_open:
        raise pitches.PitchIsOver("This pitch was declined or withdrawn.")
    if need_id not in {one.need_id for one in pitch.needs}:
        raise pitches.UnknownNeed("This pitch has no such need.")
    return pitch, pitch.need(need_id)
