"""An administrator invites colleagues, gives and takes roles, and blocks; one of them stays."""

import asyncio
from typing import Any

import httpx
import pytest
from doorpakken_registration.settings import Settings
from fastapi import FastAPI

from services.registration.tests.component.desk import Desk, Json
from services.registration.tests.component.staff.colleagues import (
    PASSWORD,
    at_work,
    browser,
    invited,
    token_for,
)
from tests.names import new_email


async def _as_administrator(desk: Desk, method: str, path: str, **more: Any) -> httpx.Response:
    headers = desk.bearer("administrator") | more.pop("headers", {})
    return await desk.client.request(method, path, headers=headers, **more)


async def test_who_is_invited_chooses_a_password_and_is_signed_in(
    app: FastAPI, settings: Settings, desk: Desk
) -> None:
    account = await invited(desk, **{"*": "organiser"})
    [asked] = await desk.said("link-requested", person_id=account["person_id"])
    assert asked["purpose"] == "staff_invite"
    [before] = await desk.said("staff-changed", staff_id=account["id"])
    assert (before["active"], before["person_id"]) == (False, account["person_id"])
    path = f"/staff/password/{await token_for(desk, account)}"
    async with browser(app, settings) as visited:
        assert account["email"] in (await visited.get(path)).text
        short = await visited.post(path, data={"password": "kort"})
        assert (short.status_code, "12 tot 200 tekens" in short.text) == (422, True)
        chosen = await visited.post(path, data={"password": PASSWORD})
        assert chosen.headers["location"] == f"{settings.registration_url}/staff"
        mine = (await visited.get("/api/v1/staff/me")).json()
    assert (mine["name"], mine["roles"], mine["state"]) == (
        "Marloes Esdoorn",
        {"*": "organiser"},
        "active",
    )
    async with browser(app, settings) as other:
        again = await other.post(path, data={"password": "een ander wachtwoord"})
        assert (again.status_code, "Log in, of vraag" in again.text) == (410, True)
        right = {"email": account["email"], "password": PASSWORD}
        assert (await other.post("/api/v1/staff/login", json=right)).status_code == 200
    last = (await desk.said("staff-changed", staff_id=account["id"]))[-1]
    assert (last["active"], last["roles"]) == (True, {"*": "organiser"})


async def test_an_invitation_is_for_who_administers_everything(desk: Desk) -> None:
    gathering_id = await desk.gathering()
    body = {"name": "Marloes Esdoorn", "email": new_email(), "roles": {"*": "reader"}}
    for header in (desk.bearer("organiser"), desk.bearer("administrator", gathering_id)):
        refused = await desk.client.post("/staff/accounts", json=body, headers=header)
        assert (refused.status_code, refused.json()["slug"]) == (403, "forbidden")


@pytest.mark.parametrize("where", ["", "nowhere"])
async def test_roles_are_at_gatherings_that_exist(desk: Desk, where: str) -> None:
    roles: Json = {where: "door"} if where else {}
    body = {"name": "Marloes Esdoorn", "email": new_email(), "roles": roles}
    refused = await _as_administrator(desk, "POST", "/staff/accounts", json=body)
    assert (refused.status_code, refused.json()["slug"]) == (422, "wrong-roles")


async def test_nobody_administers_one_gathering(desk: Desk) -> None:
    account = await invited(desk)
    roles = {"roles": {await desk.gathering(): "administrator"}}
    refused = await _as_administrator(
        desk, "PUT", f"/staff/accounts/{account['id']}/roles", json=roles
    )
    assert (refused.status_code, refused.json()["slug"]) == (422, "wrong-roles")


async def test_an_address_is_one_account(desk: Desk) -> None:
    account = await invited(desk)
    body = {"name": "Iemand Anders", "email": account["email"], "roles": {"*": "door"}}
    refused = await _as_administrator(desk, "POST", "/staff/accounts", json=body)
    assert refused.json() | {"slug": "account-known", "id": account["id"]} == refused.json()


async def test_a_role_that_is_taken_away_is_over_at_once(app: FastAPI, desk: Desk) -> None:
    gathering_id = await desk.gathering()
    theirs = await at_work(desk, app)
    attendees = f"/api/v1/gatherings/{gathering_id}/attendees"
    assert await theirs.status(attendees) == 200
    stale = dict(theirs.browser.cookies)
    roles = {"roles": {gathering_id: "door"}}
    changed = await _as_administrator(desk, "PUT", f"{theirs.path}/roles", json=roles)
    assert changed.json()["roles"] == {gathering_id: "door"}
    await theirs.is_out()
    # Their browser stays signed in, and its next token has the roles of now.
    assert (await theirs.browser.get("/api/v1/staff/renew")).status_code == 200
    assert theirs.browser.cookies["staff"] != stale["staff"]
    assert await theirs.status(attendees) == 403
    assert (await theirs.browser.get("/api/v1/staff/me")).json()["roles"] == {gathering_id: "door"}


