"""I1 to I7: what must hold whenever all is quiet again, judged from facts alone.
Each finding says which promise was broken and how."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any, Literal

from doorpakken_events.catalogue import CATALOGUE, CONTACT, SERVICES
from doorpakken_events.matching import SessionState
from doorpakken_events.registration import SignUpState
from doorpakken_plumbing.messaging.heard import Message
from doorpakken_plumbing.mongo.database import Document

from tests.contract.hearers import HEARERS
from tests.fault.facts import Facts

Kind = Literal["lost", "duplicated", "applied out of order", "wrong"]

TAKEN = ("active", "held", "offered", "conflict")
WIPED_SOON = {topic.name for topic in CATALOGUE.values() if topic.config is CONTACT}
HANDLED = {hearer.name: frozenset(hearer.handlers) for hearer in HEARERS}


@dataclass(frozen=True)
class Finding:
    """One broken promise."""

    invariant: str
    kind: Kind
    what: str


@dataclass
class Expected:
    """What the outside world was promised: records by (topic, key) for every write that was
    acknowledged, who was entered at which gathering and how many signed up themselves, the
    addresses that get one mail, the mails that can never go, and the events that nobody could
    handle."""

    records: set[tuple[str, str]] = field(default_factory=set)
    attendees: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    signed_up: Counter[str] = field(default_factory=Counter)
    addresses: set[str] = field(default_factory=set)
    set_apart: set[str] = field(default_factory=set)
    poison: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


def check(facts: Facts, expected: Expected) -> list[Finding]:
    """Every broken promise, in the order of the invariants."""
    return [finding for judge in INVARIANTS for finding in judge(facts, expected)]


def i1_nothing_acknowledged_is_lost(facts: Facts, expected: Expected) -> Iterator[Finding]:
    """Every acknowledged write and every row of an outbox is on its topic."""
    there = {(one.topic, one.key) for one in facts.said}
    for topic, key in sorted(expected.records - there):
        yield Finding("I1", "lost", f"{topic} of {key} was promised and is on no topic")
    came = _came(facts.said)
    for service, rows in facts.outbox.items():
        for row in rows:
            if _is_event(row) and not (row["state"] == "sent" and came(row)):
                yield Finding("I1", "lost", f"{service}: {row['topic']} {row['_id']} never came")


def i2_each_event_has_one_effect(facts: Facts, expected: Expected) -> Iterator[Finding]:
    """One inbox row for each event a service hears, or one parked row; one attendee for each
    person who was entered."""
    for service in SERVICES:
        handled = {row["_id"] for row in (*facts.inbox[service], *facts.parked[service])}
        for message_id in sorted(_ids_heard(facts.said, service) - handled):
            yield Finding("I2", "lost", f"{service} never handled {message_id}")
        yield from _handled_twice(facts.inbox[service], service)
    for gathering_id, ids in expected.attendees.items():
        found = {one["_id"] for one in facts.attendees if one["gathering_id"] == gathering_id}
        besides = len(found - ids) - expected.signed_up[gathering_id]
        if besides:
            kind: Kind = "duplicated" if besides > 0 else "lost"
            yield Finding("I2", kind, f"{abs(besides)} of {gathering_id} who signed up themselves")
        for missing in sorted(ids - found):
            yield Finding("I2", "lost", f"attendee {missing} is not kept")


def i3_each_mail_is_sent_once(facts: Facts, expected: Expected) -> Iterator[Finding]:
    """At most one mail for each Message-ID, and one for each row that says it was sent and for
    each address that was promised one; what can never go, and nothing else, waits for staff."""
    for message_id, copies in sorted(facts.mails.items()):
        if copies > 1:
            yield Finding("I3", "duplicated", f"mail {message_id} came {copies} times")
    for message_id in sorted(facts.sent - facts.mails.keys()):
        yield Finding("I3", "lost", f"mail {message_id} was marked as sent and never came")
    for key in sorted(facts.set_apart ^ expected.set_apart):
        was = "set apart" if key in facts.set_apart else "waiting for nobody"
        yield Finding("I3", "wrong", f"mail {key} is {was}")
    for address in sorted(expected.addresses):
        if facts.letters[address] != 1:
            kind: Kind = "duplicated" if facts.letters[address] else "lost"
            yield Finding("I3", kind, f"{address} has {facts.letters[address]} mails")


def i4_no_seat_is_given_twice(facts: Facts, _expected: Expected) -> Iterator[Finding]:
    """As many seats taken as counted and as there are, at every moment; nobody sits in two places
    at once. Of the sessions that something was said of."""
    touched = {one.data.session_id for one in _seats_said(facts.said)}
    sessions = [one for one in facts.sessions if one["_id"] in touched]
    taken = [one for one in facts.sign_ups if one["state"] in TAKEN]
    by_session = Counter(one["session_id"] for one in taken)
    for session in sessions:
        count, name = by_session[session["_id"]], f"session {session['_id']}"
        if count > session["capacity_max"]:
            yield Finding("I4", "duplicated", f"{name}: {count} of {session['capacity_max']} seats")
        if count != session["taken"]:
            yield Finding("I4", "wrong", f"{name} counts {session['taken']} and has {count}")
        yield from _too_many_at_once(facts.said, session)
    yield from _overlaps(taken, {one["_id"]: one for one in sessions})


def i5_versions_only_rise(facts: Facts, _expected: Expected) -> Iterator[Finding]:
    """What was applied of an aggregate, in the order of its application; and what stands last of a
    key, where compaction leaves it, is the newest of it."""
    yield from _overtaken(facts.said)
    for service, rows in facts.inbox.items():
        last: dict[str, int] = {}
        for row in sorted(rows, key=lambda one: (one["at"], one["version"])):
            if row["state"] != "applied":
                continue
            if row["version"] <= last.get(row["subject"], 0):
                what = f"{service}: {row['subject']} {row['version']} after {last[row['subject']]}"
                yield Finding("I5", "applied out of order", what)
            last[row["subject"]] = row["version"]


def i6_the_picture_is_the_fold(facts: Facts, _expected: Expected) -> Iterator[Finding]:
    """Read models are what a fresh fold of the same records gives."""
    for place in sorted(facts.refolded.keys() | facts.picture.keys()):
        ours, fresh = facts.picture.get(place), facts.refolded.get(place)
        if ours is None:
            yield Finding("I6", "lost", f"reporting has no {place}")
        elif ours != fresh and fresh and ours["version"] < fresh["version"]:
            what = f"reporting has {place} {ours['version']}, not {fresh['version']}"
            yield Finding("I6", "applied out of order", what)
        elif ours != fresh:
            yield Finding("I6", "wrong", f"reporting has another {place}")


def i7_nothing_waits(facts: Facts, expected: Expected) -> Iterator[Finding]:
    """Nothing to send, nothing to hear, and parked is what was poison."""
    for service in SERVICES:
        if facts.pending[service] or facts.lag[service]:
            what = f"{service}: {facts.pending[service]} pending, lag {facts.lag[service]}"
            yield Finding("I7", "lost", what)
        parked = {row["_id"] for row in facts.parked[service] if row["state"] != "queued"}
        for message_id in sorted(parked ^ expected.poison[service]):
            was = "parked" if message_id in parked else "not parked"
            yield Finding("I7", "wrong", f"{service}: {message_id} is {was}")


Invariant = Callable[[Facts, Expected], Iterator[Finding]]
INVARIANTS: Sequence[Invariant] = (
    i1_nothing_acknowledged_is_lost,
    i2_each_event_has_one_effect,
    i3_each_mail_is_sent_once,
    i4_no_seat_is_given_twice,
    i5_versions_only_rise,
    i6_the_picture_is_the_fold,
    i7_nothing_waits,
)


def _is_event(row: Document) -> bool:
    return bool(row["aggregate"] != "parked")


def _came(said: Sequence[Message]) -> Callable[[Document], bool]:
    """Whether a row is on its topic; of a topic that wipes what was said before within a minute, a
    later record of the same key stands for it."""
    ids = {one.id for one in said}
    newest: dict[tuple[str, str], int] = {}
    for one in said:
        if one.topic in WIPED_SOON:
            place = (one.topic, one.key)
            newest[place] = max(one.version, newest.get(place, 0))

    def came(row: Document) -> bool:
        return row["_id"] in ids or newest.get((row["topic"], row["key"]), -1) >= row["version"]

    return came


def _ids_heard(said: Sequence[Message], service: str) -> set[str]:
    """What an inbox must know of: reporting's read models need none."""
    return {one.id for one in said if one.event in HANDLED[service] and not one.problem}


