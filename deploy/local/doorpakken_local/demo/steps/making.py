"""Staff make the gathering, fill in its details and put it online.
Fails when the page does not give the programme as many rows as it has parts."""

from collections.abc import Mapping
from datetime import time

from doorpakken_local.demo.play import Play
from doorpakken_local.demo.steps import as_typed
from doorpakken_local.demo.stories.parts import Gathering


async def make(play: Play) -> None:
    gathering, office = play.story.gathering, play.office
    page = await office.open("/staff/gatherings/new")
    page = await office.submit(page, _beginning(gathering))
    play.gathering_id = page.url.split("/")[-2]
    for _ in gathering.programme[1:]:
        page = await office.submit(page, {"do": "add programme"}, leads_to="/edit")
    entries = _details(gathering) | _programme(gathering)
    page = await office.submit(page, entries, leads_to="/edit")
    await office.submit(page, {}, leads_to="/publish")


def _beginning(gathering: Gathering) -> Mapping[str, str]:
    return {
        "title": gathering.title,
        "date": as_typed.day(gathering.day),
        "begin": as_typed.clock(gathering.starts),
        "end": as_typed.clock(gathering.ends),
        "venue_name": gathering.venue.name,
    }


def _details(gathering: Gathering) -> dict[str, str]:
    """People can sign up and send in plans until the end."""
    first, last = gathering.follow_up
    opens = (gathering.opens - gathering.day).days
    return {
        "ambition": gathering.ambition,
        "venue_address": gathering.venue.address,
        "capacity": str(gathering.capacity or ""),
        "registration_opens_at": as_typed.moment(gathering.at(opens, time())),
        "registration_closes_at": as_typed.moment(gathering.at(0, gathering.ends)),
        "pitches_close_at": "",
        "follow_up_from": as_typed.day(gathering.on(first)),
        "follow_up_until": as_typed.day(gathering.on(last)),
    }


def _programme(gathering: Gathering) -> dict[str, str]:
    return {
        f"programme.{row}.{name}": text
        for row, part in enumerate(gathering.programme)
        for name, text in {"time": as_typed.clock(part.at), "title": part.title}.items()
    }
