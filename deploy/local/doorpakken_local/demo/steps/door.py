"""The door: staff enter who walks in, and check people in by the code in their mail or by name.
Fails when an expected person is not on the list."""

from urllib.parse import urlencode

from doorpakken_local.demo.play import Play
from doorpakken_local.demo.steps.speaking import link_mail
from doorpakken_local.demo.stories.parts import Person
from doorpakken_local.demo.visiting.crowd import each
from doorpakken_local.demo.visiting.web import Json

EXPECTED = "registered"


async def welcome(play: Play) -> None:
    walking_in = [person for person in play.story.people if person.joins == "door"]
    await each(walking_in, lambda person: _enter(play, person))
    play.attendees = await _by_name(play)
    expected = [one for one in play.story.present if play.attendees[one.name]["state"] == EXPECTED]
    await each(expected, lambda person: _check_in(play, person))
    play.tally.present += play.story.present


async def _enter(play: Play, person: Person) -> None:
    """The form for who walks in asks little, and no language; the page that follows asks more."""
    entered = await (_walk_in(play, person) if person.language == "nl" else _add(play, person))
    page = await play.office.open(f"/staff/attendees/{entered}")
    more = {
        "organisation": person.organisation or "",
        "interests": ", ".join(person.interests),
        "offers": person.offers,
    }
    await play.office.submit(page, more, leads_to=entered)
    play.tally.signed_up.append(person)


async def _walk_in(play: Play, person: Person) -> str:
    """Checks them in too; gives the id of the attendee."""
    page = await play.office.open(f"{_door(play)}/walk-in")
    page = await play.office.submit(page, _introduced(person))
    return page.url.rpartition("=")[2]


async def _add(play: Play, person: Person) -> str:
    """Without a mail, since they are here; gives the id of the attendee."""
    page = await play.office.open(f"/staff/g/{play.gathering_id}/participants/new")
    entries = _introduced(person) | {"language": person.language, "sends_link": []}
    page = await play.office.submit(page, entries)
    return page.url.partition("?")[0].rpartition("/")[2]


def _introduced(person: Person) -> dict[str, str | list[str]]:
    return {
        "name": person.name,
        "kind": person.kind,
        "email": person.email or "",
        "phone": person.phone or "",
    }


async def _by_name(play: Play) -> dict[str, Json]:
    found: dict[str, Json] = {}
    query: dict[str, str] = {}
    while True:
        page = await play.desk.registration.get(f"{play.gathering_path}/attendees", **query)
        found |= {item["name"]: item for item in page["items"]}
        if page["next"] is None:
            return found
        query = {"cursor": page["next"]}


async def _check_in(play: Play, person: Person) -> None:
    if person.email and person.joins != "door":
        await _check_in_by_code(play, person)
    else:
        await _check_in_by_name(play, person)


async def _check_in_by_code(play: Play, person: Person) -> None:
    code = (await link_mail(play, person)).door_code
    page = await play.office.open(_door(play))
    await play.office.submit(page, {"code": code}, leads_to="/door")


async def _check_in_by_name(play: Play, person: Person) -> None:
    page = await play.office.open(f"{_door(play)}?{urlencode({'q': person.name})}")
    await play.office.submit(page, {}, leads_to="/door", says=person.name)


def _door(play: Play) -> str:
    return f"/staff/g/{play.gathering_id}/door"
