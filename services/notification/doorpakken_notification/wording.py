"""Words periods, counts and reasons for mails, in Dutch and English. A reason without a sentence is
left out."""

import re
from collections.abc import Sequence
from datetime import datetime

from doorpakken_events.matching import Reason
from doorpakken_events.registration import Need
from doorpakken_pages import moments, quantities
from doorpakken_pages.catalogue import translations
from doorpakken_pages.lists import listed
from doorpakken_pages.words import UNITS

_COUNTS = {
    "nl": ["een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien"],
    "en": ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"],
}
_CATEGORIES = {
    "nl": {
        "money": "geld",
        "expertise": "kennis",
        "people": "mensen",
        "space": "ruimte",
        "network": "contacten",
        "promotion": "bekendheid",
        "placement": "plekken voor werk of stage",
        "equipment": "spullen",
    },
    "en": {
        "money": "money",
        "expertise": "knowledge",
        "people": "people",
        "space": "space",
        "network": "contacts",
        "promotion": "promotion",
        "placement": "places to work or learn",
        "equipment": "equipment",
    },
}
_KINDS = {
    "nl": {
        "covenant_partner": "partners",
        "local_entrepreneur": "ondernemers",
        "community_member": "bewoners en vrijwilligers",
        "other": "mensen van gemeente, school of fonds",
    },
    "en": {
        "covenant_partner": "partners",
        "local_entrepreneur": "entrepreneurs",
        "community_member": "residents and volunteers",
        "other": "people from the city, a school or a fund",
    },
}
_SENTENCES = {
    "nl": {
        "offer": "U kunt helpen met {category}.",
        "need": "Dit is nodig: {need}.",
        "shared_interest": "Dit gaat over iets wat u belangrijk vindt: {word}.",
        "wished_for": "U wilde hieraan meewerken.",
        "supports_pitch": "U steunt deze pitch.",
        "similar_text": "U vertelde over: {word}. Daar gaat deze sessie ook over.",
        "kind_is_scarce": "Er komen nog weinig {kind}.",
    },
    "en": {
        "offer": "You can help with {category}.",
        "need": "This is needed: {need}.",
        "shared_interest": "This is about something you care about: {word}.",
        "wished_for": "You wanted to work on this.",
        "supports_pitch": "You support this pitch.",
        "similar_text": "You told us about: {word}. This session is about that too.",
        "kind_is_scarce": "Few {kind} are coming so far.",
    },
}


_ENDINGS = {
    "nl": {
        "gathering_cancelled": "De hele bijeenkomst gaat niet door.",
        "pitch_withdrawn": "Het plan is teruggetrokken.",
        "pitch_declined": "Het plan gaat niet verder.",
        "not_in_plan": "De sessie staat niet meer in de planning.",
    },
    "en": {
        "gathering_cancelled": "The whole gathering is off.",
        "pitch_withdrawn": "The plan was taken back.",
        "pitch_declined": "The plan does not go on.",
        "not_in_plan": "The session is not in the schedule any more.",
    },
}
_CODE = re.compile(r"[a-z]{1,40}(_[a-z]{1,40}){1,8}")


def ending(reason: str | None, language: str) -> str | None:
    """Why a session is cancelled: our sentence for a known code, or the text that staff wrote. None
    for an unknown code."""
    if not reason or not reason.strip():
        return None
    return _ENDINGS[language].get(reason) or (None if _CODE.fullmatch(reason) else reason)


def period(start: datetime, end: datetime, language: str) -> str:
    day = moments.day(start, language)
    return f"{day[0].upper()}{day[1:]}, {moments.hours(start, end, language)}"


def count(number: int, language: str) -> str:
    """Capitalised for the beginning of a sentence: `Zes`, `Six`, `13`."""
    words = _COUNTS[language]
    return words[number - 1].capitalize() if 1 <= number <= len(words) else str(number)


def amount(value: int, unit: str, language: str) -> str:
    if unit == "euro_cent":
        return quantities.euros(value, language)
    texts = translations(language, "doorpakken_pages")
    counted = texts.ngettext(*UNITS.get(unit, (unit, unit)), value)
    return f"{quantities.number(value, language)} {counted}"


def category(name: str, language: str) -> str:
    return _CATEGORIES[language].get(name, name)


def gathered(reasons: Sequence[Reason], language: str) -> list[Reason]:
    """Gives each reason the words of all reasons with its code, so that they become equal."""
    words: dict[str, list[str]] = {}
    for reason in reasons:
        if reason.word:
            words.setdefault(reason.code, []).append(reason.word)
    return [
        reason.model_copy(update={"word": listed(words[reason.code], language)})
        if reason.word
        else reason
        for reason in reasons
    ]


def reason_sentence(
    reason: Reason, *, need: Need | None, kind: str | None, language: str
) -> str | None:
    sentences = _SENTENCES[language]
    if reason.code == "offer_meets_need":
        return _offer_sentence(reason, need, language)
    if reason.code in ("shared_interest", "similar_text"):
        return sentences[reason.code].format(word=reason.word) if reason.word else None
    if reason.code == "kind_is_scarce":
        people = _KINDS[language].get(kind or "")
        return sentences[reason.code].format(kind=people) if people else None
    return sentences.get(reason.code)


def _offer_sentence(reason: Reason, need: Need | None, language: str) -> str | None:
    sentences = _SENTENCES[language]
    category = _CATEGORIES[language].get(reason.category or (need.category if need else ""))
    parts = [sentences["offer"].format(category=category)] if category else []
    if need:
        parts.append(sentences["need"].format(need=need.description.rstrip(" .")))
    return " ".join(parts) or None
