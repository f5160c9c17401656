"""Staff review pitches: accept, decline, or ask who pitch them something first. Each of these is
told to every pitcher in the same transaction: by mail, or by a call of staff to who has none."""

from doorpakken_events import states
from doorpakken_plumbing.identity import acts
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.time import clock

from doorpakken_registration.people import mail_requests
from doorpakken_registration.people.store import persons as persons_store
from doorpakken_registration.pitches import pitches
from doorpakken_registration.pitches.model.pitch import QUESTION, Pitch
from doorpakken_registration.pitches.pitches import AlreadyReviewed


async def review(
    tx: Transaction,
    pitch_id: str,
    decision: states.Pitch,
    reason: str | None,
    note: str | None = None,
    *,
    staff_id: str,
) -> Pitch:
    """`reason` is for everybody, `note` for who pitch it. The same decision again changes nothing;
    another one raises AlreadyReviewed."""
    pitch = await pitches.get(tx, pitch_id)
    if pitch.state is decision:
        return pitch
    _require_unreviewed(pitch)
    reviewed = pitch.reviewed(decision, reason, note, clock.now())
    await pitches.put(tx, pitch, reviewed)
    await _tell_pitchers(tx, reviewed, str(decision), note or reason)
    await _note(tx, staff_id, f"pitch_{decision}", reviewed)
    return reviewed


async def ask(tx: Transaction, pitch_id: str, question: str, *, staff_id: str) -> Pitch:
    """Raises AlreadyReviewed."""
    pitch = await pitches.get(tx, pitch_id)
    _require_unreviewed(pitch)
    asked = await pitches.put(tx, pitch, pitch.asked(question, clock.now()))
    await _tell_pitchers(tx, asked, QUESTION, question)
    await _note(tx, staff_id, "pitch_asked", asked)
    return asked


async def _note(tx: Transaction, staff_id: str, did: str, pitch: Pitch) -> None:
    await acts.note(tx, staff_id, did, pitch.id, gathering_id=pitch.gathering_id)


def _require_unreviewed(pitch: Pitch) -> None:
    if pitch.state is not states.Pitch.SUBMITTED:
        raise AlreadyReviewed("This pitch was reviewed already.", state=pitch.state)


async def _tell_pitchers(tx: Transaction, pitch: Pitch, about: str, text: str | None) -> None:
    for person in await persons_store.list_persons(tx, pitch.pitchers):
        await mail_requests.request(
            tx,
            person.id,
            f"pitch_{about}",
            pitch.id,
            gathering_id=pitch.gathering_id,
            pitch_id=pitch.id,
            text=text,
        )
