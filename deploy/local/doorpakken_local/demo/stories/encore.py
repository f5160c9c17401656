"""Adapts the story to a system in which it was played before: other people with the same names,
since nobody can have seats in two sessions at the same time."""

from doorpakken_local.demo.stories.parts import Person
from doorpakken_local.demo.stories.story import Story
from doorpakken_local.demo.visiting.web import API, Client

PHONE_DIGITS, PHONE_STEP = 4, 100


async def times_played(registration: Client) -> int:
    """The number of all gatherings, whoever created them: their attendees may be the story's
    people."""
    return len((await registration.get(f"{API}/gatherings"))["items"])


def encore(story: Story, times: int) -> Story:
    """The story with other addresses and phone numbers; unchanged when `times` is 0."""
    if not times:
        return story
    people = tuple(_other(person, times) for person in story.people)
    return story.model_copy(update={"people": people})


def _other(person: Person, times: int) -> Person:
    update: dict[str, str] = {}
    if person.email:
        local, _, domain = person.email.partition("@")
        update["email"] = f"{local}+{times + 1}@{domain}"
    if person.phone:
        head, last = person.phone[:-PHONE_DIGITS], int(person.phone[-PHONE_DIGITS:])
        number = (last + PHONE_STEP * times) % 10**PHONE_DIGITS
        update["phone"] = f"{head}{number:0{PHONE_DIGITS}d}"
    return person.model_copy(update=update)
