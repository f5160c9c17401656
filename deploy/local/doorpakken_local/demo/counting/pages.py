"""Counts what people see: mails in the mailbox, and what services show on pages and lists.
What no page shows stays None."""

from collections import Counter
from typing import Any

from doorpakken_local.demo.counting.counts import (
    INSIGHTS,
    SUPPORT,
    Counts,
    by_word,
    seats_of,
    with_none,
)
from doorpakken_local.demo.play import Play
from doorpakken_local.demo.visiting.web import Json


async def count_pages(play: Play) -> Counts:
    figures, sessions = await play.figures(), await play.sessions()
    return Counts(
        attendees=figures["attendees"],
        checked_in=figures["checked_in"],
        people_by_kind=_people_by_kind(figures),
        organisations=figures["organisations"],
        sessions=len(sessions),
        hosts_yes=figures["hosts"]["yes"],
        answers=with_none(figures["answers"], figures["checked_in"]),
        invitations_on_paper=figures["wave"]["on_paper"],
        **await _plans(play),
        **_given(figures),
        **seats_of(figures["seats_by_state"], figures["sign_ups_ended"]),
        **await _mails(play),
        **await _backlog(play),
    )


def _people_by_kind(figures: Json) -> dict[str, tuple[int, int]]:
    return {
        kind: (one["registered"], one["present"])
        for kind, one in figures["people_by_kind"].items()
        if one["registered"]
    }


async def _plans(play: Play) -> dict[str, Any]:
    anybody = play.web.client(play.place.urls["registration"])
    pitches = (await anybody.get(f"{play.gathering_path}/pitches"))["items"]
    needs = (await anybody.get(f"{play.gathering_path}/needs"))["items"]
    left = {need["need_id"]: (need["open"], need["over"]) for need in needs}
    return {
        "portraits": len((await anybody.get(f"{play.gathering_path}/personas"))["items"]),
        "pitches": len(pitches),
        "needs": len(needs),
        "needs_left": play.by_need_name(left),
        "needs_with_offer": sum(need["offers"] > 0 for need in needs),
    }


def _given(figures: Json) -> dict[str, Any]:
    sides = (figures["support"]["organisations"], figures["support"]["people"])
    return {
        "insights": by_word(INSIGHTS, figures["insights"]),
        "support": {word: sum(side[word] for side in sides) for word in SUPPORT},
        "offers": figures["offers"],
        "people_with_wishes": figures["attendees_with_wishes"],
        "wishes": figures["wishes"],
    }


async def _mails(play: Play) -> dict[str, Any]:
    kinds = Counter(mail.kind for mail in await play.mailbox.all())
    return {"mails": dict(kinds), "invitations_sent": kinds["invitation"]}


async def _backlog(play: Play) -> dict[str, int]:
    figures = [await client.get("/system/figures") for client in play.desk.values()]
    return {name: _sum(figures, field) for name, field in BACKLOG.items()}


BACKLOG = {"parked": "parked", "consumer_lag": "lag"}


def _sum(figures: list[Json], field: str) -> int:
    values: list[Any] = [one[field] or 0 for one in figures]
    return sum(values)
