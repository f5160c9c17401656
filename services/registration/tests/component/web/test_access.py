"""Every route of registration answers each kind of caller as the table says."""

import httpx
import pytest
from fastapi import FastAPI

from services.registration.tests.component.desk import Desk
from services.registration.tests.component.web.access_world import Around
from tests.access import HOLDERS, World, misjudged, misplaced

# These take away what other routes are about.
LAST = (
    "POST /api/v1/me/links/end",
    "POST /me/links/end",
    "POST /api/v1/persons/{person_id}/links/end",
    "POST /staff/people/{person_id}/links/end",
    "POST /me/erase",
    "POST /api/v1/persons/{person_id}/merge",
    "POST /staff/people/{gone}/merge/{stays}",
    "POST /api/v1/persons/{person_id}/erase",
    "POST /staff/people/{person_id}/erase",
)


def test_every_route_has_one_need(app: FastAPI) -> None:
    assert misplaced(app, "registration") == []


@pytest.mark.timeout(600)  # every route, by everybody
async def test_everybody_is_answered_as_the_table_says(
    app: FastAPI, desk: Desk, public: httpx.AsyncClient
) -> None:
    around = await Around.of(desk, public)
    attendee = {"attendee_id": around.whole.attendee["id"]}
    people = (around.whole.person_id, around.other["person_id"])
    world = World(
        app,
        public,
        desk.settings.staff_private_key.get_secret_value(),
        here=await around.gatherings(),
        ids=await around.ids(),
        ids_of=await around.ids_of(),
        cookies={
            kind: await around.cookie_of(one) for kind, one in zip(HOLDERS, people, strict=True)
        },
        bodies={
            "POST /api/v1/sessions/{session_id}/sign-ups": attendee,
            "POST /api/v1/waves/{wave_id}/answers": attendee | {"answer": "declined"},
        },
    )

    async def links_work_again() -> None:
        await desk.service.mongo["persons"].update_many({}, {"$set": {"generation": 0}})

    # All tests sign in from the same address.
    tries = desk.service.mongo["sign_in_tries"]
    await tries.delete_many({})
    found = await misjudged(world, "registration", LAST, links_work_again)
    await tries.delete_many({})
    assert found == []
