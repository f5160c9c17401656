"""Pitches with their needs: handed in by anybody, accepted or declined by staff.
Refuses a second review, and pitches for a gathering that takes none."""

from dataclasses import dataclass

from doorpakken_events.registration import Need as SaidNeed
from doorpakken_events.registration import PitchReviewed, PitchState, PitchSubmitted
from doorpakken_plumbing import clock
from doorpakken_plumbing.errors import Conflict, NotFound
from doorpakken_plumbing.mongo import Documents
from doorpakken_plumbing.transaction import Transaction

from doorpakken_registration import gatherings, persons
from doorpakken_registration.links import LinkRequests
from doorpakken_registration.model.person import Introduction
from doorpakken_registration.model.pitch import Need, Pitch, Wanted
from doorpakken_registration.organisations import Organisations
from doorpakken_registration.persons import People
from doorpakken_registration.store import pitches as store

PITCHER_KIND = "local_entrepreneur"
NO_SUCH = "There is no pitch with this id."


class AlreadyReviewed(Conflict):
    """It was accepted or declined before."""

    slug = "already-reviewed"


class PitchIsOver(Conflict):
    """It was declined or withdrawn."""

    slug = "pitch-not-open"


@dataclass(frozen=True)
class Submission:
    """What somebody pitches; `who` introduces themselves, or is a person staff know."""

    gathering_id: str
    kind: str
    title: str
    summary: str
    who: Introduction | str
    organisation: str | None
    needs: tuple[Wanted, ...]
    by_staff: bool
    links_per_hour: int


async def get(documents: Documents, pitch_id: str) -> Pitch:
    """The pitch; raises NotFound."""
    found = await store.find_pitch(documents, pitch_id)
    if found is None:
        raise NotFound(NO_SUCH)
    return found


async def hold_open(tx: Transaction, pitch_id: str) -> Pitch:
    """The pitch something is about to be kept for; raises NotFound, or PitchIsOver for one that was
    declined or withdrawn. Changing it at the same moment conflicts with this."""
    found = await store.hold_pitch(tx, pitch_id)
    if found is None:
        raise NotFound(NO_SUCH)
    if not found.is_open:
        raise PitchIsOver("This pitch was declined or withdrawn. Choose another one.")
    return found


async def submit(tx: Transaction, asked: Submission) -> Pitch:
    """Hands in a pitch; without staff its pitcher is sent the personal link."""
    gathering = await gatherings.get_public(tx, asked.gathering_id)
    if not gathering.takes_people:
        raise gatherings.NotOpen("Nobody can pitch at this gathering now.")
    person_id = await _pitcher(tx, asked)
    organisations = await Organisations.named(tx, [asked.organisation or ""])
    organisation = organisations.find_or_make(asked.organisation, PITCHER_KIND)
    await organisations.save()
    pitch = Pitch(
        id=tx.new_id(),
        version=1,
        gathering_id=gathering.id,
        kind=asked.kind,
        title=asked.title,
        summary=asked.summary,
        pitchers=(person_id,),
        organisation_id=organisation.id if organisation else None,
        needs=tuple(Need(**vars(one), need_id=tx.new_id()) for one in asked.needs),
        state="submitted",
        submitted_at=clock.now(),
    )
    await store.add_pitch(tx, pitch)
    tx.publish(event_of(PitchSubmitted, pitch), pitch.version)
    return pitch


async def review(tx: Transaction, pitch_id: str, decision: str, reason: str | None) -> Pitch:
    """Accepts or declines; the same decision again changes nothing."""
    pitch = await get(tx, pitch_id)
    if pitch.state == decision:
        return pitch
    if pitch.state != "submitted":
        raise AlreadyReviewed("This pitch was reviewed already.", state=pitch.state)
    reviewed = pitch.reviewed(decision, reason, clock.now())
    await store.put_pitch(tx, reviewed)
    tx.publish(event_of(PitchReviewed, reviewed), reviewed.version)
    return reviewed


async def _pitcher(tx: Transaction, asked: Submission) -> str:
    if isinstance(asked.who, str):
        return (await persons.hold(tx, asked.who)).id
    people = await People.meet(tx, [asked.who])
    person = people.find_or_make(asked.who)
    await people.save()
    if not asked.by_staff:
        links = await LinkRequests.of(tx, people.known_ids)
        links.request(person.id, "pitched", asked.gathering_id, per_hour=asked.links_per_hour)
        await links.save()
    return person.id


def event_of(kind: type[PitchState], pitch: Pitch) -> PitchState:
    """The pitch's whole state, said on one topic."""
    fields = {name: value for name, value in vars(pitch).items() if name in kind.model_fields}
    needs = tuple(SaidNeed(**vars(need)) for need in pitch.needs)
    return kind(pitch_id=pitch.id, **(fields | {"needs": needs}))
