"""Rules for merging two people or two organisations. Conflicts are returned, not raised."""

from dataclasses import replace
from datetime import datetime

from doorpakken_registration.pitches.model.endorsement import Endorsement
from doorpakken_registration.pitches.model.pitch import Pitch
from doorpakken_registration.seats.model.sign_up import Calendar, Entry

STRENGTHS = ("withdrawn", "pending", "confirmed")


def is_stronger(one: Endorsement, other: Endorsement) -> bool:
    return STRENGTHS.index(one.state) > STRENGTHS.index(other.state)


def strengthened(one: Endorsement, by: Endorsement, now: datetime) -> Endorsement:
    said = replace(one, stance=by.stance, state=by.state, reason=by.reason, said_by=by.said_by)
    return said.stepped(now)


def pitched_by(pitch: Pitch, gone: str, stays: str) -> Pitch:
    pitchers = dict.fromkeys(stays if one == gone else one for one in pitch.pitchers)
    return replace(pitch, version=pitch.version + 1, pitchers=tuple(pitchers))


def both_at_once(one: Calendar, other: Calendar) -> Entry | None:
    """The first seat in `other` that overlaps a seat or a led session in `one`."""
    for entry in other.entries:
        if entry.is_taken and not one.is_free(entry.starts_at, entry.ends_at):
            return entry
    return None


def in_one(stays: Calendar, gone: Calendar) -> Calendar:
    return replace(stays, entries=(*stays.entries, *gone.entries), led=(*stays.led, *gone.led))
