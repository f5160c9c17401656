"""Staff enter a stack of paper cards with wishes on their page, signed in with their password."""

from collections.abc import Sequence

from selectolax.lexbor import LexborHTMLParser

from doorpakken_local.demo.play import Play
from doorpakken_local.demo.stories.parts import Wish
from doorpakken_local.demo.visiting.web import Browser


async def enter_cards(play: Play, cards: Sequence[Wish]) -> None:
    browser = await staff_browser(play)
    registration = play.place.urls["registration"]
    page = await browser.open(f"{registration}/staff/g/{play.gathering_id}/cards")
    numbers = numbers_on(page.html)
    for card in cards:
        typed = " ".join(numbers[title] for title in card.pitches)
        page = await browser.send(page.form(), {"who": [card.by], "numbers": [typed]})
        play.tally.wishes.append(card)


async def staff_browser(play: Play) -> Browser:
    browser = play.web.browser()
    page = await browser.open(f"{play.place.urls['registration']}/staff/login")
    entries = {"email": [play.place.staff_email], "password": [play.place.staff_password]}
    await browser.send(page.form(), entries)
    return browser


def numbers_on(html: str) -> dict[str, str]:
    """The numbers by title, from the page's list: a bold number followed by the title."""
    lines = (node.parent for node in LexborHTMLParser(html).css("li > strong"))
    words = (line.text(separator=" ").split() for line in lines if line is not None)
    return {" ".join(title): number for number, *title in words}
