"""The days after the invitations: people answer through the button in their mail, and staff enter
answers on paper. Fails unless every seat is confirmed by a mail with a calendar entry."""

from collections import Counter
from collections.abc import Sequence

from doorpakken_local.demo.play import Play
from doorpakken_local.demo.steps.choosing import choose, named_in
from doorpakken_local.demo.steps.paper import answer_on_paper
from doorpakken_local.demo.stories.parts import Person
from doorpakken_local.demo.visiting.crowd import each
from doorpakken_local.demo.visiting.mailbox import Mail
from doorpakken_local.demo.visiting.probe import until
from doorpakken_local.demo.visiting.web import Json


async def answer(play: Play) -> None:
    sessions = await play.sessions()
    answering = [person for person in play.story.present if person.says != "nothing"]

    async def say(person: Person) -> None:
        if person.email:
            await _by_mail(play, person, sessions)
        else:
            await answer_on_paper(play, person, sessions)
        play.tally.answers[person.answer] += 1

    await each(answering, say)


async def _by_mail(play: Play, person: Person, sessions: Sequence[Json]) -> None:
    mail = await invitation_of(play, person)
    browser = play.web.browser(person.language)
    page = await browser.open(mail.button(play.place.urls["registration"]))
    entries = {"answer": [person.answer]}
    if person.answer == "accepted":
        suggested = named_in(mail.text, sessions)
        chosen = [session["id"] for session in choose(person, suggested, sessions)]
        play.tally.chosen[person.name] = entries["session"] = chosen
    if person.because:
        entries["reason"] = [person.because]
    await browser.send(page.form(), entries)


async def invitation_of(play: Play, person: Person) -> Mail:
    return await play.mail_for(person, "invitation")


async def confirm(play: Play) -> None:
    """Wait for one mail with a calendar entry per seat of a person with an address, and one that
    cancels it per seat that was given up."""
    await play.settled()
    seats = sum(session["taken"] for session in await play.sessions())
    tally = play.tally
    expected = {
        "confirmation": tally.confirmations(seats),
        "seat_ended": tally.mails["seat_ended"],
    }
    await until(
        "confirmations with a calendar",
        lambda: _calendars(play),
        lambda found: found == expected,
    )


async def _calendars(play: Play) -> dict[str, int]:
    kinds = Counter(mail.kind for mail in await play.mailbox.all())
    return {kind: kinds[kind] for kind in ("confirmation", "seat_ended")}
