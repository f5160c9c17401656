"""What waits for staff about seats: people who gave no answer, and places that nobody has."""

from datetime import datetime, timedelta

from doorpakken_events.staff_work import WorkLine
from doorpakken_plumbing.mongo.database import Documents

from doorpakken_registration.seats.model.answer import Wave
from doorpakken_registration.seats.model.session import Session
from doorpakken_registration.seats.store import sessions as sessions_store
from doorpakken_registration.seats.store import waves as waves_store

# People are reminded then, and staff can call whoever stays silent.
BEFORE_ANSWERS_ARE_DUE = timedelta(days=2)


async def for_answers(documents: Documents, gathering_id: str, now: datetime) -> list[WorkLine]:
    wave = await waves_store.find_latest_wave(documents, gathering_id)
    if wave is None or now < wave.answer_by - BEFORE_ANSWERS_ARE_DUE:
        return []
    found = await sessions_store.list_sessions_of(documents, gathering_id)
    ahead = [one for one in found if not one.is_over(now)]
    if not ahead:
        return []
    silent = wave.recommendations - await waves_store.count_answered(documents, wave.id)
    return [*_no_answer(wave, silent), *_places(wave, ahead, now)]


def _no_answer(wave: Wave, silent: int) -> list[WorkLine]:
    if silent < 1:
        return []
    return [
        WorkLine(
            kind="no_answer",
            count=silent,
            since=wave.answer_by - BEFORE_ANSWERS_ARE_DUE,
            service="reporting",
            path=f"/dashboard/{wave.gathering_id}",
        )
    ]


def _places(wave: Wave, ahead: list[Session], now: datetime) -> list[WorkLine]:
    """Until answers are due, a free place may still be taken by whoever was invited."""
    free = sum(one.seats_left for one in ahead)
    if now < wave.answer_by or not free:
        return []
    return [
        WorkLine(
            kind="places_to_fill",
            count=free,
            since=wave.answer_by,
            service="matching",
            path=f"/plans/{wave.id}",
        )
    ]
