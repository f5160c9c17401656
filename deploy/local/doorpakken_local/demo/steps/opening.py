"""Weeks before: people sign up, and say on their own page what they can do.
Fails unless every personal link arrives by mail."""

from collections import Counter

from doorpakken_local.demo.play import Play
from doorpakken_local.demo.steps.speaking import with_own_link
from doorpakken_local.demo.stories.parts import Person
from doorpakken_local.demo.visiting.crowd import each
from doorpakken_local.demo.visiting.forms import Entries
from doorpakken_local.demo.visiting.probe import until
from doorpakken_local.demo.visiting.web import Json

TOLD = {"name", "email", "phone", "language", "kind", "organisation", "offers", "interests"}


async def sign_up(play: Play) -> None:
    early = [person for person in play.story.people if person.joins != "door"]

    async def join(person: Person) -> None:
        if person.joins == "page":
            await _on_the_page(play, person)
        else:
            await play.web.client(play.place.urls["registration"]).post(
                f"{play.gathering_path}/attendees", told(person)
            )
        play.tally.signed_up.append(person)
        play.tally.mails["personal_link"] += bool(person.email)

    await each(early, join)


def told(person: Person) -> Json:
    """The person as a request body, without fields that are None."""
    said: Json = person.model_dump(mode="json", include=TOLD, exclude_none=True)
    return said


async def _on_the_page(play: Play, person: Person) -> None:
    browser = play.web.browser(person.language)
    page = await browser.open(f"{play.page_url}?lang={person.language}")
    await browser.send(page.form(), typed(person))


def typed(person: Person) -> Entries:
    entries = {
        "name": [person.name],
        "email": [person.email or ""],
        "phone": [person.phone or ""],
        "kind": [person.kind],
        "organisation": [person.organisation or ""],
        "arrangements": list(person.arrangements),
        "on_participant_list": ["yes"] if person.listed else [],
    }
    return {name: values for name, values in entries.items() if values != [""]}


async def receive_links(play: Play) -> None:
    before = [person for person in play.story.people if person.joins != "door"]
    awaited = Counter(person.email for person in before if person.email)

    async def missing() -> Counter[str]:
        mails = await play.mailbox.all()
        arrived = Counter(to for mail in mails if mail.kind == "personal_link" for to in mail.to)
        return awaited - arrived

    await until("personal links in the mailbox", missing, lambda left: not left)


async def tell_more(play: Play) -> None:
    people = [
        person
        for person in play.story.people
        if person.joins == "page" and person.email and (person.interests or person.offers)
    ]

    async def tell(person: Person) -> None:
        browser = await with_own_link(play, person.name)
        page = await browser.open(f"{play.place.urls['registration']}/me")
        page = await browser.open(page.link(ends_with="/details"))
        entries = {"interests": [", ".join(person.interests)], "offers": list(person.offers)}
        await browser.send(page.form(leads_to="/details"), entries)

    await each(people, tell)
