"""Words what mails and telephone calls say of promises, in Dutch and English."""

from collections.abc import Mapping, Sequence

_REMINDERS: Mapping[str, Mapping[str, Sequence[str]]] = {
    "nl": {
        "asked_again_5": (
            "We hoorden nog niet van u. Klopt deze toezegging?",
            "Het telt pas mee als u ja zegt.",
        ),
        "asked_again_12": (
            "We hoorden nog niet van u. Klopt deze toezegging?",
            "Eén klik is genoeg, ook als het niet lukt. Hierna vragen we het niet meer.",
        ),
        "consult": ("U wilde hierover overleggen. Weet u al wat u toezegt?",),
        "due_soon": (
            "U zei dit toe. Het is klaar op {due}.",
            "Hoe staat het ervoor? {pitch} rekent op u.",
        ),
        "past_1": (
            "Dit zou op {due} klaar zijn. Dat kan gebeuren.",
            "Kies een nieuwe datum. Dan weet {pitch} waar zij aan toe zijn.",
            "Kiest u niets? Dan staat vanaf {later} op de website: “wacht op nieuwe datum”.",
        ),
        "past_14": (
            "Dit zou op {due} klaar zijn. Op de website staat nu: “wacht op nieuwe datum”.",
            "Kies een nieuwe datum, of zeg dat het niet meer lukt. Hierna vragen we het niet meer.",
        ),
        "confirm_again": (
            "{who} zegt dat dit gedaan is.",
            "Klopt dat? Het telt pas mee als u ja zegt.",
        ),
        "outcome": (
            "Op {due} leidde u de werksessie van {pitch}. Wat is er afgesproken?",
            "Invullen duurt 3 minuten. Is er niets afgesproken? Zeg dan kort waarom.",
        ),
    },
    "en": {
        "asked_again_5": (
            "We did not hear from you yet. Is this promise right?",
            "It only counts once you say yes.",
        ),
        "asked_again_12": (
            "We did not hear from you yet. Is this promise right?",
            "One click is enough, also if you cannot. After this we will not ask again.",
        ),
        "consult": ("You wanted to talk this over. Do you know by now what you promise?",),
        "due_soon": (
            "You promised this. It is due on {due}.",
            "How is it going? {pitch} counts on you.",
        ),
        "past_1": (
            "This was due on {due}. That can happen.",
            "Choose a new date. Then {pitch} knows what to expect.",
            "No choice? Then the website says from {later}: “waits for a new date”.",
        ),
        "past_14": (
            "This was due on {due}. The website now says: “waits for a new date”.",
            "Choose a new date, or say that it will not work out. We will not ask again.",
        ),
        "confirm_again": (
            "{who} says that this is done.",
            "Is that right? It only counts once you say yes.",
        ),
        "outcome": (
            "On {due} you led the work session of {pitch}. What was agreed?",
            "It takes 3 minutes. Was nothing agreed? Then briefly say why.",
        ),
    },
}
_ANSWERS: Mapping[str, Mapping[str, Sequence[str]]] = {
    "nl": {
        "asked": ("Ja, maar anders: hoeveel of wanneer", "Iemand anders beslist", "Nee"),
        "due_soon": ("Het loopt", "Er is een nieuwe datum nodig"),
        "past": ("Het is gedaan", "Het lukt niet meer"),
        "confirm": ("Nee, dit klopt niet",),
        "outcome": (),
    },
    "en": {
        "asked": ("Yes, but different: how much or when", "Somebody else decides", "No"),
        "due_soon": ("It is under way", "It needs a new date"),
        "past": ("It is done", "It will not work out"),
        "confirm": ("No, this is not right",),
        "outcome": (),
    },
}
_FIRST = {
    "nl": {
        "asked": "Ja, dit zeg ik toe",
        "due_soon": "Het is gedaan",
        "past": "Nieuwe datum en reden",
        "confirm": "Ja, dit is gedaan",
        "outcome": "Schrijf het op",
    },
    "en": {
        "asked": "Yes, I promise this",
        "due_soon": "It is done",
        "past": "New date and reason",
        "confirm": "Yes, this is done",
        "outcome": "Write it down",
    },
}
_GROUPS = {
    "asked_again_5": "asked",
    "asked_again_12": "asked",
    "consult": "asked",
    "due_soon": "due_soon",
    "past_1": "past",
    "past_14": "past",
    "confirm_again": "confirm",
    "outcome": "outcome",
}
_NEWS = {
    "nl": {
        "promised": "{who} zegt toe: {thing} voor {pitch}. Klaar op {due}.",
        "new_day": "{who} geeft een nieuwe datum voor {thing}: {due}. Dit is voor {pitch}.",
        "done": "{who} zegt dat dit gedaan is: {thing} voor {pitch}.",
        "declined": "{who} zegt nee tegen {thing} voor {pitch}.",
        "withdrawn": "Het lukt {who} niet meer: {thing} voor {pitch}.",
        "not_delivered": "Dit is niet gedaan door {who}: {thing} voor {pitch}.",
        "person_erased": "Dit gaat niet door: {thing} voor {pitch}.",
    },
    "en": {
        "promised": "{who} promises {thing} for {pitch}. Due on {due}.",
        "new_day": "{who} gives a new date for {thing}: {due}. This is for {pitch}.",
        "done": "{who} says that this is done: {thing} for {pitch}.",
        "declined": "{who} says no to {thing} for {pitch}.",
        "withdrawn": "It will not work out for {who}: {thing} for {pitch}.",
        "not_delivered": "This was not done by {who}: {thing} for {pitch}.",
        "person_erased": "This will not happen: {thing} for {pitch}.",
    },
}
_SOMEBODY = {"nl": "Iemand", "en": "Somebody"}
_WEEK_BEFORE = ("week_before", "day_before")


def reminder_kind(what: str) -> str:
    """The same words a week before and a day before."""
    return "due_soon" if what in _WEEK_BEFORE else what


def reminder(kind: str, language: str, **words: str) -> list[str]:
    return [line.format(**words) for line in _REMINDERS[language][kind]]


def answers(kind: str, language: str) -> tuple[str, Sequence[str]]:
    """The main button of a reminder, and the other answers on the same page."""
    group = _GROUPS[kind]
    return _FIRST[language][group], _ANSWERS[language][group]


def news(what: str, language: str, **words: str) -> str:
    return _NEWS[language][what].format(**words)


def somebody(language: str) -> str:
    return _SOMEBODY[language]
