"""The day of the gathering: people are registered, checked in and pitch their plans.
Fails when an expected person is not on the list."""

from collections.abc import Iterable

from doorpakken_local.demo.play import Play
from doorpakken_local.demo.steps.opening import told
from doorpakken_local.demo.steps.telling import tell_on_the_page
from doorpakken_local.demo.stories.parts import Person, Pitch
from doorpakken_local.demo.stories.story import Story
from doorpakken_local.demo.visiting.crowd import each
from doorpakken_local.demo.visiting.web import API, Json


async def welcome(play: Play) -> None:
    at_the_door = [person for person in play.story.people if person.joins == "door"]
    await each(at_the_door, lambda person: _enter(play, person))
    play.attendees = await _by_name(play)
    await each(play.story.present, lambda person: _check_in(play, person))


async def _enter(play: Play, person: Person) -> None:
    await play.desk.registration.post(f"{play.gathering_path}/attendees", told(person))
    play.tally.signed_up.append(person)


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
    attendee_id = play.attendees[person.name]["id"]
    await play.desk.registration.post(f"{API}/attendees/{attendee_id}/check-in")
    play.tally.present.append(person)


async def pitch_plans(play: Play) -> None:
    await each(play.story.pitches, lambda pitch: _tell(play, pitch))
    listed = (await play.desk.registration.get(f"{play.gathering_path}/pitches"))["items"]
    play.pitch_ids = {item["title"]: item["id"] for item in listed}
    play.need_ids = need_ids(play.story, listed)
    await each(play.story.pitches, lambda pitch: _accept(play, pitch))


def need_ids(story: Story, pitches: Iterable[Json]) -> dict[str, str]:
    """The ids by the name of the need in the story; needs are matched by their description."""
    names = {need.description: need.name for need in story.needs.values()}
    return {
        names[need["description"]]: need["need_id"] for pitch in pitches for need in pitch["needs"]
    }


async def _tell(play: Play, pitch: Pitch) -> None:
    pitcher = play.story.person(pitch.pitcher)
    if pitch.tells == "page":
        await tell_on_the_page(play, pitch, pitcher)
        return
    day = play.story.gathering
    needs = [
        need.model_dump(exclude={"name"}) | {"wanted_by": day.on(need.wanted_by).isoformat()}
        for need in pitch.needs
    ]
    body = pitch.model_dump(include={"kind", "title", "summary"}) | {
        "person_id": play.attendees[pitcher.name]["person_id"],
        "organisation": pitcher.organisation,
        "needs": needs,
    }
    await play.desk.registration.post(f"{play.gathering_path}/pitches", body)


async def _accept(play: Play, pitch: Pitch) -> None:
    path = f"{API}/pitches/{play.pitch_ids[pitch.title]}/review"
    await play.desk.registration.post(path, {"decision": "accepted"})
    play.tally.mails["pitch_accepted"] += bool(play.story.person(pitch.pitcher).email)
    play.tally.pitches.append(pitch)
