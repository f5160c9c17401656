"""Entrepreneurs pitch their plans on the public page, or staff enter them; then staff accept them,
one after another. Fails when the page has no such pitch to review."""

from collections.abc import Iterable

from doorpakken_local.demo.play import Play
from doorpakken_local.demo.steps.telling import tell_on_the_page
from doorpakken_local.demo.stories.parts import Pitch
from doorpakken_local.demo.stories.story import Story
from doorpakken_local.demo.visiting.crowd import each
from doorpakken_local.demo.visiting.web import Json


async def pitch_plans(play: Play) -> None:
    await each(play.story.pitches, lambda pitch: _tell(play, pitch))
    listed = (await play.desk.registration.get(f"{play.gathering_path}/pitches"))["items"]
    play.pitch_ids = {item["title"]: item["id"] for item in listed}
    play.need_ids = need_ids(play.story, listed)
    await _accept(play)


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


async def _accept(play: Play) -> None:
    page = await play.office.open(f"/staff/g/{play.gathering_id}/pitches")
    for pitch in play.story.pitches:
        review = f"/{play.pitch_ids[pitch.title]}/review"
        page = await play.office.submit(page, {"act": "accept"}, leads_to=review)
        play.tally.mails["pitch_accepted"] += bool(play.story.person(pitch.pitcher).email)
        play.tally.pitches.append(pitch)
