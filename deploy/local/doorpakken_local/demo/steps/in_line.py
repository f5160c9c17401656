"""People on the waiting list accept a place through the button in the offer mail; staff enter the
yes of people without an address. Fails while a place is still offered."""

from collections.abc import Iterator

from doorpakken_local.demo.play import Play
from doorpakken_local.demo.steps.paper import accept_on_paper
from doorpakken_local.demo.stories.parts import Person
from doorpakken_local.demo.visiting.crowd import each
from doorpakken_local.demo.visiting.mailbox import Mail
from doorpakken_local.demo.visiting.probe import until

TAKING_SECONDS = 120.0


async def accept_offers(play: Play) -> None:
    await play.settled()
    await until(
        "every place that is offered to be taken",
        lambda: _offered(play),
        lambda offered: offered == 0,
        seconds=TAKING_SECONDS,
    )


async def _offered(play: Play) -> int:
    """Accept the known offers, then return the number of places that are still offered."""
    if await _still_offered(play):
        await each(await _unread(play), lambda mail: _accept(play, mail))
        await each(_on_paper(play), lambda person: accept_on_paper(play, person))
        await play.settled()
    return await _still_offered(play)


async def _still_offered(play: Play) -> int:
    offered: int = (await play.figures())["seats_by_state"]["offered"]
    return offered


async def _unread(play: Play) -> list[Mail]:
    return [
        mail
        for mail in await play.mailbox.all()
        if mail.kind == "offer" and mail.id not in play.offers_taken
    ]


async def _accept(play: Play, mail: Mail) -> None:
    person = play.reader_of(mail)
    browser = play.web.browser(person.language)
    page = await browser.open(mail.button(play.place.urls["registration"]))
    await browser.send(page.form(leads_to="/accept"), {})
    play.offers_taken.add(mail.id)
    play.tally.mails["offer"] += 1


def _on_paper(play: Play) -> Iterator[Person]:
    people = (play.story.person(name) for name in play.tally.chosen)
    return (person for person in people if not person.email)
