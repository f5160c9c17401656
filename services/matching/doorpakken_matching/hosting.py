"""Asks hosts when their session gets a time or another host, and records their answers.
Nobody is asked twice about the same time; an answer to an earlier request changes nothing."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from doorpakken_events.matching import HostAsked, SlotChoice
from doorpakken_events.registration import HostAnswered
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Document

from doorpakken_matching.agenda import is_to_come, read_agenda
from doorpakken_matching.model.agenda import Agenda
from doorpakken_matching.model.hosting import Hosting, hosting_id_of
from doorpakken_matching.store import hostings as store
from doorpakken_matching.store import sessions


async def settle(tx: Transaction, gathering_id: str, *, now: datetime) -> None:
    """Asks each host of a coming session who was not asked about its time yet, and publishes that
    people who no longer host it are replaced."""
    agenda = await read_agenda(tx, gathering_id, now=now)
    asked: defaultdict[str, list[Hosting]] = defaultdict(list)
    for one in await store.list_hostings(tx, gathering_id):
        asked[one.session_id].append(one)
    for session in await sessions.list_sessions(tx, gathering_id):
        if is_to_come(session, now):
            await _settle_one(tx, session, asked[session["_id"]], agenda, now)


async def _settle_one(
    tx: Transaction, session: Document, asked: Sequence[Hosting], agenda: Agenda, now: datetime
) -> None:
    host: str | None = session["host"]
    for one in asked:
        if one.person_id != host:
            await _say(tx, one, one.replaced())
    if host:
        before = next((one for one in asked if one.person_id == host), None)
        await _ask(tx, session, host, before, agenda, now)


async def _ask(
    tx: Transaction,
    session: Document,
    host: str,
    before: Hosting | None,
    agenda: Agenda,
    now: datetime,
) -> None:
    starts_at, ends_at = session["starts_at"], session["ends_at"]
    if before and before.stands_for(starts_at, ends_at):
        return
    other_slots = agenda.other_slots(session["_id"], host)
    if before:
        await _say(tx, before, before.asked_about(starts_at, ends_at, other_slots, now))
        return
    first = Hosting(
        hosting_id=hosting_id_of(session["_id"], host),
        version=1,
        gathering_id=session["gathering_id"],
        session_id=session["_id"],
        person_id=host,
        ask=1,
        starts_at=starts_at,
        ends_at=ends_at,
        other_slots=other_slots,
        asked_at=now,
    )
    await _say(tx, None, first)


async def hear_answer(tx: Transaction, answer: HostAnswered) -> None:
    before = await store.find_hosting(tx, answer.hosting_id)
    if before and not before.is_replaced and before.ask == answer.ask:
        after = before.answered(answer.answer, answer.slot_id, answer.answered_at)
        await _say(tx, before, after)


async def forget(tx: Transaction, person_id: str) -> int:
    """Publishes a tombstone for each request to this person; returns how many."""
    found = await store.list_hostings_of(tx, person_id)
    for one in found:
        tx.publish_tombstones(HostAsked, one.hosting_id, one.version)
    await store.remove_hostings_of(tx, person_id)
    return len(found)


async def _say(tx: Transaction, before: Hosting | None, after: Hosting) -> None:
    if after == before:
        return
    await store.put_hosting(tx, after)
    tx.publish(_event(after), after.version)


def _event(hosting: Hosting) -> HostAsked:
    return HostAsked(
        hosting_id=hosting.hosting_id,
        gathering_id=hosting.gathering_id,
        session_id=hosting.session_id,
        person_id=hosting.person_id,
        ask=hosting.ask,
        starts_at=hosting.starts_at,
        ends_at=hosting.ends_at,
        other_slots=tuple(
            SlotChoice(slot_id=one.slot_id, starts_at=one.starts_at, ends_at=one.ends_at)
            for one in hosting.other_slots
        ),
        state=hosting.state,
        asked_at=hosting.asked_at,
        answered_at=hosting.answered_at,
    )
