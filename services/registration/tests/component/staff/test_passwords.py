"""Staff change their password, recover it by mail, and sign out everywhere."""

from datetime import timedelta

import httpx
from doorpakken_plumbing.identity.links import Link, make_link
from doorpakken_plumbing.time import clock
from doorpakken_registration.settings import Settings
from fastapi import FastAPI

from services.registration.tests.component.desk import Desk
from services.registration.tests.component.staff.colleagues import (
    PASSWORD,
    Colleague,
    at_work,
    browser,
    invited,
    token_for,
)
from tests.names import new_email
from tests.probe import becomes

NEXT = "vijf andere woorden achter elkaar"


async def _signed_in(theirs: Colleague, visited: httpx.AsyncClient, password: str) -> int:
    body = {"email": theirs.account["email"], "password": password}
    return (await visited.post("/api/v1/staff/login", json=body)).status_code


async def test_a_new_password_ends_all_other_sessions(app: FastAPI, desk: Desk) -> None:
    theirs = await at_work(desk, app)
    async with browser(app, desk.settings) as other:
        assert await _signed_in(theirs, other, PASSWORD) == 200
        path = "/staff/account/password"
        wrong = {"current": "niet dit wachtwoord", "password": NEXT}
        refused = await theirs.browser.post(path, data=wrong)
        assert (refused.status_code, "van nu klopt niet" in refused.text) == (422, True)
        assert "niet dit wachtwoord" not in refused.text
        changed = await theirs.browser.post(path, data={"current": PASSWORD, "password": NEXT})
        assert changed.headers["location"].endswith("/staff/account?done=password")

        async def status() -> int:
            return (await other.get("/api/v1/staff/me")).status_code

        await becomes(status, 401, seconds=5)
        assert await theirs.status() == 200
        assert await _signed_in(theirs, other, PASSWORD) == 401
        assert await _signed_in(theirs, other, NEXT) == 200


async def test_signing_out_everywhere_is_here_too(app: FastAPI, desk: Desk) -> None:
    theirs = await at_work(desk, app)
    out = await theirs.browser.post("/staff/account/sign-out-everywhere")
    assert out.headers["location"].endswith("/staff/login")
    assert "staff" not in theirs.browser.cookies
    rows = desk.service.mongo["staff_sessions"]
    assert await rows.count({"staff_id": theirs.account["id"]}) == 0


async def test_a_forgotten_password_is_chosen_anew_by_mail(app: FastAPI, desk: Desk) -> None:
    theirs = await at_work(desk, app)
    async with browser(app, desk.settings) as other:
        answers = [
            await other.post("/staff/recover", data={"email": email})
            for email in (theirs.account["email"], new_email())
        ]
        assert {one.headers["location"] for one in answers} == {
            f"{desk.settings.registration_url}/staff/recover/sent"
        }

        async def purposes() -> list[str]:
            person_id = theirs.account["person_id"]
            asked = await desk.said("link-requested", person_id=person_id)
            return [one["purpose"] for one in asked]

        await becomes(purposes, ["staff_invite", "staff_recover"], seconds=10)
        path = f"/staff/password/{await token_for(desk, theirs.account)}"
        assert (await other.post(path, data={"password": NEXT})).status_code == 303
        await theirs.is_out()
        assert await _signed_in(theirs, other, NEXT) == 200


async def test_asking_without_end_is_refused_and_signing_in_is_not(
    app: FastAPI, settings: Settings, desk: Desk
) -> None:
    theirs = await at_work(desk, app)
    async with browser(app, settings) as other:
        body = {"email": theirs.account["email"]}
        for _ in range(settings.sign_in_tries):
            last = await other.post("/api/v1/staff/recoveries", json=body)
            assert last.status_code == 202
        refused = await other.post("/api/v1/staff/recoveries", json=body)
        assert (refused.status_code, refused.json()["slug"]) == (429, "too-many-requests")
        assert await _signed_in(theirs, other, PASSWORD) == 200


async def test_a_link_is_for_one_thing_and_ends(
    app: FastAPI, desk: Desk, public: httpx.AsyncClient
) -> None:
    account = await invited(desk)
    other = (await desk.link(account["person_id"])).removeprefix("/l/")
    assert (await public.get(f"/staff/password/{other}")).status_code == 404
    token = await token_for(desk, account)
    assert (await public.get(f"/l/{token}")).status_code == 404
    forged = Link("staff-password", account["person_id"], "x", 0, clock.now() + timedelta(days=1))
    path = f"/staff/password/{make_link(desk.settings.links, forged)}"
    assert (await public.get(path)).status_code == 410
    rows = desk.service.mongo["staff_links"]
    over = {"$set": {"ends_at": clock.now()}}
    await rows.update_one({"staff_id": account["id"]}, over)
    assert (await public.get(f"/staff/password/{token}")).status_code == 410


async def test_no_link_works_at_an_address_that_is_not_the_accounts(
    app: FastAPI, desk: Desk, public: httpx.AsyncClient
) -> None:
    """Merging takes an account along to a person with another address."""
    account = await invited(desk)
    stays = await desk.attendee(await desk.gathering())
    await desk.client.post(
        f"/persons/{account['person_id']}/merge",
        json={"into": stays["person_id"]},
        headers=desk.bearer("administrator"),
    )
    [asked] = await desk.said("link-requested", person_id=account["person_id"])
    link = Link(
        "staff-password",
        stays["person_id"],
        asked["link_request_id"],
        0,
        clock.now() + timedelta(days=1),
    )
    path = f"/staff/password/{make_link(desk.settings.links, link)}"
    assert (await public.get(path)).status_code == 410


async def test_a_known_name_changes_on_ones_own_page(app: FastAPI, desk: Desk) -> None:
    theirs = await at_work(desk, app)
    assert "Marloes Esdoorn" in (await theirs.browser.get("/staff/account")).text
    await theirs.browser.post("/staff/account", data={"name": "Marloes van Esdoorn"})
    assert (await theirs.browser.get("/api/v1/staff/me")).json()["name"] == "Marloes van Esdoorn"
