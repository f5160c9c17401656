"""A pitch goes on at the next gathering: as a new pitch that asks what its needs still lack. What
runs stays with the old one, and no need counts twice."""

from doorpakken_events import states
from doorpakken_plumbing.http.errors import Conflict
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.time import clock

from doorpakken_registration.gatherings import gatherings
from doorpakken_registration.pitches import needs, pitches
from doorpakken_registration.pitches.model.pitch import Need, Pitch
from doorpakken_registration.pitches.needs import CoveredNeed
from doorpakken_registration.pitches.pitch_event import event_of
from doorpakken_registration.pitches.store import pitches as store

CARRIED_OVER = "carried_over"


class NothingLacks(Conflict):
    """All that it needs is met or closed."""

    slug = "nothing-lacks"
    dutch = "Alles van dit plan is rond of gesloten. Er gaat niets mee."


async def carry_over(tx: Transaction, pitch_id: str, gathering_id: str) -> Pitch:
    """The new pitch, to be reviewed; the same again returns it. Raises NotOpen, PitchIsOver or
    NothingLacks."""
    pitch = await pitches.hold(tx, pitch_id)
    if same := await store.find_continuing(tx, pitch.id, gathering_id):
        return same
    if not pitch.is_accepted:
        raise pitches.PitchIsOver("Only an accepted pitch goes on.")
    gathering = await gatherings.get_public(tx, gathering_id)
    if not gathering.is_ahead(clock.now()) or gathering.id == pitch.gathering_id:
        raise gatherings.NotOpen("A pitch goes on at a gathering that is to come.")
    lacking = [one for one in await needs.covered_needs_of(tx, pitch) if one.is_lacking]
    if not lacking:
        raise NothingLacks("Nothing of this pitch lacks anything.")
    goes_on = _continued(tx, pitch, gathering_id, lacking)
    await store.add_pitch(tx, goes_on)
    tx.publish(event_of(None, goes_on), goes_on.version)
    closed = [one.need.closed(CARRIED_OVER, clock.now()) for one in lacking]
    await pitches.put(tx, pitch, pitch.with_needs(closed))
    return goes_on


def _continued(
    tx: Transaction, pitch: Pitch, gathering_id: str, lacking: list[CoveredNeed]
) -> Pitch:
    return Pitch(
        id=tx.new_id(),
        version=1,
        gathering_id=gathering_id,
        kind=pitch.kind,
        title=pitch.title,
        summary=pitch.summary,
        pitchers=pitch.pitchers,
        organisation_id=pitch.organisation_id,
        needs=tuple(_asked_still(tx, one) for one in lacking),
        state=states.Pitch.SUBMITTED,
        submitted_at=clock.now(),
        continues=pitch.id,
    )


def _asked_still(tx: Transaction, one: CoveredNeed) -> Need:
    """What did not come yet, under an id of its own; its day is to be chosen anew."""
    coverage, need = one.coverage, one.need
    return Need(
        category=need.category,
        description=need.description,
        amount=coverage.asked - coverage.confirmed,
        unit=need.unit,
        wanted_by=None,
        need_id=tx.new_id(),
        continues=need.need_id,
    )
