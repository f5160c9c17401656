"""Counts as people see them: mails in the mailbox, and what services show on pages and lists.
Refuses nothing; what no page shows stays None."""

from typing import Any

from doorpakken_local.demo.counts import Counts, with_none
from doorpakken_local.demo.mailbox import Mail
from doorpakken_local.demo.play import Play
from doorpakken_local.demo.web import Json


async def count_pages(play: Play) -> Counts:
    """The dashboard's figures, the public lists, the mails and the printable list."""
    figures = await play.desk.reporting.get(f"{play.gathering_path}/figures")
    pitches = (
        await play.web.client(play.place.urls["registration"]).get(f"{play.gathering_path}/pitches")
    )["items"]
    sessions = await play.sessions()
    return Counts(
        attendees=figures["attendees"],
        checked_in=figures["checked_in"],
        people_by_kind={
            kind: (one["registered"], one["present"])
            for kind, one in figures["people_by_kind"].items()
            if one["registered"]
        },
        pitches=len(pitches),
        needs=sum(len(pitch["needs"]) for pitch in pitches),
        sessions=len(sessions),
        answers=with_none(figures["answers"], figures["checked_in"]),
        seats=sum(session["taken"] for session in sessions),
        waitlisted=sum(session["waitlisted"] for session in sessions),
        invitations_on_paper=figures["wave"]["on_paper"],
        **await _mails(play),
        **await _backlog(play),
    )


async def _mails(play: Play) -> dict[str, int]:
    """Each mail by what it brings: a calendar, a choice of sessions, or a personal link."""
    mails = await play.mailbox.all()
    titles = [session["title"] for session in await play.sessions()]
    confirmations = sum(mail.calendar is not None for mail in mails)
    invitations = sum(_is_invitation(mail, titles) for mail in mails)
    return {
        "confirmations": confirmations,
        "invitations_sent": invitations,
        "personal_links": len(mails) - confirmations - invitations,
    }


def _is_invitation(mail: Mail, titles: list[str]) -> bool:
    return mail.calendar is None and any(title in mail.text for title in titles)


async def _backlog(play: Play) -> dict[str, int]:
    figures = [await client.get("/system/figures") for client in vars(play.desk).values()]
    return {name: _sum(figures, field) for name, field in BACKLOG.items()}


BACKLOG = {"parked": "parked", "consumer_lag": "lag"}


def _sum(figures: list[Json], field: str) -> int:
    values: list[Any] = [one[field] or 0 for one in figures]
    return sum(values)
