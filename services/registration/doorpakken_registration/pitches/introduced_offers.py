"""Offers of people who have no personal link here: they give a name and an address. Who is new is
sent their link. In the name of somebody who is known it waits until that person says it is
theirs."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.time import clock

from doorpakken_registration.claims import claims
from doorpakken_registration.claims.model.claim import OFFER, Claim
from doorpakken_registration.people.links import LinkRequests
from doorpakken_registration.people.model.person import Introduction, Person
from doorpakken_registration.people.persons import People
from doorpakken_registration.pitches import offers
from doorpakken_registration.pitches.model.pitch import Pitch
from doorpakken_registration.pitches.offers import Offering

_TOLD = ("need_id", "category", "amount", "unit")


async def offer(
    tx: Transaction, asked: Offering, who: Introduction, *, links_per_hour: int
) -> None:
    """Raises what `offers.offer` raises, whether or not the person is known."""
    pitch, category = await offers.toward(tx, asked)
    people = await People.meet(tx, [who])
    if known := people.find(who):
        claim = _claim(tx, replace(asked, category=category), known, pitch)
        await claims.wait(tx, [claim], links_per_hour)
        return
    person = people.find_or_make(who)
    await people.save()
    await offers.offer(tx, replace(asked, person_id=person.id))
    links = await LinkRequests.of(tx, [])
    links.request(person.id, "offered", asked.gathering_id, per_hour=links_per_hour)
    await links.save()


async def apply(tx: Transaction, claim: Claim) -> None:
    """The person said that it is theirs."""
    await offers.offer(tx, _offering_in(claim))


def _claim(tx: Transaction, asked: Offering, known: Person, pitch: Pitch | None) -> Claim:
    told: Mapping[str, Any] = {name: getattr(asked, name) for name in _TOLD}
    texts = (pitch.title, pitch.need(asked.need_id).description) if pitch and asked.need_id else ()
    now = clock.now()
    return Claim(tx.new_id(), known.id, OFFER, asked.gathering_id, told, texts, now)


def _offering_in(claim: Claim) -> Offering:
    told = {name: claim.told[name] for name in _TOLD}
    return Offering(
        **told, gathering_id=claim.gathering_id, person_id=claim.person_id, organisation_id=None
    )