def _handled_twice(rows: Sequence[Document], service: str) -> Iterator[Finding]:
    """One version of an aggregate is applied once, whatever its row is called."""
    applied = Counter((row["subject"], row["version"]) for row in rows if row["state"] == "applied")
    for (subject, version), times in sorted(applied.items()):
        if times > 1:
            what = f"{service} applied {subject} {version} {times} times"
            yield Finding("I2", "duplicated", what)


def _overtaken(said: Sequence[Message]) -> Iterator[Finding]:
    """Keys of a topic whose last record is not the newest."""
    last: dict[tuple[str, str], int] = {}
    newest: dict[tuple[str, str], int] = {}
    for one in said:
        if not one.problem:
            place = (one.topic, one.key)
            last[place] = one.version
            newest[place] = max(one.version, newest.get(place, 0))
    for (topic, key), version in sorted(last.items()):
        if version < newest[topic, key]:
            what = f"{topic} of {key} ends with {version}, not {newest[topic, key]}"
            yield Finding("I5", "applied out of order", what)


def _seats_said(said: Sequence[Message]) -> list[Any]:
    """What was said of sign-ups, in the order in which it was decided."""
    once = {one.id: one for one in said if isinstance(one.data, SignUpState)}
    return [once[message_id] for message_id in sorted(once)]


def _capacities(said: Sequence[Message], session_id: str) -> list[int]:
    """How many seats the session was said to have."""
    sessions = [one.data for one in said if isinstance(one.data, SessionState)]
    return [one.capacity_max for one in sessions if one.session_id == session_id]


def _too_many_at_once(said: Sequence[Message], session: Document) -> Iterator[Finding]:
    """Whether more seats were taken at some moment than there are; of a session that staff made
    smaller or larger, than there ever were."""
    taken: set[str] = set()
    seats = max([session["capacity_max"], *_capacities(said, session["_id"])])
    for message in _seats_said(said):
        if message.data.session_id != session["_id"]:
            continue
        taken.discard(message.key)
        if message.data.state in TAKEN:
            taken.add(message.key)
        if len(taken) > seats:
            what = f"{message.id} took seat {len(taken)} of {seats}"
            yield Finding("I4", "duplicated", what)


def _overlaps(taken: Sequence[Document], sessions: dict[str, Document]) -> Iterator[Finding]:
    by_person: dict[str, list[Document]] = defaultdict(list)
    for sign_up in taken:
        if sign_up["state"] == "active" and sign_up["session_id"] in sessions:
            by_person[sign_up["person_id"]].append(sessions[sign_up["session_id"]])
    for person_id, theirs in by_person.items():
        for one, other in combinations(theirs, 2):
            if one["starts_at"] < other["ends_at"] and other["starts_at"] < one["ends_at"]:
                yield Finding("I4", "duplicated", f"{person_id} sits in two sessions at once")
