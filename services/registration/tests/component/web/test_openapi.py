"""Whatever is sent to the API, its answers are those that its OpenAPI description promises."""

import asyncio
import re
from collections.abc import Mapping
from typing import Any

import pytest
import requests
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.core.failures import FailureGroup
from schemathesis.core.result import Ok

from services.registration.tests.component.desk import Desk, Json, plan_for_work

# The same requests at every run, and few enough for a minute in all.
BOUNDED = settings(
    max_examples=4,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


# What takes things away comes last, so that there is something to ask about.
ENDS = re.compile("^DELETE|/(cancel|withdraw|close|merge|erase|check-in|logout)$")


# Hypothesis seeds `random` itself; its note is for who writes strategies.
@pytest.mark.filterwarnings("ignore:Do not use the `random` module")
@pytest.mark.parametrize("is_staff", [True, False], ids=["staff", "nobody"])
async def test_every_answer_is_as_described(
    app: FastAPI, desk: Desk, address: str, is_staff: bool
) -> None:
    headers = {"Authorization": desk.client.headers["Authorization"]} if is_staff else {}
    ask = Asker(app, address, headers, await _known(desk))
    assert await asyncio.to_thread(ask.broken_promises) == {}


class Asker:
    """Somebody who sends all that fits the description, and what does not."""

    def __init__(
        self, app: FastAPI, address: str, headers: Mapping[str, str], known: Mapping[str, str]
    ) -> None:
        self._schema = schemathesis.openapi.from_dict(app.openapi())
        # What people write is judged by more than a schema can say (422), and so is which state
        # of a thing they saw (412).
        accepted = self._schema.config.checks.positive_data_acceptance.expected_statuses
        self._schema.config.checks.positive_data_acceptance.expected_statuses = [
            *accepted,
            "412",
            "422",
        ]
        self._session = requests.Session()
        self._address, self._headers, self._known = address, dict(headers), known

    def broken_promises(self) -> dict[str, str]:
        """What is wrong, by operation."""
        broken = {}
        operations = [one.ok() for one in self._schema.get_all_operations() if isinstance(one, Ok)]
        for operation in sorted(operations, key=lambda one: bool(ENDS.search(one.label))):
            fitting, wrong = map(operation.as_strategy, GenerationMode)
            try:
                for shown in operation.get_strategies_from_examples():
                    self._try_out(shown, st.just(True))
                self._try_out(fitting | wrong, st.booleans())
            except FailureGroup as found:
                broken[operation.label] = str(found)
        return broken

    def _try_out(
        self, cases: st.SearchStrategy[Case[Any]], is_known: st.SearchStrategy[bool]
    ) -> None:
        """Sends them; where `is_known`, about things that are there."""

        @BOUNDED
        @given(case=cases, is_known=is_known)
        def send(case: Case[Any], is_known: bool) -> None:
            if is_known and case.path_parameters:
                case.path_parameters = self._with_known_ids(case.path_parameters)
            if is_known and isinstance(case.body, dict):
                case.body = self._with_known_ids(case.body)
            case.call_and_validate(
                base_url=self._address, session=self._session, headers=self._headers
            )

        send()

    def _with_known_ids(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        return {name: self._known.get(name, one) for name, one in fields.items()}


async def _known(desk: Desk) -> dict[str, str]:
    """Ids of things that are there, by the name of the parameter or field that holds them."""
    gathering_id = await desk.gathering()
    at = f"/gatherings/{gathering_id}"
    attendee = await desk.attendee(gathering_id, organisation="Reigerbank")
    pitch = await _made(desk, f"{at}/pitches", plan_for_work())
    await desk.client.post(f"/pitches/{pitch['id']}/review", json={"decision": "accepted"})
    known = {
        "gathering_id": gathering_id,
        "attendee_id": attendee["id"],
        "person_id": attendee["person_id"],
        "organisation_id": attendee["organisation_id"],
        "pitch_id": pitch["id"],
        "need_id": pitch["needs"][0]["need_id"],
        "session_id": await desk.session(gathering_id, pitch_id=pitch["id"]),
        "wave_id": await desk.wave(gathering_id),
    }
    about = {name: known[name] for name in ("need_id", "organisation_id")}
    offer = await _made(desk, f"{at}/offers", {**about, "amount": 4, "unit": "place"})
    persona = await _made(desk, f"{at}/personas", {"title": "Dit is Gladys"})
    table = await _made(desk, f"{at}/tables", {"label": "Tafel 1", "pitch_id": pitch["id"]})
    note = await _made(desk, f"/tables/{table['code']}/perspectives", {"text": "Bel terug."})
    made = {"offer_id": offer, "persona_id": persona, "perspective_id": note}
    return known | {name: one["id"] for name, one in made.items()} | {"code": table["code"]}


async def _made(desk: Desk, path: str, body: Json) -> Json:
    answer = await desk.client.post(path, json=body)
    assert answer.status_code == 201, answer.text
    made: Json = answer.json()
    return made
