"""Claims: input in a known person's name, stored until that person confirms or rejects it, once. A
claim reserves a place for two days and is removed after thirty. Functions with a claim id raise
NotFound for an unknown one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from doorpakken_plumbing.http.errors import NotFound
from doorpakken_plumbing.identity import acts
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Documents
from doorpakken_plumbing.time import clock
from doorpakken_plumbing.time.timers import Timer, cancel_timer, set_timer

from doorpakken_registration.claims.model.claim import (
    KEPT_FOR,
    PLACE_KEPT_FOR,
    WAITING_MAX,
    Claim,
    ClaimState,
)
from doorpakken_registration.claims.store import claims as store
from doorpakken_registration.gatherings.gatherings import places_came_free
from doorpakken_registration.gatherings.store import gatherings as gatherings_store
from doorpakken_registration.people import persons
from doorpakken_registration.people.links import LinkRequests
from doorpakken_registration.people.store import persons as persons_store

GOES, PLACE_GOES = "claim-goes", "claim-place-goes"
NO_SUCH = "Nothing waits here under this id."
# With who of staff confirmed it for its owner, None where they did themselves.
Applied = tuple[Claim, str | None]


@dataclass
class Claims:
    """The claims of one transaction: `known` are stored and waiting, `made` are new."""

    tx: Transaction
    known: list[Claim] = field(default_factory=list)
    made: list[Claim] = field(default_factory=list)

    @classmethod
    async def of(cls, tx: Transaction, person_ids: Iterable[str]) -> "Claims":
        found = await store.list_claims_of(tx, person_ids)
        return cls(tx, [one for one in found if one.is_waiting])

    def keeps_place(self, person_id: str, gathering_id: str) -> bool:
        return any(
            one.has_place and (one.person_id, one.gathering_id) == (person_id, gathering_id)
            for one in (*self.known, *self.made)
        )

    def add(self, claim: Claim) -> bool:
        """False, and not added, for a duplicate or beyond `WAITING_MAX` of one person."""
        theirs = [one for one in (*self.known, *self.made) if one.person_id == claim.person_id]
        if len(theirs) >= WAITING_MAX or any(one.says_the_same(claim) for one in theirs):
            return False
        self.made.append(claim)
        return True

    async def save(self) -> None:
        await store.add_claims(self.tx, self.made)
        for one in self.made:
            about = {"claim_id": one.id}
            goes_at = one.arrived_at + KEPT_FOR
            await set_timer(self.tx, f"{GOES}/{one.id}", GOES, goes_at, about)
            if one.has_place:
                until = one.arrived_at + PLACE_KEPT_FOR
                await set_timer(self.tx, f"{PLACE_GOES}/{one.id}", PLACE_GOES, until, about)


async def wait(tx: Transaction, made: Sequence[Claim], per_hour: int) -> None:
    """Stores the claims and requests a confirmation link for each person, at most `per_hour`."""
    if not made:
        return
    ids = [one.person_id for one in made]
    await persons_store.hold_persons(tx, ids)
    found, links = await Claims.of(tx, ids), await LinkRequests.of(tx, ids)
    for one in made:
        found.add(one)
        links.request(one.person_id, "confirm", one.gathering_id, per_hour=per_hour)
    await found.save()
    await links.save()


async def get(documents: Documents, claim_id: str) -> Claim:
    found = await store.find_claim(documents, claim_id)
    if found is None:
        raise NotFound(NO_SUCH)
    return found


async def hold(tx: Transaction, claim_id: str) -> Claim:
    found = await get(tx, claim_id)
    await persons.hold(tx, found.person_id)
    return found


async def mark_applied(tx: Transaction, claim: Claim, staff_id: str | None) -> None:
    """The caller counts the place that the claim reserved."""
    await cancel_timer(tx, f"{PLACE_GOES}/{claim.id}")
    await store.put_claim(tx, claim.answered(ClaimState.APPLIED, clock.now()))
    await _note(tx, staff_id, "claim_confirmed", claim)


async def finish(tx: Transaction, sign_ups: Iterable[Applied]) -> None:
    """Marks the sign-ups as applied, and adds the addresses in them that the person lacks."""
    for one, staff_id in sign_ups:
        await persons.add_addresses(tx, one.person_id, one.told["email"], one.told["phone"])
        await mark_applied(tx, one, staff_id)


async def drop(tx: Transaction, claim_id: str, staff_id: str | None) -> Claim:
    """Frees the place it reserved; a second call changes nothing."""
    claim = await hold(tx, claim_id)
    if not claim.is_waiting:
        return claim
    await _free_place(tx, claim)
    dropped = claim.answered(ClaimState.DROPPED, clock.now())
    await store.put_claim(tx, dropped)
    await _note(tx, staff_id, "claim_dropped", dropped)
    return dropped


async def forget(tx: Transaction, person_id: str, attendee_ids: Sequence[str]) -> int:
    """Also removes the person from claims of others; returns how many claims of their own were
    removed."""
    found = await store.list_claims_of(tx, [person_id])
    for one in found:
        await _remove(tx, one)
    person = await persons.get(tx, person_id)
    for one in await store.list_mentioning(tx, person.identities):
        await store.put_claim(tx, _without(one, person.identities))
    return len(found)


async def go(tx: Transaction, timer: Timer) -> None:
    """Timer: removes the claim, waiting or answered, and frees the place it still reserves."""
    claim = await store.find_claim(tx, timer.data["claim_id"])
    if claim:
        await _remove(tx, claim)


async def let_place_go(tx: Transaction, timer: Timer) -> None:
    claim = await store.find_claim(tx, timer.data["claim_id"])
    if claim and claim.has_place:
        await _free_place(tx, claim)
        await store.put_claim(tx, replace(claim, has_place=False))


async def _remove(tx: Transaction, claim: Claim) -> None:
    await _free_place(tx, claim)
    await cancel_timer(tx, f"{GOES}/{claim.id}")
    await store.delete_claims(tx, [claim.id])


async def _free_place(tx: Transaction, claim: Claim) -> None:
    await cancel_timer(tx, f"{PLACE_GOES}/{claim.id}")
    if claim.has_place:
        await gatherings_store.add_taken(tx, claim.gathering_id, -1)
        await places_came_free(tx, claim.gathering_id)


async def _note(tx: Transaction, staff_id: str | None, did: str, claim: Claim) -> None:
    about = {"gathering_id": claim.gathering_id, "person_id": claim.person_id}
    await acts.note(tx, staff_id, did, claim.id, **about)


def _without(claim: Claim, identities: Sequence[str]) -> Claim:
    others = [one for one in claim.told["others"] if not {*one["identities"]} & {*identities}]
    left = tuple(one for one in claim.mentions if one not in identities)
    return replace(claim, told={**claim.told, "others": others}, mentions=left)


TIMERS = {GOES: go, PLACE_GOES: let_place_go}
