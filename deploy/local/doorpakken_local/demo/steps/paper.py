"""Staff enter what people without an address answer on paper or by telephone.
Knows by the words on the page who has a seat, and who is offered one."""

from collections.abc import Sequence

from doorpakken_local.demo.play import Play
from doorpakken_local.demo.steps.choosing import choose
from doorpakken_local.demo.stories.parts import Person
from doorpakken_local.demo.visiting.web import Json, Page

SEATED, OFFERED = "u doet mee", "er is een plaats voor u vrij"


async def answer_on_paper(play: Play, person: Person, sessions: Sequence[Json]) -> None:
    """A yes is to the sessions that come first on the page, beside those they ask for."""
    page = await _sheet(play, person)
    entries: dict[str, str | list[str]] = {"answer": person.answer}
    if person.answer == "accepted":
        by_id = {session["id"]: session for session in sessions}
        offered = [by_id[box.value] for box in page.form().boxes("session")]
        chosen = [session["id"] for session in choose(person, offered, sessions)]
        play.tally.chosen[person.name] = entries["session"] = chosen
    if person.because:
        entries["reason"] = person.because
    answered = await play.office.submit(page, entries)
    play.tally.seats_on_paper += _count(answered, SEATED)


async def accept_on_paper(play: Play, person: Person) -> None:
    """Does nothing when no place is offered to them."""
    page = await _sheet(play, person)
    if _count(page, OFFERED):
        answered = await play.office.submit(page, {"answer": "accepted"})
        play.tally.seats_on_paper += _count(answered, SEATED) - _count(page, SEATED)


async def _sheet(play: Play, person: Person) -> Page:
    attendee_id = play.attendees[person.name]["id"]
    return await play.office.open(f"/staff/answers/{play.wave_id}/{attendee_id}")


def _count(page: Page, words: str) -> int:
    return sum(words in box.label for box in page.form().boxes("session"))
