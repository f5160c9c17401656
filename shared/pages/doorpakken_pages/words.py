"""The Dutch that people read for the words of the code; `en.po` has the English.
Refuses nothing: a word that is not known yet is shown as it is, since enums stay open."""

WORDS: dict[str, dict[str, str]] = {
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
    "answer_reason": {
        "no_time": "geen tijd",
        "wrong_time": "andere dag of tijd",
        "not_for_me": "past niet bij mij",
    },
    "delivery": {
        "sent": "verstuurd",
        "on_paper": "op papier",
        "stopped": "tegengehouden",
        "ambiguous": "onzeker",
        "waiting": "wacht",
    },
    "stance": {"believes": "gelooft erin", "joins": "doet mee"},
}

# One and several of a unit.
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
