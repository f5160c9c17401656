"""Derives the expected counts from what people do in the story, for any published plan.
For the committed story the result must equal its own table."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from doorpakken_local.demo.counting.counts import needs_left
from doorpakken_local.demo.counting.expected import Answers, Expected, Insights, Support
from doorpakken_local.demo.stories.parts import BEST, Person
from doorpakken_local.demo.stories.story import Story


def expect(story: Story) -> Expected:
    return Expected(
        **_people(story),
        **_plans(story),
        **_mails(story),
        support=_support(story),
        sessions=len(story.pitches),
        hosts_yes=len(story.pitches),
        people_with_wishes=len(story.wishes),
        wishes=sum(len(one.pitches) for one in story.wishes),
        **_answers(story.present),
    )


def _people(story: Story) -> dict[str, Any]:
    registered = Counter(person.kind for person in story.people)
    present = Counter(person.kind for person in story.present)
    return {
        "attendees": len(story.people),
        "checked_in": len(story.present),
        "people_by_kind": {kind: (count, present[kind]) for kind, count in registered.items()},
        "languages": Counter(person.language for person in story.people),
        "organisations": len({one.organisation for one in story.people if one.organisation}),
    }


def _plans(story: Story) -> dict[str, Any]:
    notes = [insight for table in story.tables for insight in table.insights]
    decided: Counter[str] = Counter(note.becomes for note in notes)
    return {
        "portraits": len(story.portraits),
        "insights": Insights(**{word: decided[word] for word in Insights.model_fields}),
        "pitches": len(story.pitches),
        "needs": len(story.needs),
        "needs_left": _needs_left(story),
        "needs_with_offer": len({offer.need for offer in story.offers if offer.need}),
        "offers": len(story.offers),
    }


def _needs_left(story: Story) -> dict[str, tuple[int, int]]:
    offered: Counter[str] = Counter()
    for offer in story.offers:
        offered[offer.need or ""] += offer.amount
    return needs_left({name: need.amount for name, need in story.needs.items()}, offered)


def _support(story: Story) -> Support:
    became: Counter[str] = Counter(one.becomes for one in story.support)
    return Support(**{word: became[word] for word in Support.model_fields})


def _mails(story: Story) -> dict[str, Any]:
    """Mails that do not depend on the plan; people without an address get a letter or a call."""
    by_mail = sum(bool(person.email) for person in story.present)
    return {
        "invitations_sent": by_mail,
        "invitations_on_paper": len(story.present) - by_mail,
        "mails": {
            "personal_link": _personal_links(story),
            "endorsement_request": sum(story.is_organisation(one.by) for one in story.support),
            "host_request": len(story.pitches),
            "invitation": by_mail,
        },
    }


def _personal_links(story: Story) -> int:
    """One mail for each public sign-up and each public pitch by a person with an address."""
    signed_up = sum(person.joins != "door" and bool(person.email) for person in story.people)
    pitched = sum(
        pitch.tells == "page" and bool(story.person(pitch.pitcher).email) for pitch in story.pitches
    )
    return signed_up + pitched


def _answers(present: Sequence[Person]) -> dict[str, Any]:
    counts = Counter(person.answer for person in present)
    said_yes = [person for person in present if person.answer == "accepted"]
    return {
        "answers": Answers(**{answer: counts[answer] for answer in Answers.model_fields}),
        "sign_ups": sum(len(person.chooses) for person in said_yes),
        "over_asked": _named(said_yes),
    }


def _named(people: Iterable[Person]) -> dict[str, int]:
    return dict(Counter(choice for person in people for choice in person.chooses if choice != BEST))
