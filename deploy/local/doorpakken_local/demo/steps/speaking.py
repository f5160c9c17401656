"""Who speaks: somebody by their personal link, or staff on behalf of a person or an organisation.
Refuses somebody who has no address to send a link to."""

from doorpakken_local.demo.play import Play
from doorpakken_local.demo.visiting.web import Browser, Json


async def with_own_link(play: Play, name: str) -> Browser:
    """The browser of somebody who opened the personal link in their first mail."""
    person = play.story.person(name)
    mails = await play.mails_of(person)
    own = next(mail for mail in mails if mail.kind == "personal_link")
    browser = play.web.browser(person.language)
    await browser.open(own.button(play.place.urls["registration"]))
    return browser


def speaker(play: Play, name: str) -> Json:
    """The id of a person, or of the organisation that people of that name come from."""
    if play.story.is_organisation(name):
        return {"organisation_id": organisation_id(play, name)}
    return {"person_id": play.attendees[name]["person_id"]}


def organisation_id(play: Play, name: str) -> str:
    """The id of an organisation, as its people signed up from it."""
    member = next(person for person in play.story.people if person.organisation == name)
    found: str = play.attendees[member.name]["organisation_id"]
    return found
