"""The day itself: people walk in, are checked in, tell their plans and support each other's.
Refuses to go on when somebody who should be there is not on the list."""

from doorpakken_local.demo.crowd import each
from doorpakken_local.demo.opening import told
from doorpakken_local.demo.play import Play
from doorpakken_local.demo.story import Person, Pitch, Support
from doorpakken_local.demo.telling import tell_on_the_page
from doorpakken_local.demo.web import Json
from doorpakken_local.demo.words import API


async def welcome(play: Play) -> None:
    """Staff enter who walks in and check in everybody present."""
    at_the_door = [person for person in play.story.people if person.joins == "door"]
    await each(at_the_door, lambda person: _enter(play, person))
    play.attendees = await _by_name(play)
    await each(play.story.present, lambda person: _check_in(play, person))


async def _enter(play: Play, person: Person) -> Json:
    return await play.desk.registration.post(f"{play.gathering_path}/attendees", told(person))


async def _by_name(play: Play) -> dict[str, Json]:
    found: dict[str, Json] = {}
    total = 1
    while len(found) < total:
        page = await play.desk.registration.get(
            f"{play.gathering_path}/attendees", skip=str(len(found))
        )
        found |= {item["name"]: item for item in page["items"]}
        total = page["total"] if page["items"] else len(found)
    return found


async def _check_in(play: Play, person: Person) -> Json:
    attendee_id = play.attendees[person.name]["id"]
    return await play.desk.registration.post(f"{API}/attendees/{attendee_id}/check-in")


async def pitch(play: Play) -> None:
    """The plans are told, on the public page or to staff, and staff accept them."""
    await each(play.story.pitches, lambda told_: _tell(play, told_))
    listed = await play.desk.registration.get(f"{play.gathering_path}/pitches")
    play.pitch_ids = {item["title"]: item["id"] for item in listed["items"]}
    await each(play.pitch_ids.values(), lambda pitch_id: _accept(play, pitch_id))


async def _tell(play: Play, pitch_: Pitch) -> None:
    pitcher = play.story.person(pitch_.pitcher)
    if pitch_.tells == "page":
        await tell_on_the_page(play, pitch_, pitcher)
        return
    day = play.story.gathering
    needs = [
        need.model_dump() | {"wanted_by": day.on(need.wanted_by).isoformat()}
        for need in pitch_.needs
    ]
    body = pitch_.model_dump(include={"kind", "title", "summary"}) | {
        "person_id": play.attendees[pitcher.name]["person_id"],
        "organisation": pitcher.organisation,
        "needs": needs,
    }
    await play.desk.registration.post(f"{play.gathering_path}/pitches", body)


async def _accept(play: Play, pitch_id: str) -> Json:
    return await play.desk.registration.post(
        f"{API}/pitches/{pitch_id}/review", {"decision": "accepted"}
    )


async def support(play: Play) -> None:
    """People and organisations say what they believe in and where they join."""
    await each(play.story.support, lambda said: _support(play, said))


async def _support(play: Play, said: Support) -> None:
    path = f"{API}/pitches/{play.pitch_ids[said.pitch]}/endorsements"
    body = {"stance": said.stance} | ({"reason": said.reason} if said.reason else {})
    if said.says_it == "link":
        await _by_link(play, said.by, path, body)
        return
    made = await play.desk.registration.post(path, body | _supporter(play, said.by))
    if made["state"] == "pending":
        # Its contact person says so on the phone.
        await play.desk.registration.post(f"{API}/endorsements/{made['id']}/confirm")


def _supporter(play: Play, by: str) -> Json:
    """The id of a person, or of the organisation that people of that name come from."""
    if by in play.attendees:
        return {"person_id": play.attendees[by]["person_id"]}
    member = next(person for person in play.story.people if person.organisation == by)
    return {"organisation_id": play.attendees[member.name]["organisation_id"]}


async def _by_link(play: Play, name: str, path: str, body: Json) -> None:
    """Somebody opens their personal link, and speaks for themselves."""
    person = play.story.person(name)
    assert person.email is not None
    mails = await play.mailbox.of(person.email, name)
    registration = play.place.urls["registration"]
    browser = play.web.browser(person.language)
    await browser.open(mails[0].button(registration))
    await browser.call(f"{registration}{path}", body)
