"""Submits a pitch on the public page, with its needs as typed amounts and dates.
Fails when the page has fewer rows than the pitch has needs."""

from doorpakken_local.demo.play import Play
from doorpakken_local.demo.steps import as_typed
from doorpakken_local.demo.steps.speaking import with_own_link
from doorpakken_local.demo.stories.parts import Gathering, Need, Person, Pitch


async def tell_on_the_page(play: Play, pitch: Pitch, pitcher: Person) -> None:
    # A pitch in a known person's name needs confirmation unless sent with their own link.
    browser = await with_own_link(play, pitcher.name)
    page = await browser.open(f"{play.page_url}/pitch?lang={pitcher.language}")
    entries = {
        "kind": pitch.kind,
        "title": pitch.title,
        "summary": pitch.summary,
        "name": pitcher.name,
        "email": pitcher.email or "",
        "phone": pitcher.phone or "",
        "organisation": pitcher.organisation or "",
        **needs_typed(pitch, play.story.gathering),
    }
    await browser.send(page.form(), {name: [text] for name, text in entries.items() if text})
    play.tally.mails["personal_link"] += bool(pitcher.email)


def needs_typed(pitch: Pitch, gathering: Gathering) -> dict[str, str]:
    return {
        f"needs.{row}.{name}": text
        for row, need in enumerate(pitch.needs)
        for name, text in _row(need, gathering).items()
    }


def _row(need: Need, gathering: Gathering) -> dict[str, str]:
    return {
        "description": need.description,
        "amount": as_typed.amount(need.amount, need.unit),
        "what": f"{need.category}.{need.unit}",
        "wanted_by": as_typed.day(gathering.on(need.wanted_by)),
    }
