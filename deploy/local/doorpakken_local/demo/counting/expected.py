"""The expected counts: what the steps noted, and the seats that follow from people's choices and
the capacity of the published sessions."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from doorpakken_local.demo.counting.counts import (
    INSIGHTS,
    SUPPORT,
    Counts,
    by_word,
    needs_left,
    with_none,
)
from doorpakken_local.demo.counting.tally import Tally
from doorpakken_local.demo.stopped import StoryStopped
from doorpakken_local.demo.visiting.web import Json


class TooTame(StoryStopped):
    """A session that should have more requests than seats does not."""


def expect(tally: Tally, sessions: Sequence[Json]) -> Counts:
    present = len(tally.present)
    return Counts(
        attendees=len(tally.signed_up),
        checked_in=present,
        portraits=tally.portraits,
        insights=by_word(INSIGHTS, tally.insights),
        support=by_word(SUPPORT, tally.support),
        people_with_wishes=len(tally.wishes),
        wishes=sum(len(wish.pitches) for wish in tally.wishes),
        sessions=len(tally.pitches),
        hosts_yes=tally.hosts,
        answers=with_none(tally.answers, present),
        invitations_sent=tally.mails["invitation"],
        invitations_on_paper=present - tally.mails["invitation"],
        parked=0,
        consumer_lag=0,
        duplicates=0,
        **_people(tally),
        **_needs(tally),
        **_seats(tally, sessions),
    )


def _people(tally: Tally) -> dict[str, Any]:
    present = Counter(person.kind for person in tally.present)
    signed_up = Counter(person.kind for person in tally.signed_up)
    return {
        "people_by_kind": {kind: (count, present[kind]) for kind, count in signed_up.items()},
        "organisations": len({one.organisation for one in tally.signed_up} - {None}),
    }


def _needs(tally: Tally) -> dict[str, Any]:
    asked = {need.name: need.amount for pitch in tally.pitches for need in pitch.needs}
    toward = [(offer.need, offer.amount) for offer in tally.offers if offer.need]
    return {
        "pitches": len(tally.pitches),
        "needs": len(asked),
        "needs_left": needs_left(asked, toward),
        "needs_with_offer": len({need for need, _ in toward}),
        "offers": len(tally.offers),
    }


def _seats(tally: Tally, sessions: Sequence[Json]) -> dict[str, Any]:
    """Everybody who asked and did not give up has a seat, as far as the session has room."""
    asked = requests(tally) - Counter(tally.given_up)
    seats = sum(min(asked[one["id"]], one["capacity_max"]) for one in sessions)
    return {
        "seats": seats,
        "held": 0,
        "offered": 0,
        "waitlisted": asked.total() - seats,
        "left": len(tally.given_up),
        "handed_over": tally.handed_over,
        "mails": tally.mails | Counter(confirmation=tally.confirmations(seats)),
    }


def requests(tally: Tally) -> Counter[str]:
    """How many asked for each session, by its id."""
    return Counter(session_id for ids in tally.chosen.values() for session_id in ids)


def check_over_asked(least: Mapping[str, int], tally: Tally, sessions: Sequence[Json]) -> None:
    """`least` are requests by title, more than the session may have seats; raises TooTame."""
    asked = requests(tally)
    for one in sessions:
        wanted, found = least.get(one["title"], 0), asked[one["id"]]
        if wanted and (found < wanted or found <= one["capacity_max"]):
            raise TooTame(
                f"{one['title']}: {found} asked for {one['capacity_max']} seats; "
                f"the story has at least {wanted}"
            )
