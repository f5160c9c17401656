"""Applies a claim once its owner confirms it, on their own page or through staff on the telephone:
once, as if they had entered it behind their link. Raises the refusal of what is no longer possible;
the claim then stays waiting."""

from collections.abc import Awaitable, Callable, Mapping

from doorpakken_plumbing.http.idempotency import StoredResponse
from doorpakken_plumbing.messaging.lanes import Lanes
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Documents

from doorpakken_registration.attendance import registration
from doorpakken_registration.attendance.model.registration import Registration
from doorpakken_registration.claims import claims
from doorpakken_registration.claims.model.claim import (
    CO_PITCHER,
    OFFER,
    PITCH,
    SIGN_UP,
    WISHES,
    Claim,
    details_in,
)
from doorpakken_registration.conversation import wishes
from doorpakken_registration.gatherings import attendees
from doorpakken_registration.gatherings.store import attendees as attendees_store
from doorpakken_registration.people import persons
from doorpakken_registration.people.model.person import Introduction
from doorpakken_registration.pitches import introduced_offers, pitch_lane, pitches
from doorpakken_registration.pitches.model.submission import submission_in

DONE = StoredResponse(200)


async def confirm(
    documents: Documents, lanes: Lanes, claim: Claim, links_per_hour: int, staff_id: str | None
) -> None:
    """Does nothing if the claim was answered before. Raises the refusals of what it asks."""
    if not claim.is_waiting:
        return
    if claim.kind == SIGN_UP:
        lane = attendees.lane_of(claim.gathering_id)
        asked = await _registration(documents, claim, links_per_hour, staff_id)
        await lanes.submit(lane, asked, registration.register)
        return

    async def work(tx: Transaction) -> StoredResponse:
        now = await claims.hold(tx, claim.id)
        if now.is_waiting:
            await APPLY[now.kind](tx, now)
            await claims.mark_applied(tx, now, staff_id)
        return DONE

    await pitch_lane.submit(lanes, claim.gathering_id, work, None)


async def _registration(
    documents: Documents, claim: Claim, links_per_hour: int, staff_id: str | None
) -> Registration:
    person = await persons.get(documents, claim.person_id)
    told = claim.told
    return Registration(
        gathering_id=claim.gathering_id,
        who=Introduction(person.name, person.email, person.phone, told["language"]),
        details=details_in(told),
        links_per_hour=links_per_hour,
        news_words=told["news_words"],
        person_id=person.id,
        claim=claim,
        confirmed_by=staff_id,
    )


async def _hand_in(tx: Transaction, claim: Claim) -> None:
    await pitches.hand_in(tx, submission_in(claim.told, claim.person_id))


async def _join(tx: Transaction, claim: Claim) -> None:
    await pitches.join(tx, claim.told["pitch_id"], claim.person_id)


async def _wish(tx: Transaction, claim: Claim) -> None:
    there = await attendees_store.find_attendee_of(tx, claim.gathering_id, claim.person_id)
    left = {pitch.id for _, pitch in await wishes.list_choices(tx, claim.gathering_id)}
    wanted = tuple(one for one in claim.told["pitch_ids"] if one in left)
    await wishes.say(tx, there.id if there else "", wanted)


APPLY: Mapping[str, Callable[[Transaction, Claim], Awaitable[None]]] = {
    PITCH: _hand_in,
    CO_PITCHER: _join,
    WISHES: _wish,
    OFFER: introduced_offers.apply,
}
