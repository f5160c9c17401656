"""The days after the answers were due: holds lapse, a person gives up a seat, and another sends a
colleague. Fails while a seat is still held."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from doorpakken_local.demo.play import Play
from doorpakken_local.demo.steps.in_line import accept_offers
from doorpakken_local.demo.stopped import StoryStopped
from doorpakken_local.demo.stories.parts import Person
from doorpakken_local.demo.visiting.forms import Form
from doorpakken_local.demo.visiting.probe import until
from doorpakken_local.demo.visiting.web import Browser, Json


class NobodySits(StoryStopped):
    """No person with an address has a seat in the sessions that the story needs."""


@dataclass(frozen=True)
class Seated:
    """A person with a seat: their browser on the page of the mail, and the form that gives it
    up."""

    browser: Browser
    session: Json
    leave: Form


async def lapse(play: Play) -> None:
    await play.settled()
    await until("every hold to lapse", lambda: _held(play), lambda held: held == 0)
    await accept_offers(play)


async def _held(play: Play) -> int:
    held: int = (await play.figures())["seats_by_state"]["held"]
    return held


async def give_up(play: Play) -> None:
    title = play.story.afterwards.gives_up
    seated = await _seated_in(play, [one for one in await play.sessions() if one["title"] == title])
    await seated.browser.send(seated.leave, {})
    play.tally.given_up.append(seated.session["id"])
    play.tally.mails["seat_ended"] += 1
    await accept_offers(play)


async def send_colleague(play: Play) -> None:
    others = [one for one in await play.sessions() if one["id"] not in play.tally.given_up]
    seated = await _seated_in(play, others)
    colleague = play.story.person(play.story.afterwards.colleague)
    page = await seated.browser.open(seated.leave.action.replace("/leave", "/handover"))
    entries = {"name": [colleague.name], "email": [colleague.email or ""]}
    await seated.browser.send(page.form(), entries)
    await _say_yes(play, colleague)
    play.tally.handed_over += 1
    play.tally.mails += Counter(handover=1, seat_ended=1)


async def _say_yes(play: Play, colleague: Person) -> None:
    mail = await play.mail_for(colleague, "handover")
    browser = play.web.browser(colleague.language)
    page = await browser.open(mail.button(play.place.urls["registration"]))
    await browser.send(page.form(), {"answer": ["yes"]})


async def _seated_in(play: Play, sessions: Sequence[Json]) -> Seated:
    """The first person whose seat in one of the sessions was confirmed by mail; those from the
    colleague's organisation come first. Raises NobodySits."""
    colleague = play.story.person(play.story.afterwards.colleague)
    asked = [play.story.person(name) for name in play.tally.chosen]
    for person in sorted(asked, key=lambda one: one.organisation != colleague.organisation):
        if person.email and (found := await _seat_of(play, person, sessions)):
            return found
    raise NobodySits(f"Nobody has a mail about a seat in {[one['title'] for one in sessions]}")


async def _seat_of(play: Play, person: Person, sessions: Sequence[Json]) -> Seated | None:
    mails = await play.mails_of(person)
    for mail in [one for one in mails if one.kind == "confirmation"]:
        for session in [one for one in sessions if one["title"] in mail.subject]:
            browser = play.web.browser(person.language)
            page = await browser.open(mail.button(play.place.urls["registration"]))
            return Seated(browser, session, page.form(leads_to="/leave", says=session["title"]))
    return None
