"""The words that tell attendees of a gathering that was moved or cancelled: the same on the page
where staff see them before they go, and in the mail."""

from dataclasses import dataclass
from datetime import datetime

from doorpakken_pages import moments

_WORDS = {
    "nl": {
        "moved": "Let op: {title} is nu op {moment}",
        "elsewhere": "Let op: {title} heeft een nieuwe plek",
        "is_moved": "De bijeenkomst is verplaatst.",
        "was": "Was: {held}",
        "becomes": "Wordt: {held}",
        "why": "Waarom: {reason}",
        "cannot": "Kunt u dan niet?",
        "leave": "Meld u af",
        "coming": "U hoeft niets te doen als u komt.",
        "cancelled": "{title} op {day} gaat niet door",
        "is_cancelled": "Deze bijeenkomst gaat niet door:",
        "nothing": "U hoeft niets te doen.",
        "yours": "Bekijk wat van u is",
    },
    "en": {
        "moved": "Please note: {title} is now on {moment}",
        "elsewhere": "Please note: {title} has a new place",
        "is_moved": "The gathering was moved.",
        "was": "It was: {held}",
        "becomes": "It is now: {held}",
        "why": "Why: {reason}",
        "cannot": "Can you not come then?",
        "leave": "Cancel your place",
        "coming": "You need not do anything if you come.",
        "cancelled": "{title} on {day} is cancelled",
        "is_cancelled": "This gathering is cancelled:",
        "nothing": "You need not do anything.",
        "yours": "See what is yours",
    },
}


@dataclass(frozen=True)
class Held:
    """When and where a gathering is."""

    starts_at: datetime
    ends_at: datetime
    place: str
    address: str = ""

    @property
    def where(self) -> str:
        return ", ".join(filter(None, (self.place, self.address)))

    def when(self, language: str) -> str:
        """Vrijdag 6 oktober, 15.00–17.00 uur"""
        hours = moments.hours(self.starts_at, self.ends_at, language)
        return moments.beginning(f"{moments.day(self.starts_at, language)}, {hours}")


@dataclass(frozen=True)
class News:
    """What is told: `lines` above the only button, `closing` below it."""

    subject: str
    lines: tuple[str, ...]
    button: str
    closing: tuple[str, ...] = ()


def moved(title: str, was: Held, now: Held, reason: str | None, language: str) -> News:
    words = _WORDS[language]
    is_other_time = (was.starts_at, was.ends_at) != (now.starts_at, now.ends_at)
    subject = words["moved" if is_other_time else "elsewhere"]
    return News(
        subject.format(title=title, moment=moments.day_time(now.starts_at, language)),
        (
            words["is_moved"],
            *was_and_is(was, now, reason, language),
            words["cannot"],
        ),
        words["leave"],
        (words["coming"],),
    )


def was_and_is(was: Held, now: Held, reason: str | None, language: str) -> tuple[str, ...]:
    words = _WORDS[language]
    return (
        words["was"].format(held=_line(was, language)),
        words["becomes"].format(held=_line(now, language)),
        *_why(reason, language),
    )


def cancelled(title: str, held: Held, reason: str | None, language: str) -> News:
    words = _WORDS[language]
    return News(
        words["cancelled"].format(title=title, day=moments.day(held.starts_at, language)),
        (
            words["is_cancelled"],
            f"{title}, {_line(held, language)}",
            *_why(reason, language),
            words["nothing"],
        ),
        words["yours"],
    )


def _why(reason: str | None, language: str) -> tuple[str, ...]:
    return (_WORDS[language]["why"].format(reason=reason),) if reason else ()


def _line(held: Held, language: str) -> str:
    hours = moments.hours(held.starts_at, held.ends_at, language)
    return ", ".join(filter(None, (moments.day(held.starts_at, language), hours, held.where)))
