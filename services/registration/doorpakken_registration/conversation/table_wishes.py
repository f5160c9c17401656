"""Wishes stated at a table under name and address, by somebody without their personal link.
The answer does not reveal whether the person is known: a timer looks them up afterwards, and the
wishes wait until the participant confirms them. Refuses pitches that cannot be chosen there, and
withdrawing wishes, which needs the link."""

from dataclasses import dataclass

from doorpakken_plumbing.http.idempotency import StoredResponse
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.time import clock
from doorpakken_plumbing.time.timers import Timer, set_timer

from doorpakken_registration.claims import claims
from doorpakken_registration.claims.model.claim import WISHES, Claim
from doorpakken_registration.common.received import RECEIVED
from doorpakken_registration.conversation import tables, wishes
from doorpakken_registration.gatherings.model.attendee import Attendee
from doorpakken_registration.gatherings.store import attendees as attendees_store
from doorpakken_registration.people.model.person import Introduction
from doorpakken_registration.people.store import persons as persons_store
from doorpakken_registration.pitches.store import pitches as pitches_store

LOOKED_UP = "table-wishes"


@dataclass(frozen=True)
class Statement:
    """The wishes that somebody states at the table with this code."""

    code: str
    who: Introduction
    pitch_ids: tuple[str, ...]
    links_per_hour: int


async def state(tx: Transaction, said: Statement) -> StoredResponse:
    """Sets a timer for the lookup, so that the answer is the same for known and unknown people.
    Raises NoSuchTable or NotOneOfThePitches."""
    gathering_id = (await tables.get(tx, said.code)).gathering_id
    if not said.pitch_ids:
        raise wishes.NotOneOfThePitches("Choose at least one pitch.")
    await wishes.check(tx, gathering_id, said.pitch_ids)
    about = {
        "gathering_id": gathering_id,
        "identities": [*said.who.identities],
        "pitch_ids": [*said.pitch_ids],
        "per_hour": said.links_per_hour,
    }
    await set_timer(tx, f"{LOOKED_UP}/{tx.new_id()}", LOOKED_UP, clock.now(), about)
    return RECEIVED


async def look_up(tx: Transaction, timer: Timer) -> None:
    """Asks the matching attendee to confirm. Does nothing unless exactly one attendee with a place
    matches, or if these are their wishes already."""
    gathering_id = timer.data["gathering_id"]
    people = await persons_store.list_persons_known_as(tx, timer.data["identities"])
    ids = [person.id for person in people]
    there = await attendees_store.list_attendees_of(tx, gathering_id, ids)
    with_a_place = [one for one in there if one.has_place]
    if len(with_a_place) != 1:
        return
    attendee, pitch_ids = with_a_place[0], [*timer.data["pitch_ids"]]
    if [*(await wishes.of(tx, attendee)).pitch_ids] != pitch_ids:
        await _ask(tx, attendee, pitch_ids, timer.data["per_hour"])


async def _ask(tx: Transaction, attendee: Attendee, pitch_ids: list[str], per_hour: int) -> None:
    titles = await pitches_store.titles_of(tx, pitch_ids)
    claim = Claim(
        id=tx.new_id(),
        person_id=attendee.person_id,
        kind=WISHES,
        gathering_id=attendee.gathering_id,
        told={"pitch_ids": pitch_ids},
        texts=tuple(titles[one] for one in pitch_ids if one in titles),
        arrived_at=clock.now(),
    )
    await claims.wait(tx, [claim], per_hour)


TIMERS = {LOOKED_UP: look_up}
