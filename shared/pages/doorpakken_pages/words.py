"""The Dutch texts for words of the code; `en.po` has the English.
An unknown word is shown as it is, since enums stay open."""

from doorpakken_pages.commitment_words import COMMITMENT_WORDS
from doorpakken_pages.staff_words import STAFF_WORDS

WORDS: dict[str, dict[str, str]] = {
    **STAFF_WORDS,
    **COMMITMENT_WORDS,
    "kind": {
        "covenant_partner": "partner",
        "local_entrepreneur": "ondernemer",
        "community_member": "bewoner",
        "other": "anders",
    },
    "category": {
        "money": "geld",
        "expertise": "kennis",
        "people": "mensen",
        "space": "ruimte",
        "network": "contacten",
        "promotion": "bekendheid",
        "placement": "plekken (werk of stage)",
        "equipment": "spullen",
    },
    "pitch_kind": {"project": "project", "idea": "idee", "activity": "activiteit"},
    "pitch_state": {
        "draft": "in de maak",
        "submitted": "ingestuurd",
        "accepted": "aangenomen",
        "declined": "niet aangenomen",
        "withdrawn": "teruggetrokken",
    },
    "closed_reason": {
        "met": "rond",
        "elsewhere": "ergens anders gevonden",
        "not_needed": "niet meer nodig",
        "carried_over": "gaat mee naar de volgende keer",
    },
    "gathering_state": {
        "draft": "in de maak",
        "published": "open",
        "closed": "aanmelden gesloten",
        "took_place": "geweest",
        "cancelled": "gaat niet door",
    },
    "attendee_state": {
        "registered": "aangemeld",
        "waitlisted": "op de wachtlijst",
        "offered": "vrije plaats aangeboden",
        "cancelled": "afgemeld",
        "checked_in": "aanwezig",
    },
    "session_state": {
        "proposed": "voorgesteld",
        "scheduled": "gepland",
        "rescheduled": "verplaatst",
        "cancelled": "gaat niet door",
        "took_place": "geweest",
    },
    "sign_up_state": {
        "held": "plaats vastgehouden",
        "active": "doet mee",
        "waitlisted": "op de wachtlijst",
        "offered": "vrije plaats aangeboden",
        "ended": "afgemeld",
        "conflict": "tegelijk met een andere",
    },
    "answer": {
        "pending": "nog geen antwoord",
        "accepted": "ja",
        "declined": "nee",
        "maybe": "weet het nog niet",
    },
    "arrangement": {
        "interpreter": "een tolk",
        "wheelchair": "ruimte voor een rolstoel",
        "child_care": "kinderopvang",
        "diet": "ander eten (halal, zonder vlees, allergie)",
    },
    "answer_reason": {
        "no_time": "geen tijd",
        "wrong_time": "andere dag of tijd",
        "not_for_me": "past niet bij mij",
    },
    "delivery": {
        "sent": "verstuurd",
        "on_paper": "op papier",
        "suppressed": "wil geen mail",
        "bounced": "adres bestaat niet",
        "stopped": "tegengehouden",
        "ambiguous": "onzeker",
        "waiting": "wacht",
    },
    "end_reason": {
        "left": "afgemeld voor de sessie",
        "declined": "zei nee",
        "answer_changed": "koos een andere sessie",
        "attendee_cancelled": "afgemeld voor de bijeenkomst",
        "session_cancelled": "sessie gaat niet door",
        "hold_lapsed": "gaf geen antwoord",
        "offer_lapsed": "nam de vrije plaats niet",
        "capacity_reduced": "minder plaatsen",
        "conflict_lapsed": "koos niet bij overlap",
        "not_present": "was er niet bij",
        "handed_over": "stuurde een collega of buur",
    },
    "host_answer": {
        "yes": "ja",
        "no": "nee",
        "other_slot": "liever een andere tijd",
        "none": "nog geen antwoord",
    },
    "claim_kind": {
        "sign_up": "aanmelding",
        "pitch": "pitch",
        "co_pitcher": "u pitcht mee",
        "wishes": "plannen waaraan u wilt meewerken",
        "offer": "aanbod",
    },
    "claim_state": {
        "waiting": "wacht op uw ja",
        "applied": "verwerkt",
        "dropped": "niet van u",
    },
    "endorsement_state": {
        "pending": "wacht op bevestiging",
        "confirmed": "bevestigd",
        "withdrawn": "teruggenomen",
    },
    "language": {"nl": "Nederlands", "en": "Engels"},
    "stance": {"believes": "gelooft erin", "joins": "doet mee"},
}

# Singular and plural of a unit.
UNITS: dict[str, tuple[str, str]] = {
    "euro_cent": ("euro", "euro"),
    "hour": ("uur", "uur"),
    "trajectory": ("traject", "trajecten"),
    "person": ("persoon", "personen"),
    "day_part": ("dagdeel", "dagdelen"),
    "square_metre": ("m²", "m²"),
    "introduction": ("kennismaking", "kennismakingen"),
    "publication": ("publicatie", "publicaties"),
    "place": ("plek", "plekken"),
    "piece": ("stuk", "stuks"),
}
