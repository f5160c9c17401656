"""Whatever is sent to the API, its answers are those that its OpenAPI description promises."""

import asyncio
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

from services.registration.tests.component.desk import Desk, plan_for_work

# The same requests at every run, and few enough for a minute in all.
BOUNDED = settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


# Hypothesis seeds `random` itself; its note is for who writes strategies.
@pytest.mark.filterwarnings("ignore:Do not use the `random` module")
@pytest.mark.parametrize("is_staff", [True, False], ids=["staff", "nobody"])
async def test_every_answer_is_as_described(
    app: FastAPI, desk: Desk, address: str, is_staff: bool
) -> None:
    headers = {"Authorization": desk.client.headers["Authorization"]} if is_staff else {}
    ask = Asker(app, address, headers, await _known(desk))
    assert await asyncio.to_thread(ask.broken_promises) == {}


async def test_what_doors_and_dependencies_refuse_is_described(app: FastAPI) -> None:
    described = app.openapi()
    sign_up = described["paths"]["/api/v1/gatherings/{gathering_id}/attendees"]["post"]
    statuses = ["201", "202", "400", "401", "403", "404", "409", "413", "422", "429", "503"]
    assert sorted(sign_up["responses"]) == statuses
    for status in ("429", "503"):
        assert [*sign_up["responses"][status]["headers"]] == ["Retry-After"]
    assert [one["name"] for one in sign_up["parameters"]] == ["gathering_id", "Idempotency-Key"]
    assert sign_up["security"] == [{"staff": []}, {"staff cookie": []}, {}]
    create = described["paths"]["/api/v1/gatherings"]["post"]
    assert create["security"] == [{"staff": []}, {"staff cookie": []}]
    assert {"Problem", "FieldError"} < {*described["components"]["schemas"]}
    assert "HTTPValidationError" not in described["components"]["schemas"]


class Asker:
    """Somebody who sends all that fits the description, and what does not."""

    def __init__(
        self, app: FastAPI, address: str, headers: Mapping[str, str], known: Mapping[str, str]
    ) -> None:
        self._schema = schemathesis.openapi.from_dict(app.openapi())
        # What people write is judged by more than a schema can say: 422 is an answer to that.
        accepted = self._schema.config.checks.positive_data_acceptance.expected_statuses
        self._schema.config.checks.positive_data_acceptance.expected_statuses = [*accepted, "422"]
        self._session = requests.Session()
        self._address, self._headers, self._known = address, dict(headers), known

    def broken_promises(self) -> dict[str, str]:
        """What is wrong, by operation."""
        broken = {}
        for result in self._schema.get_all_operations():
            assert isinstance(result, Ok), result
            operation = result.ok()
            fitting, wrong = map(operation.as_strategy, GenerationMode)
            try:
                self._try_out(fitting | wrong)
            except FailureGroup as found:
                broken[operation.label] = str(found)
        return broken

    def _try_out(self, cases: st.SearchStrategy[Case[Any]]) -> None:
        @BOUNDED
        @given(case=cases, is_known=st.booleans())
        def ask(case: Case[Any], is_known: bool) -> None:
            if is_known and case.path_parameters:
                ids = {name: self._known.get(name, id) for name, id in case.path_parameters.items()}
                case.path_parameters = ids
            case.call_and_validate(
                base_url=self._address, session=self._session, headers=self._headers
            )

        ask()


async def _known(desk: Desk) -> dict[str, str]:
    """Ids of things that are there, by the name of the path's parameter."""
    gathering_id = await desk.gathering()
    attendee = await desk.attendee(gathering_id, organisation="Reigerbank")
    pitched = await desk.client.post(f"/gatherings/{gathering_id}/pitches", json=plan_for_work())
    pitch_id = pitched.json()["id"]
    await desk.client.post(f"/pitches/{pitch_id}/review", json={"decision": "accepted"})
    return {
        "gathering_id": gathering_id,
        "attendee_id": attendee["id"],
        "person_id": attendee["person_id"],
        "organisation_id": attendee["organisation_id"],
        "pitch_id": pitch_id,
        "session_id": await desk.session(gathering_id, pitch_id=pitch_id),
        "wave_id": await desk.wave(gathering_id),
    }
