"""The expected counts after a performance: the table of the story, and the seats that follow from
people's choices and the capacity of the published sessions."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from doorpakken_local.demo.counting.counts import Counts
from doorpakken_local.demo.play import Play
from doorpakken_local.demo.stopped import StoryStopped
from doorpakken_local.demo.visiting.web import Json


class TooTame(StoryStopped):
    """The session that should have more requests than seats does not."""


def outcome(play: Play, sessions: Sequence[Json]) -> Counts:
    """Raises TooTame."""
    expected = play.story.expected
    asked = Counter(session_id for ids in play.chosen.values() for session_id in ids)
    _check_over_asked(expected.over_asked, asked, sessions)
    asked -= Counter(play.given_up)
    seats = sum(min(asked[one["id"]], one["capacity_max"]) for one in sessions)
    return Counts(
        **expected.model_dump(exclude={"languages", "sign_ups", "over_asked", "mails"}),
        mails=_mails(play, seats),
        seats=seats,
        held=0,
        offered=0,
        waitlisted=asked.total() - seats,
        left=len(play.given_up),
        handed_over=play.handed_over,
        parked=0,
        consumer_lag=0,
        duplicates=0,
    )


def _mails(play: Play, seats: int) -> dict[str, int]:
    """Adds the mails that depend on the plan: one confirmation per seat that anybody ever had, one
    offer per accepted place, and one cancelled calendar entry per seat that was given up."""
    left = len(play.given_up) + play.handed_over
    by_plan = {
        "confirmation": seats + left - play.seats_on_paper,
        "offer": len(play.offers_taken),
        "seat_ended": left,
        "handover": play.handed_over,
    }
    return play.story.expected.mails | {kind: count for kind, count in by_plan.items() if count}


def _check_over_asked(
    expected: Mapping[str, int], asked: Mapping[str, int], sessions: Iterable[Json]
) -> None:
    for session in sessions:
        least, found = expected.get(session["title"], 0), asked[session["id"]]
        if least and not (found >= least and found > session["capacity_max"]):
            raise TooTame(
                f"{session['title']}: {found} asked for {session['capacity_max']} seats; "
                f"the story has at least {least}"
            )
