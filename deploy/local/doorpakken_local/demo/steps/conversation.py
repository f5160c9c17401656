"""The open conversation: portraits with the needs that would help, and the insights that tables
note. Staff decide which insights are public."""

from collections.abc import Iterable

from selectolax.lexbor import LexborHTMLParser

from doorpakken_local.demo.play import Play
from doorpakken_local.demo.stories.parts import Insight
from doorpakken_local.demo.visiting.crowd import each
from doorpakken_local.demo.visiting.web import API

Noted = tuple[str, Insight]  # an insight of the story with its id


async def hold(play: Play) -> None:
    await _describe(play)
    codes = await _open_tables(play)
    said = [(codes[table.label], one) for table in play.story.tables for one in table.insights]
    noted = await each(said, lambda one: _note(play, *one))
    await _moderate(play, noted)


async def _describe(play: Play) -> None:
    page = await play.office.open(f"/staff/g/{play.gathering_id}/portraits")
    for portrait in play.story.portraits:
        entries = {
            "title": portrait.title,
            "summary": portrait.summary,
            "motivations": "\n".join(portrait.motivations),
            "frustrations": "\n".join(portrait.frustrations),
            "need_ids": [play.need_ids[name] for name in portrait.needs],
        }
        page = await play.office.submit(page, entries)
        play.tally.portraits += 1


async def _open_tables(play: Play) -> dict[str, str]:
    """Their codes, by label."""
    page = await play.office.open(f"/staff/g/{play.gathering_id}/tables")
    for table in play.story.tables:
        about = page.form(leads_to="/tables").value("about", table.portrait)
        entries = {"label": table.label, "about": about}
        page = await play.office.submit(page, entries, leads_to="/tables")
    return codes_on(page.html)


def codes_on(html: str) -> dict[str, str]:
    """The codes of open tables by label, from the page's cards: a heading that begins with the
    label, and the code as a link."""
    cards = LexborHTMLParser(html).css("section.card")
    found = [(card.css_first("h2"), card.css_first(".code a")) for card in cards]
    return {
        heading.text().partition(":")[0]: code.text() for heading, code in found if heading and code
    }


async def _note(play: Play, code: str, insight: Insight) -> Noted:
    phone = play.web.client(play.place.urls["registration"])
    noted = await phone.post(f"{API}/tables/{code}/perspectives", {"text": insight.text})
    return noted["id"], insight


async def _moderate(play: Play, noted: Iterable[Noted]) -> None:
    page = await play.office.open(f"/staff/g/{play.gathering_id}/insights")
    for insight_id, insight in noted:
        page = await play.office.submit(page, {"state": insight.becomes}, leads_to=insight_id)
        play.tally.insights[insight.becomes] += 1
