"""Converts the details in a form to fields of the API and back, for sign-up and the own page.
Does not validate: the API's body does."""

from collections.abc import Mapping
from typing import Any

from doorpakken_registration.gatherings.model.gathering import Gathering
from doorpakken_registration.gatherings.model.private_details import Told
from doorpakken_registration.web.form import FormData

# Form fields that can have several values.
MANY = ("offers", "arrangements")
REPLY = "reply."


def details_in(form: FormData, gathering: Gathering) -> dict[str, Any]:
    replies = [(one.question_id, form.one(REPLY + one.question_id)) for one in gathering.questions]
    return {
        "kind": form.one("kind"),
        "organisation": form.one("organisation"),
        "arrangements": form.many("arrangements"),
        "note": form.one("note") or "",
        "replies": [{"question_id": key, "text": text} for key, text in replies if text],
        "on_participant_list": bool(form.one("on_participant_list")),
    }


def interests_in(form: FormData) -> dict[str, Any]:
    return {
        "interests": form.listed("interests"),
        "offers": form.many("offers"),
        "availability": form.listed("availability"),
    }


def typed_told(told: Told) -> Mapping[str, Any]:
    replies = {f"{REPLY}{one.question_id}": one.text for one in told.replies}
    return {"arrangements": told.arrangements, "note": told.note, **replies}
