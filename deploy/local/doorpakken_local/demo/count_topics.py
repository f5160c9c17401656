"""Counts from the topics: the newest state of every key, as the owner of the broker reads it.
Refuses a record without a readable envelope."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from doorpakken_events.catalogue import CATALOGUE
from doorpakken_events.envelope import Envelope, read_headers
from doorpakken_plumbing.kafka_admin import history, lag_by_service

from doorpakken_local.demo.counts import Counts, with_none
from doorpakken_local.demo.play import Play

Said = tuple[Envelope, bytes | None]
States = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Topics:
    """What the topics tell."""

    counts: Counts
    events_by_topic: dict[str, int]


async def count_topics(play: Play) -> Topics:
    """Everything said of this gathering, and of what belongs to none."""
    records = await history(play.place.kafka, CATALOGUE)
    said = [
        (read_headers(list(record.headers)), record.value)
        for record in records
        if CATALOGUE[record.topic].event is not None
    ]
    ours = [one for one in said if one[0].gathering_id in (play.gathering_id, None)]
    lags = await lag_by_service(play.place.kafka)
    counts = _counts(newest_of(ours), play.wave_id).model_copy(
        update={
            "parked": len(records) - len(said),
            "consumer_lag": sum(lags.values()),
            "duplicates": len(said) - len({head.event_id for head, _ in said}),
        }
    )
    return Topics(counts, dict(sorted(Counter(head.topic for head, _ in ours).items())))


def newest_of(said: Iterable[Said]) -> States:
    """The newest state of each key, by aggregate; who is gone is left out."""
    latest: dict[tuple[str, str], Said] = {}
    for head, value in said:
        place = (head.aggregate, head.aggregate_id)
        if place not in latest or head.version > latest[place][0].version:
            latest[place] = (head, value)
    states: States = defaultdict(list)
    for (aggregate, _), (_, value) in latest.items():
        if value is not None:
            states[aggregate].append(json.loads(value))
    return states


def _counts(states: States, wave_id: str) -> Counts:
    attendees = [one for one in states["attendee"] if one["state"] != "cancelled"]
    present = [one for one in attendees if one["state"] == "checked_in"]
    pitches = [one for one in states["pitch"] if one["state"] == "accepted"]
    ours = {one["organisation_id"] for one in attendees} - {None}
    answers = [one for one in states["answer"] if one["wave_id"] == wave_id]
    mails = Counter((one["kind"], one["state"]) for one in states["invitation"])
    seats = Counter(one["state"] for one in states["sign-up"])
    return Counts(
        attendees=len(attendees),
        checked_in=len(present),
        people_by_kind=_by_kind(attendees, present),
        organisations=sum(one["organisation_id"] in ours for one in states["organisation"]),
        pitches=len(pitches),
        needs=sum(len(pitch["needs"]) for pitch in pitches),
        endorsements=sum(one["state"] == "confirmed" for one in states["endorsement"]),
        sessions=sum(one["state"] == "scheduled" for one in states["session"]),
        invitations_sent=mails["invitation", "sent"],
        invitations_on_paper=mails["invitation", "on_paper"],
        personal_links=mails["personal_link", "sent"],
        confirmations=mails["confirmation", "sent"],
        answers=with_none(Counter(one["answer"] for one in answers), len(present)),
        seats=seats["active"],
        waitlisted=seats["waitlisted"],
    )


def _by_kind(
    attendees: Iterable[dict[str, Any]], present: Iterable[dict[str, Any]]
) -> dict[str, tuple[int, int]]:
    there = Counter(one["kind"] for one in present)
    return {
        kind: (count, there[kind])
        for kind, count in Counter(one["kind"] for one in attendees).items()
    }
