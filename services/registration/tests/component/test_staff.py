"""Staff sign in with a password, renew by a cookie, and are gone when they sign out."""

import httpx
import pytest
from doorpakken_plumbing.staff import Staff, sign_token
from doorpakken_registration.settings import Settings
from fastapi import FastAPI

from services.registration.tests.component.desk import Desk
from tests.probe import becomes


def _credentials(settings: Settings) -> dict[str, str]:
    assert settings.first_staff_password
    return {
        "email": settings.first_staff_email,
        "password": settings.first_staff_password.get_secret_value(),
    }


async def test_the_first_account_signs_in_renews_and_signs_out(
    public: httpx.AsyncClient, settings: Settings, desk: Desk
) -> None:
    [account] = await desk.said("staff-changed")
    people = f"/api/v1/gatherings/{await desk.gathering()}"
    assert account["roles"] == {"*": "organiser"}
    signed_in = await public.post("/api/v1/staff/login", json=_credentials(settings))
    assert signed_in.status_code == 200
    assert {"staff", "staff_session"} <= public.cookies.keys()
    bearer = {"Authorization": f"Bearer {signed_in.json()['token']}"}
    drafts = await public.get("/api/v1/gatherings", headers=bearer)
    assert drafts.status_code == 200
    assert (await public.get("/api/v1/staff/renew")).status_code == 200
    wanted = f"{settings.reporting_url}/dashboard/g"
    renewed = await public.get("/staff/renew", params={"next": wanted})
    assert (renewed.status_code, renewed.headers["location"]) == (303, wanted)
    assert (await public.post("/api/v1/staff/logout")).status_code == 204

    async def status() -> int:
        return (await public.get(f"{people}/attendees", headers=bearer)).status_code

    await becomes(status, 401, seconds=5)
    gone = await public.get("/staff/renew", params={"next": wanted})
    assert "/staff/login?next=" in gone.headers["location"]
    [said] = await desk.said("staff-session-revoked", staff_id=account["staff_id"])
    assert len(said["revoked_sessions"]) == 1


async def test_a_program_that_keeps_cookies_is_judged_by_its_bearer_alone(
    app: FastAPI, settings: Settings, desk: Desk
) -> None:
    """As any HTTP session does it: no page sent it, and the sign-in left its cookies there."""
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(
        transport=transport, base_url=settings.registration_url
    ) as program:
        told = await program.post("/api/v1/staff/login", json=_credentials(settings))
        assert {"staff", "staff_session"} <= program.cookies.keys()
        gathering, path = desk.draft(), "/api/v1/gatherings"
        assert (await program.post(path, json=gathering)).json()["slug"] == "cross-origin"
        program.headers["Authorization"] = f"Bearer {told.json()['token']}"
        assert (await program.post(path, json=gathering)).status_code == 201
        program.headers["Authorization"] = "Bearer nonsense"
        assert (await program.post(path, json=gathering)).status_code == 401


@pytest.mark.parametrize(
    "going", ["https://elsewhere.example/", "//elsewhere.example", "http://127.0.0.1@elsewhere/"]
)
async def test_signing_in_leads_nowhere_else(
    public: httpx.AsyncClient, settings: Settings, going: str
) -> None:
    answer = await public.post("/staff/login", data=_credentials(settings) | {"next": going})
    assert answer.status_code == 303
    assert answer.headers["location"] == f"{settings.registration_url}/"


async def test_wrong_passwords_are_refused_in_one_way_and_not_for_ever(
    public: httpx.AsyncClient, settings: Settings
) -> None:
    unknown = {"email": "nobody@doorpakken.example", "password": "guess"}
    first = await public.post("/api/v1/staff/login", json=unknown)
    wrong = _credentials(settings) | {"password": "guess"}
    second = await public.post("/api/v1/staff/login", json=wrong)
    assert first.json() == second.json()
    assert (first.status_code, first.json()["slug"]) == (401, "sign-in-refused")
    page = await public.post("/staff/login", data=wrong)
    assert (page.status_code, "horen niet bij elkaar" in page.text) == (401, True)
    for _ in range(settings.sign_in_tries):
        last = await public.post("/api/v1/staff/login", json=unknown)
    assert (last.status_code, last.json()["slug"]) == (429, "too-many-requests")
    assert int(last.headers["retry-after"]) > 60


async def test_a_reader_may_look_and_not_touch(desk: Desk, public: httpx.AsyncClient) -> None:
    gathering_id = await desk.gathering()
    key = desk.settings.staff_private_key.get_secret_value()
    token = sign_token(key, Staff("staff-2", {gathering_id: "reader"}, "session-2"))
    bearer = {"Authorization": f"Bearer {token}"}
    path = f"/api/v1/gatherings/{gathering_id}"
    assert (await public.get(f"{path}/attendees", headers=bearer)).status_code == 200
    refused = await public.patch(path, json={"title": "x"}, headers=bearer)
    assert (refused.status_code, refused.json()["slug"]) == (403, "forbidden")