async def test_who_is_blocked_is_out_until_they_are_not(
    app: FastAPI, settings: Settings, desk: Desk
) -> None:
    theirs = await at_work(desk, app)
    blocked = await _as_administrator(desk, "POST", f"{theirs.path}/block")
    assert blocked.json()["state"] == "blocked"
    await theirs.is_out()
    assert (await theirs.browser.get("/api/v1/staff/renew")).status_code == 401
    right = {"email": theirs.account["email"], "password": PASSWORD}
    async with browser(app, settings) as other:
        assert (await other.post("/api/v1/staff/login", json=right)).status_code == 401
        free = await _as_administrator(desk, "POST", f"{theirs.path}/unblock")
        assert free.json()["state"] == "active"
        assert (await other.post("/api/v1/staff/login", json=right)).status_code == 200


async def test_an_invitation_is_mailed_again_and_both_links_work_once(desk: Desk) -> None:
    account = await invited(desk)
    first = await token_for(desk, account)
    path = f"/staff/accounts/{account['id']}/invite"
    assert (await _as_administrator(desk, "POST", path)).status_code == 200
    second = await token_for(desk, account)
    assert first != second
    chosen = [
        (
            await desk.client.post("/staff/passwords", json={"token": token, "password": PASSWORD})
        ).status_code
        for token in (first, second)
    ]
    assert chosen == [200, 410]
    late = await _as_administrator(desk, "POST", path)
    assert (late.status_code, late.json()["slug"]) == (409, "not-invited")


async def test_one_administrator_stays_whatever_happens_at_once(app: FastAPI, desk: Desk) -> None:
    [first] = [
        one["staff_id"]
        for one in await desk.said("staff-changed", version=1)
        if one["roles"] == {"*": "administrator"} and one["active"]
    ]
    two = [await at_work(desk, app, **{"*": "administrator"}) for _ in range(2)]
    assert (await _as_administrator(desk, "POST", f"/staff/accounts/{first}/block")).is_success
    try:
        answers = await asyncio.gather(
            _as_administrator(desk, "POST", f"{two[0].path}/block"),
            _as_administrator(desk, "PUT", f"{two[1].path}/roles", json={"roles": {"*": "reader"}}),
        )
        assert sorted(one.status_code for one in answers) == [200, 409]
        [refused] = [one for one in answers if one.status_code == 409]
        assert refused.json()["slug"] == "last-administrator"
        left = two[answers.index(refused)].account["person_id"]
        erased = await _as_administrator(desk, "POST", f"/persons/{left}/erase")
        assert (erased.status_code, erased.json()["slug"]) == (409, "last-administrator")
        page = f"{desk.settings.registration_url}/staff/people/{left}/erase"
        shown = await _as_administrator(desk, "GET", page)
        assert "Dit is de laatste beheerder" in shown.text
        assert "Ja, wis alles" not in shown.text
    finally:
        freed = await _as_administrator(desk, "POST", f"/staff/accounts/{first}/unblock")
        assert freed.is_success


async def test_a_change_asked_for_another_state_is_refused(desk: Desk) -> None:
    account = await invited(desk)
    path = f"/staff/accounts/{account['id']}"
    seen = {"If-Match": (await _as_administrator(desk, "GET", path)).headers["etag"]}
    for role, status in (("door", 200), ("reader", 412)):
        body = {"roles": {"*": role}}
        changed = await _as_administrator(desk, "PUT", f"{path}/roles", json=body, headers=seen)
        assert changed.status_code == status


async def test_an_account_goes_with_its_person(app: FastAPI, desk: Desk) -> None:
    theirs = await at_work(desk, app)
    path = f"/persons/{theirs.account['person_id']}"
    refused = await desk.client.post(f"{path}/erase")
    assert (refused.status_code, refused.json()["slug"]) == (403, "person-is-staff")
    assert (await _as_administrator(desk, "POST", f"{path}/erase")).status_code == 202
    await theirs.is_out()
    last = (await desk.said("staff-session-revoked", version=4))[-1]
    assert last.keys() == {"version", "topic"}, "a tombstone"
    assert (await _as_administrator(desk, "GET", theirs.path)).status_code == 404


async def test_two_accounts_are_not_merged_and_one_goes_along(desk: Desk) -> None:
    one, other = await invited(desk), await invited(desk)
    path = f"/persons/{one['person_id']}/merge"
    refused = await _as_administrator(desk, "POST", path, json={"into": other["person_id"]})
    assert (refused.status_code, refused.json()["slug"]) == (409, "both-are-staff")
    stays = await desk.attendee(await desk.gathering())
    into = {"into": stays["person_id"]}
    assert (await desk.client.post(path, json=into)).json()["slug"] == "person-is-staff"
    assert (await _as_administrator(desk, "POST", path, json=into)).status_code == 200
    [*_, last] = await desk.said("staff-changed", staff_id=one["id"])
    assert last["person_id"] == stays["person_id"]


async def test_a_new_address_is_the_one_to_sign_in_with(app: FastAPI, desk: Desk) -> None:
    theirs = await at_work(desk, app)
    path, who = f"/persons/{theirs.account['person_id']}", {"name": "M. Esdoorn"}
    body = who | {"email": new_email()}
    assert (await desk.client.put(path, json=body)).json()["slug"] == "person-is-staff"
    assert (await _as_administrator(desk, "PUT", path, json=body)).status_code == 200
    right = {"email": body["email"], "password": PASSWORD}
    async with browser(app, desk.settings) as other:
        assert (await other.post("/api/v1/staff/login", json=right)).status_code == 200
