"""What all pages of registration share: templates, refusals as a page, and error sentences.
The sentences for form fields are Dutch; the catalogue has the English."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from doorpakken_pages import Pages
from doorpakken_pages.page_route import LATER, Fields, router_of, show_refusal
from doorpakken_plumbing.http.errors import Refusal, TooMany
from doorpakken_plumbing.http.etags import ChangedMeanwhile
from doorpakken_plumbing.http.idempotency import FORM_FIELD, KeyReused
from doorpakken_plumbing.http.problems import field_errors
from doorpakken_plumbing.texts.mail_addresses import NotMailable
from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import ValidationError
from uuid_utils import uuid7

from doorpakken_registration.settings import Settings
from doorpakken_registration.web.form import Mistyped

PAGES = Pages("doorpakken_registration")
_PLACE = re.compile(r"\.\d{1,9}\Z")

DAY = "Schrijf een datum zo: 6 oktober 2023."
MOMENT = "Schrijf datum en tijd zo: 6 oktober 2023 18.00. Het einde komt na het begin."
NAME = "Vul een naam in die te lezen is, met hooguit 200 letters. Laat adressen en websites weg."
FIELDS = {
    "name": NAME,
    "email": "Dit e-mailadres klopt niet. Kijk het nog eens na.",
    "phone": "Dit telefoonnummer klopt niet. Schrijf het zo: 06 12345678.",
    "kind": "Kies wat bij u past.",
    "organisation": NAME,
    "interests": "Schrijf hooguit 20 onderwerpen op, met komma's ertussen.",
    "offers": "Kies uit de lijst.",
    "arrangements": "Kies uit de lijst.",
    "availability": "Schrijf hooguit 20 momenten op, met komma's ertussen.",
    "note": "Schrijf het korter op, met hooguit 500 letters.",
    "title": "Geef uw plan een naam, met hooguit 200 letters.",
    "summary": "Vertel kort over uw plan.",
    "need_id": "Kies uit de lijst.",
    "organisation_id": "Kies uit de lijst.",
    "person_id": "Kies wie het aanbiedt.",
    "needs": "Vul minstens één ding in dat nodig is.",
    "description": "Schrijf op wat er nodig is.",
    "amount": "Schrijf een getal boven 0, zoals 12 of 2.500,00.",
    "what": "Kies wat voor iets het is.",
    "portrait_title": "Geef het portret een naam, met hooguit 200 letters.",
    "portrait_summary": "Vertel het korter, met hooguit 5000 letters.",
    "motivations": "Schrijf hooguit 20 regels, met elk hooguit 200 letters.",
    "frustrations": "Schrijf hooguit 20 regels, met elk hooguit 200 letters.",
    "need_ids": "Kies uit de lijst.",
    "text": "Schrijf op wat u opvalt, met hooguit 500 letters.",
    "label": "Geef de tafel een naam, met hooguit 200 letters.",
    "co_pitchers": "Geef van deze persoon de naam, en een e-mailadres of nummer.",
    "stance": "Kies wat u wilt zeggen.",
    "pitch_ids": "Kies minstens één plan.",
    "reason": "Vertel het korter, met hooguit 5000 letters.",
    "closing_reason": "Kies wat er is veranderd.",
    "next_gathering_id": "Kies een bijeenkomst.",
    "roles": "Kies een rol. Een beheerder is dat voor alle bijeenkomsten.",
    "current": "Uw wachtwoord van nu klopt niet.",
    "password": "Kies een wachtwoord met 12 tot 200 tekens.",
    "publication": "Kies wat iedereen mag lezen.",
    "how": "Vertel het korter, met hooguit 5000 letters.",
    "due": DAY,
    "until": DAY,
    "answer": "Kies een antwoord.",
    "rest": "Zeg of de rest nog komt.",
    "outcome": "Kies hoe het verder gaat.",
    "wanted_by": "Schrijf een datum zo: 6-10-2023.",
    "owner": "Kies wie het doet.",
    "owner_name": NAME,
    "agreed": "Schrijf op wat er is afgesproken, met hooguit 200 letters.",
    "contact": "Geef een e-mailadres of telefoonnummer. Eén is genoeg.",
    "others": "Schrijf op elke regel één naam.",
    "why_nothing": "Vertel het korter, met hooguit 5000 letters.",
    "next_day": "Kies een dag na vandaag.",
    "gathering_title": "Geef de bijeenkomst een naam, met hooguit 200 letters.",
    "gathering_ambition": "Vertel het korter, met hooguit 5000 letters.",
    "gathering_date": DAY,
    "gathering_last_date": DAY,
    "gathering_begin": "Schrijf een tijd zo: 15.00.",
    "gathering_end": "Schrijf een tijd zo: 17.00. Het einde komt na het begin.",
    "gathering_venue_name": "Schrijf op waar het is, met hooguit 200 letters.",
    "gathering_venue_address": "Schrijf het adres korter, met hooguit 200 letters.",
    "gathering_capacity": "Schrijf een getal boven 0, zoals 120.",
    "gathering_registration_opens_at": MOMENT,
    "gathering_registration_closes_at": MOMENT,
    "gathering_pitches_open_at": MOMENT,
    "gathering_pitches_close_at": MOMENT,
    "gathering_follow_up_from": DAY,
    "gathering_follow_up_until": "Schrijf een dag op die na de eerste dag komt.",
    "gathering_programme": "Elk deel heeft een tijd en een naam. Het begint tussen begin en einde.",
    "gathering_questions": "Schrijf de vraag op, met hooguit 200 letters.",
    "gathering_theme": "Geef het thema een naam, met hooguit 200 letters.",
}
NO_ADDRESS = "Vul een e-mailadres of een telefoonnummer in. Eén is genoeg."
CHANGED = (
    "Iemand anders veranderde dit intussen. Bij elk veld ziet u wat er nu staat. "
    "Bewaart u opnieuw? Dan geldt wat u typte."
)
NOT_MAILABLE = "Voor de @ staat een letter die wij niet kunnen mailen. Geef een ander adres."
# Sentences for `Retry-After`, by maximum wait in seconds; never less than the header has.
WAITS = (
    (60, "Dat was te vaak. Wacht een minuut en probeer het dan nog eens."),
    (120, "Dat was te vaak. Wacht twee minuten en probeer het dan nog eens."),
    (300, "Dat was te vaak. Wacht vijf minuten en probeer het dan nog eens."),
    (600, "Dat was te vaak. Wacht tien minuten en probeer het dan nog eens."),
    (900, "Dat was te vaak. Wacht een kwartier en probeer het dan nog eens."),
    (3600, "Dat was te vaak. Wacht een uur en probeer het dan nog eens."),
)
LONG = "Dat was te vaak. Probeer het morgen nog eens."
# Refusals that a new personal link resolves.
WITHOUT_LINK = ("link-refused", "link-expired", "unauthorised", "other-link")
FRESH = "fresh-link-needed"
# What was posted may be accepted by another link.
LATER_BY_LINK = ("other-link", FRESH)

Errors = list[dict[str, str]]
Problem = Refusal | ValidationError | Mistyped


def pages_router() -> APIRouter:
    return router_of(refused)


async def refused(request: Request, refusal: Refusal, fields: Fields) -> Response:
    is_later = refusal.status in LATER or refusal.slug in LATER_BY_LINK
    return show_refusal(
        PAGES,
        request,
        refusal,
        sentence_of(refusal),
        fields if is_later else [],
        "refused.html",
        needs_link=refusal.slug in WITHOUT_LINK,
        fresh_by=refusal.extra["by"] if refusal.slug == FRESH else "",
    )


def sentence_of(refusal: Refusal) -> str:
    if isinstance(refusal, TooMany):
        seconds = int(refusal.headers["Retry-After"])
        return next((sentence for most, sentence in WAITS if seconds <= most), LONG)
    return refusal.dutch


def see_other(settings: Settings, path: str) -> Response:
    return RedirectResponse(f"{settings.registration_url}{path}", 303)


def errors_of(problem: Problem) -> Errors:
    """One sentence per wrong field, under the form's own field names."""
    if isinstance(problem, Mistyped):
        return said(problem.fields)
    if isinstance(problem, ValidationError):
        found = problem.errors()
        fields = [one["field"] for one in field_errors(found)]
        special = {
            field: NOT_MAILABLE
            for field, one in zip(fields, found, strict=True)
            if isinstance(one.get("ctx", {}).get("error"), NotMailable)
        }
        return [
            one | {"message": special.get(one["field"], one["message"])}
            for one in said(dict.fromkeys(fields))
        ]
    if isinstance(problem, ChangedMeanwhile):
        return [{"field": "", "message": CHANGED}]
    if "errors" in problem.extra:
        wrong = [one["field"] for one in problem.extra["errors"]]
        return [{"field": field, "message": problem.dutch} for field in wrong]
    return [{"field": "", "message": sentence_of(problem)}]


def said(fields: Mapping[str, object] | Sequence[str]) -> Errors:
    """The sentences for wrong fields; an error without a field means that an address is missing."""
    return [
        {"field": field or "email", "message": FIELDS.get(_last(field), NO_ADDRESS)}
        for field in fields
    ]


def new_key() -> str:
    return str(uuid7())


def key_of(values: Mapping[str, Any], errors: Errors) -> str:
    """The idempotency key for a form. A form that is shown again keeps its key, so that sending it
    twice counts once, unless the key was used for other content before."""
    used = any(one["message"] == KeyReused.dutch for one in errors)
    return new_key() if used else values.get(FORM_FIELD) or new_key()


def _last(field: str) -> str:
    # `needs.0.amount` gives `amount`, `interests.3` gives `interests`.
    return _PLACE.sub("", field).rpartition(".")[2]
