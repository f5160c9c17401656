"""Staff enter a stack of paper cards with wishes on their page."""

from collections.abc import Sequence

from selectolax.lexbor import LexborHTMLParser

from doorpakken_local.demo.play import Play
from doorpakken_local.demo.stories.parts import Wish


async def enter_cards(play: Play, cards: Sequence[Wish]) -> None:
    page = await play.office.open(f"/staff/g/{play.gathering_id}/cards")
    numbers = numbers_on(page.html)
    for card in cards:
        typed = " ".join(numbers[title] for title in card.pitches)
        page = await play.office.submit(page, {"who": card.by, "numbers": typed}, leads_to="/cards")
        play.tally.wishes.append(card)


def numbers_on(html: str) -> dict[str, str]:
    """The numbers by title, from the page's list: a bold number followed by the title."""
    lines = (node.parent for node in LexborHTMLParser(html).css("li > strong"))
    words = (line.text(separator=" ").split() for line in lines if line is not None)
    return {" ".join(title): number for number, *title in words}
