"""Who acts: a person by their personal link, or staff on behalf of a person or an organisation.
A person without an address has no link."""

from doorpakken_local.demo.play import Play
from doorpakken_local.demo.stories.parts import Person
from doorpakken_local.demo.visiting.mailbox import Mail
from doorpakken_local.demo.visiting.web import Browser, Json


async def with_own_link(play: Play, name: str) -> Browser:
    person = play.story.person(name)
    own = await link_mail(play, person)
    browser = play.web.browser(person.language)
    await browser.open(own.button(play.place.urls["registration"]))
    return browser


async def link_mail(play: Play, person: Person) -> Mail:
    """The mail that they got when they signed up."""
    mails = await play.mails_of(person)
    return next(mail for mail in mails if mail.kind == "personal_link")


def speaker(play: Play, name: str) -> Json:
    """The field `organisation_id` or `person_id` for a request body."""
    if play.story.is_organisation(name):
        return {"organisation_id": organisation_id(play, name)}
    return {"person_id": play.attendees[name]["person_id"]}


def organisation_id(play: Play, name: str) -> str:
    member = next(person for person in play.story.people if person.organisation == name)
    found: str = play.attendees[member.name]["organisation_id"]
    return found
