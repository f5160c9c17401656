"""All inputs of a plan, sorted, and the run id derived from them."""

from collections import Counter
from datetime import datetime
from hashlib import sha256
from typing import Self
from uuid import UUID, uuid5

from doorpakken_events.registration import (
    AttendeeState,
    EndorsementState,
    OfferState,
    PitchState,
    WishesStated,
)
from pydantic import BaseModel, ConfigDict, Field

from doorpakken_matching.model.places import Room, Slot

MODEL_ID = "tags+char-tfidf+wishes/greedy-3"
_SESSIONS = UUID("0b8f63a0-6f3b-5d3a-9c53-2f6f0a6f4d11")


class Parameters(BaseModel):
    """What staff may weigh differently; weights add up to 1, scores go from 0 to 1000."""

    model_config = ConfigDict(frozen=True)
    weight_tags: float = 0.45
    weight_text: float = 0.30
    weight_explicit: float = 0.15
    weight_scarcity: float = 0.10
    seats_max: int = 2
    alternatives_max: int = 3
    good_score: int = 100
    organisation_max: int = 2
    capacity_min: int = 4


class Standing(BaseModel):
    """Where somebody stands: pitches whose session they hold, and whether more may follow."""

    model_config = ConfigDict(frozen=True)
    holds: tuple[str, ...] = ()
    wants_more: bool = True


class Kept(BaseModel):
    """A session that was said before stays in its slot and room, and as staff changed it."""

    model_config = ConfigDict(frozen=True)
    pitch_id: str
    slot_id: str
    room_id: str
    capacity: int | None = None
    host: str | None = None


class Problem(BaseModel):
    """One gathering's people and pitches, and the rooms and slots of its follow-up window."""

    model_config = ConfigDict(frozen=True)
    gathering_id: str
    attendees: tuple[AttendeeState, ...]
    pitches: tuple[PitchState, ...]
    support: tuple[EndorsementState, ...] = ()
    wishes: tuple[WishesStated, ...] = ()
    offers: tuple[OfferState, ...] = ()
    rooms: tuple[Room, ...]
    slots: tuple[Slot, ...]
    kept: tuple[Kept, ...] = ()
    closed: tuple[str, ...] = Field(default=(), description="pitches whose session staff cancelled")
    forbidden: dict[str, tuple[str, ...]] = Field(
        default={}, description="by attendee id, pitches whose session they gave up"
    )
    standing: dict[str, Standing] = Field(default={}, description="by attendee id")
    taken: dict[str, int] = Field(default={}, description="seats by pitch, of people not in here")
    scarcity: dict[str, float] = Field(default={}, description="by kind, 0-1")
    previous_run: str | None = None
    answer_by: datetime | None = None
    parameters: Parameters = Parameters()

    def arranged(self) -> Self:
        """Sorted by id, so that the same inputs serialise to the same bytes."""
        return self.model_copy(
            update={
                "attendees": tuple(sorted(self.attendees, key=lambda one: one.attendee_id)),
                "pitches": tuple(sorted(self.pitches, key=lambda one: one.pitch_id)),
                "support": tuple(sorted(self.support, key=lambda one: one.endorsement_id)),
                "wishes": tuple(sorted(self.wishes, key=lambda one: one.attendee_id)),
                "offers": tuple(sorted(self.offers, key=lambda one: one.offer_id)),
                "rooms": tuple(sorted(self.rooms, key=lambda one: one.room_id)),
                "slots": tuple(sorted(self.slots, key=lambda one: one.slot_id)),
                "kept": tuple(sorted(self.kept, key=lambda one: one.pitch_id)),
                "closed": tuple(sorted(self.closed)),
                "forbidden": dict(sorted(self.forbidden.items())),
                "standing": dict(sorted(self.standing.items())),
                "taken": dict(sorted(self.taken.items())),
                "scarcity": dict(sorted(self.scarcity.items())),
            }
        )

    def leaders(self) -> dict[str, set[str]]:
        """By pitch id, the people who must be free during its session: the pitchers, and a host
        chosen by staff."""
        chosen = {one.pitch_id: {one.host} for one in self.kept if one.host}
        return {
            pitch.pitch_id: {*pitch.pitchers, *chosen.get(pitch.pitch_id, ())}
            for pitch in self.pitches
        }

    @property
    def run_id(self) -> str:
        return sha256(f"{MODEL_ID}\n{self.arranged().model_dump_json()}".encode()).hexdigest()


def session_id_of(pitch_id: str) -> str:
    return str(uuid5(_SESSIONS, pitch_id))


def scarcity_of(kinds: list[str]) -> dict[str, float]:
    """How rare each kind is among those present: 0 at an even share or more, towards 1 below it."""
    counts = Counter(kinds)
    even = len(kinds) / max(len(counts), 1)
    return {kind: round(max(0.0, 1 - count / even), 4) for kind, count in sorted(counts.items())}
