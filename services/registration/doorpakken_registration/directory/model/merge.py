"""What becomes of things when two people, or two organisations, turn out to be one.
Refuses nothing itself: it says what stands in the way."""

from dataclasses import replace
from datetime import datetime

from doorpakken_registration.pitches.model.endorsement import Endorsement
from doorpakken_registration.pitches.model.pitch import Pitch
from doorpakken_registration.seats.model.sign_up import Calendar, Entry

STRENGTHS = ("withdrawn", "pending", "confirmed")


def is_stronger(one: Endorsement, other: Endorsement) -> bool:
    """Whether the first counts for more: confirmed is more than pending, pending than withdrawn."""
    return STRENGTHS.index(one.state) > STRENGTHS.index(other.state)


def strengthened(one: Endorsement, by: Endorsement, now: datetime) -> Endorsement:
    """The first, saying what the other one said of the same pitch."""
    said = replace(one, stance=by.stance, state=by.state, reason=by.reason, said_by=by.said_by)
    return said.stepped(now)


def pitched_by(pitch: Pitch, gone: str, stays: str) -> Pitch:
    """The same pitch with another person in the place of one; nobody pitches twice."""
    pitchers = dict.fromkeys(stays if one == gone else one for one in pitch.pitchers)
    return replace(pitch, version=pitch.version + 1, pitchers=tuple(pitchers))


def both_at_once(one: Calendar, other: Calendar) -> Entry | None:
    """A seat of the second calendar at the time of a seat or a led session of the first."""
    for entry in other.entries:
        if entry.is_taken and not one.is_free(entry.starts_at, entry.ends_at):
            return entry
    return None


def in_one(stays: Calendar, gone: Calendar) -> Calendar:
    """All of both, as the first person's."""
    return replace(stays, entries=(*stays.entries, *gone.entries), led=(*stays.led, *gone.led))
