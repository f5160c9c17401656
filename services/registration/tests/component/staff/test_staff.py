"""Staff sign in with a password, renew by a cookie, and are gone when they sign out."""

import hashlib
from datetime import timedelta

import httpx
import pytest
from doorpakken_plumbing.identity.links import read_link
from doorpakken_plumbing.identity.staff import Staff, sign_token
from doorpakken_plumbing.service import Service
from doorpakken_plumbing.time import clock
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
    account, *_ = await desk.said("staff-changed")
    people = f"/api/v1/gatherings/{await desk.gathering()}"
    assert account["roles"] == {"*": "administrator"}
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


def _browser(app: FastAPI, settings: Settings, client: str) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(app, client=(client, 40000)),
        base_url=settings.registration_url,
        headers={"Sec-Fetch-Site": "same-origin"},
    )


async def _tried(browser: httpx.AsyncClient, email: str, password: str = "guess") -> int:
    body = {"email": email, "password": password}
    return (await browser.post("/api/v1/staff/login", json=body)).status_code


async def test_however_an_address_is_written_it_is_one_account(
    app: FastAPI, settings: Settings
) -> None:
    local, _, domain = settings.first_staff_email.partition("@")
    spellings = [
        f"{before}{name}@{host}{after}"
        for before in ("", " ", "\t", "\u00a0", "\n ")
        for after in ("", " ", "\u2003")
        for name, host in ((local, domain), (local.upper(), domain), (local, domain.title()))
    ]
    looked_at, account = 3, f"account {_digest(settings.first_staff_email, '203.0.113.20')}"
    await _counted(app, account, settings.sign_in_tries - looked_at, minutes=5)
    async with _browser(app, settings, "203.0.113.20") as stranger:
        answers = [await _tried(stranger, one) for one in spellings]
        right = _credentials(settings)
        last = await _tried(stranger, f" {right['email']} ", right["password"])
    assert answers == [401] * looked_at + [429] * (45 - looked_at)
    assert last == 429


async def test_strangers_lock_nobody_out(app: FastAPI, settings: Settings) -> None:
    right = _credentials(settings)
    async with (
        _browser(app, settings, "203.0.113.30") as stranger,
        _browser(app, settings, "203.0.113.31") as known,
        _browser(app, settings, "203.0.113.32") as new,
        _browser(app, settings, "203.0.113.30") as beside,
    ):
        assert await _tried(known, **right) == 200
        await known.post("/api/v1/staff/logout")
        account = f"account {_digest(right['email'], '203.0.113.30')}"
        await _counted(app, account, settings.sign_in_tries - 1, minutes=5)
        assert [await _tried(stranger, right["email"]) for _ in range(2)] == [401, 429]
        assert await _tried(new, **right) == 200
        # Behind one address with the stranger: who signed in before is told from who did not.
        beside.cookies.set("staff_device", known.cookies["staff_device"])
        assert [await _tried(beside, **right) for _ in range(2)] == [200] * 2
        assert await _tried(stranger, **right) == 429


async def test_many_machines_lock_out_no_browser_that_signed_in_before(
    app: FastAPI, settings: Settings
) -> None:
    right, machines = _credentials(settings), settings.sign_in_tries_per_account + 1
    async with _browser(app, settings, "203.0.113.40") as known:
        assert await _tried(known, **right) == 200
        row = await _counted(app, f"email {_digest(right['email'])}", machines, minutes=5)
        async with _browser(app, settings, "203.0.113.41") as new:
            refused = await new.post("/api/v1/staff/login", json=right)
            assert refused.status_code == 429
            assert 290 <= int(refused.headers["retry-after"]) <= 300
        assert await _tried(known, **right) == 200
        await _counted(app, row, machines, minutes=0)
        async with _browser(app, settings, "203.0.113.42") as new:
            assert await _tried(new, **right) == 200


async def test_a_known_browser_guesses_no_more_than_any_other(
    app: FastAPI, settings: Settings
) -> None:
    right = _credentials(settings)
    async with _browser(app, settings, "203.0.113.43") as known:
        assert await _tried(known, **right) == 200
        device = read_link(settings.links, known.cookies["staff_device"], clock.real_now())
        await _counted(app, f"device {device.object_id}", settings.sign_in_tries, minutes=5)
        account = f"account {_digest(right['email'], '203.0.113.43')}"
        await _counted(app, account, settings.sign_in_tries - 1, minutes=5)
        assert await _tried(known, right["email"]) == 401
        assert await _tried(known, right["email"]) == 429


async def _counted(app: FastAPI, name: str, tries: int, *, minutes: float) -> str:
    """As if so many tries were made; their window ends so many minutes from now."""
    service: Service = app.state.service
    until = clock.real_now() + timedelta(minutes=minutes)
    row = {"_id": name, "tries": tries, "expires_at": until}
    await service.mongo["sign_in_tries"].replace_one({"_id": name}, row, upsert=True)
    return name


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


async def test_who_knows_one_password_does_not_guess_others_without_end(
    app: FastAPI, settings: Settings
) -> None:
    right, limit = _credentials(settings), settings.sign_in_tries_per_client
    client = "203.0.113.50"
    await _counted(app, f"client {_digest(client)}", limit - 2, minutes=5)
    async with _browser(app, settings, client) as insider:
        assert await _tried(insider, "collega.1@doorpakken.example") == 401
        assert await _tried(insider, **right) == 200
        insider.cookies.clear()
        assert await _tried(insider, "collega.2@doorpakken.example") == 401
        assert await _tried(insider, "collega.3@doorpakken.example") == 429


async def test_neighbours_of_one_network_are_one_machine(app: FastAPI, settings: Settings) -> None:
    email = "nobody.v6@doorpakken.example"
    network = f"account {_digest(email, '2001:db8:0:7::/64')}"
    await _counted(app, network, settings.sign_in_tries - 1, minutes=5)
    for address, wanted in (("2001:db8:0:7::1", 401), ("2001:db8:0:7:ffff::2", 429)):
        async with _browser(app, settings, address) as stranger:
            assert await _tried(stranger, email) == wanted
    async with _browser(app, settings, "2001:db8:0:8::1") as other:
        assert await _tried(other, email) == 401


@pytest.mark.parametrize("cookie", ["staff_device", "visitor"])
async def test_the_browsers_cookie_opens_nothing(
    app: FastAPI, settings: Settings, desk: Desk, cookie: str
) -> None:
    async with _browser(app, settings, "203.0.113.60") as known:
        assert await _tried(known, **_credentials(settings)) == 200
        device = known.cookies["staff_device"]
        known.cookies.clear()
        known.cookies.set(cookie, device)
        people = f"/api/v1/gatherings/{await desk.gathering()}/attendees"
        assert (await known.get(people)).status_code == 401
        assert (await known.get("/me")).status_code == 401
        assert (await known.get(f"/l/{device}")).status_code == 404


async def test_a_reader_may_look_and_not_touch(desk: Desk, public: httpx.AsyncClient) -> None:
    gathering_id = await desk.gathering()
    key = desk.settings.staff_private_key.get_secret_value()
    token = sign_token(key, Staff("staff-2", {gathering_id: "reader"}, "session-2"))
    bearer = {"Authorization": f"Bearer {token}"}
    path = f"/api/v1/gatherings/{gathering_id}"
    assert (await public.get(f"{path}/attendees", headers=bearer)).status_code == 200
    refused = await public.patch(path, json={"title": "x"}, headers=bearer)
    assert (refused.status_code, refused.json()["slug"]) == (403, "forbidden")
