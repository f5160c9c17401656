"""Works out from what people do what must be found afterwards, whatever plan is published.
Refuses nothing; for the committed story the result has to be its own table."""

from collections import Counter
from collections.abc import Iterable

from doorpakken_local.demo.expected import Answers, Expected
from doorpakken_local.demo.story import BEST, Person, Story


def expect(story: Story) -> Expected:
    """The counts that follow from the story."""
    present = story.present
    by_mail = [person for person in present if person.email]
    said_yes = [person for person in present if person.answer == "accepted"]
    return Expected(
        attendees=len(story.people),
        checked_in=len(present),
        people_by_kind=_by_kind(story),
        languages=Counter(person.language for person in story.people),
        organisations=len({one.organisation for one in story.people if one.organisation}),
        pitches=len(story.pitches),
        needs=sum(len(pitch.needs) for pitch in story.pitches),
        endorsements=len(story.support),
        sessions=len(story.pitches),
        invitations_sent=len(by_mail),
        invitations_on_paper=len(present) - len(by_mail),
        personal_links=_personal_links(story),
        answers=_answers(present),
        sign_ups=sum(len(person.chooses) for person in said_yes),
        over_asked=_named(said_yes),
    )


def _by_kind(story: Story) -> dict[str, tuple[int, int]]:
    registered = Counter(person.kind for person in story.people)
    present = Counter(person.kind for person in story.present)
    return {kind: (count, present[kind]) for kind, count in registered.items()}


def _personal_links(story: Story) -> int:
    """One mail for each public sign-up and each public pitch of somebody with an address."""
    signed_up = sum(person.joins != "door" and bool(person.email) for person in story.people)
    pitched = sum(
        pitch.tells == "page" and bool(story.person(pitch.pitcher).email) for pitch in story.pitches
    )
    return signed_up + pitched


def _answers(present: Iterable[Person]) -> Answers:
    counts = Counter(person.answer for person in present)
    return Answers(**{answer: counts[answer] for answer in Answers.model_fields})


def _named(people: Iterable[Person]) -> dict[str, int]:
    """How many ask for a session by its name; others may come on top."""
    return dict(Counter(choice for person in people for choice in person.chooses if choice != BEST))
