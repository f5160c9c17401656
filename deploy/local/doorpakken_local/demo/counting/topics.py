"""Counts on the topics: the newest state of every key, read as the owner of the broker.
Fails on a record without a readable envelope."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from doorpakken_events.catalogue import CATALOGUE
from doorpakken_events.envelope import Envelope, read_headers
from doorpakken_plumbing.kafka.admin import history, lag_by_service

from doorpakken_local.demo.counting.counts import (
    INSIGHTS,
    SUPPORT,
    Counts,
    by_word,
    plans_of,
    seats_of,
    with_none,
)
from doorpakken_local.demo.play import Play

ON = ("scheduled", "rescheduled")  # states of sessions that take place

Said = tuple[Envelope, bytes | None]
States = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Topics:
    """The result of counting the topics."""

    counts: Counts
    events_by_topic: dict[str, int]


async def count_topics(play: Play) -> Topics:
    """Includes the events of this gathering and those that belong to no gathering."""
    records = await history(play.place.kafka, CATALOGUE)
    said = [
        (read_headers(list(record.headers)), record.value)
        for record in records
        if CATALOGUE[record.topic].event is not None
    ]
    ours = [one for one in said if one[0].gathering_id in (play.gathering_id, None)]
    lags = await lag_by_service(play.place.kafka)
    counts = _counts(newest_of(ours), play).model_copy(
        update={
            "parked": len(records) - len(said),
            "consumer_lag": sum(lags.values()),
            "duplicates": len(said) - len({head.event_id for head, _ in said}),
        }
    )
    return Topics(counts, dict(sorted(Counter(head.topic for head, _ in ours).items())))


def newest_of(said: Iterable[Said]) -> States:
    """The newest state of each key, grouped by aggregate; keys that end in a tombstone are left
    out."""
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


def _counts(states: States, play: Play) -> Counts:
    attendees = [one for one in states["attendee"] if one["state"] != "cancelled"]
    present = [one for one in attendees if one["state"] == "checked_in"]
    ours = {one["organisation_id"] for one in attendees} - {None}
    answers = [one for one in states["answer"] if one["wave_id"] == play.wave_id]
    return Counts(
        attendees=len(attendees),
        checked_in=len(present),
        people_by_kind=_by_kind(attendees, present),
        organisations=sum(one["organisation_id"] in ours for one in states["organisation"]),
        sessions=sum(one["state"] in ON for one in states["session"]),
        hosts_yes=sum(one["answer"] == "yes" for one in states["hosting-answer"]),
        answers=with_none(Counter(one["answer"] for one in answers), len(present)),
        **_plans(states, play),
        **_given(states),
        **_seats(states),
        **_mails(states),
    )


def _plans(states: States, play: Play) -> dict[str, Any]:
    pitches = [one for one in states["pitch"] if one["state"] == "accepted"]
    toward = [one for one in states["offer"] if one["state"] == "offered" and one["need_id"]]
    found = plans_of(pitches, toward)
    return found | {"needs_left": play.by_need_name(found["needs_left"])}


def _given(states: States) -> dict[str, Any]:
    wishes = [one["pitch_ids"] for one in states["wishes"] if one["pitch_ids"]]
    insights = Counter(one["state"] for one in states["perspective"])
    return {
        "portraits": len(states["persona"]),
        "insights": by_word(INSIGHTS, insights),
        "support": by_word(SUPPORT, Counter(one["state"] for one in states["endorsement"])),
        "offers": sum(one["state"] == "offered" for one in states["offer"]),
        "people_with_wishes": len(wishes),
        "wishes": sum(len(one) for one in wishes),
    }


def _seats(states: States) -> dict[str, int]:
    ended = [one["reason"] for one in states["sign-up"] if one["state"] == "ended"]
    return seats_of(Counter(one["state"] for one in states["sign-up"]), Counter(ended))


def _mails(states: States) -> dict[str, Any]:
    sent = Counter(one["kind"] for one in states["mail"] if one["state"] == "sent")
    invitations = Counter(one["state"] for one in states["mail"] if one["kind"] == "invitation")
    return {
        "mails": dict(sent),
        "invitations_sent": invitations["sent"],
        "invitations_on_paper": invitations["on_paper"],
    }


def _by_kind(
    attendees: Iterable[dict[str, Any]], present: Iterable[dict[str, Any]]
) -> dict[str, tuple[int, int]]:
    there = Counter(one["kind"] for one in present)
    return {
        kind: (count, there[kind])
        for kind, count in Counter(one["kind"] for one in attendees).items()
    }
