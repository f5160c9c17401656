"""Staff tokens and roles, as far as they need no database: forged and expired ones are refused."""

import base64
import json
from collections.abc import Callable

import httpx
import pytest
from doorpakken_plumbing.identity.staff import MaybeSignedIn, SignedIn, Staff, sign_token
from fastapi import FastAPI
from joserfc.jwk import OKPKey

Visit = Callable[..., httpx.AsyncClient]
ORGANISER = Staff("s-1", {"g-1": "organiser", "g-2": "reader"}, "session-1")


@pytest.fixture
def private_jwk(staff_key: OKPKey) -> str:
    return json.dumps(staff_key.as_dict(private=True))


@pytest.fixture
def app(make_app: Callable[..., FastAPI]) -> FastAPI:
    app = make_app()

    @app.get("/desk")
    @app.post("/desk")
    def desk(staff: SignedIn) -> str:
        return staff.staff_id

    @app.get("/public")
    def public(staff: MaybeSignedIn) -> str | None:
        return staff.staff_id if staff else None

    return app


@pytest.mark.parametrize(
    ("roles", "role", "gathering_id", "may"),
    [
        ({"g-1": "organiser"}, "organiser", "g-1", True),
        ({"g-1": "organiser"}, "reader", "g-1", True),
        ({"g-1": "organiser"}, "reader", "g-2", False),
        ({"g-1": "reader"}, "organiser", "g-1", False),
        ({"*": "reader"}, "reader", "g-9", True),
        ({"*": "reader", "g-1": "organiser"}, "organiser", "g-1", True),
        ({"*": "organiser"}, "organiser", "*", True),
        ({"*": "organiser"}, "administrator", "*", False),
        ({"*": "administrator"}, "organiser", "g-1", True),
        ({"g-1": "organiser"}, "door", "g-1", True),
        ({"g-1": "reader"}, "door", "g-1", False),
        ({"g-1": "door"}, "door", "g-1", True),
        ({"g-1": "door"}, "reader", "g-1", False),
        ({"g-1": "organiser"}, "organiser", "*", False),
        ({"g-1": "cook"}, "reader", "g-1", False),
        ({}, "reader", "g-1", False),
    ],
)
def test_roles(roles: dict[str, str], role: str, gathering_id: str, may: bool) -> None:
    assert Staff("s-1", roles, "x").may(role, gathering_id) is may


def test_a_token_carries_staff_roles_session_and_end(private_jwk: str) -> None:
    payload = sign_token(private_jwk, ORGANISER).split(".")[1]
    claims = json.loads(base64.urlsafe_b64decode(payload + "=="))
    assert claims["sub"] == "s-1"
    assert claims["sid"] == "session-1"
    assert claims["roles"] == {"g-1": "organiser", "g-2": "reader"}
    assert set(claims) == {"sub", "sid", "roles", "exp"}


def wrong_tokens(private_jwk: str) -> dict[str, str]:
    good = sign_token(private_jwk, ORGANISER)
    head, payload, _ = good.split(".")
    none = base64.urlsafe_b64encode(b'{"alg":"none"}').decode().rstrip("=")
    public = base64.urlsafe_b64encode(b'{"alg":"HS256"}').decode().rstrip("=")
    other = json.dumps(OKPKey.generate_key("Ed25519").as_dict(private=True))
    return {
        "nonsense": "nonsense",
        "unsigned": f"{none}.{payload}.",
        "signed with something else": f"{public}.{payload}.AAAA",
        "cut off": good[:-4],
        "another body": f"{head}.{payload[:-4]}AAAA.{good.split('.')[2]}",
        "another key": sign_token(other, ORGANISER),
        "expired": sign_token(private_jwk, ORGANISER, seconds=-1),
    }


@pytest.mark.parametrize("path", ["/desk", "/public"])
async def test_wrong_bearer_tokens_are_refused(
    app: FastAPI, visit: Visit, private_jwk: str, path: str
) -> None:
    for why, token in wrong_tokens(private_jwk).items():
        answer = await visit(app).get(path, headers={"authorization": f"Bearer {token}"})
        assert answer.status_code == 401, why
        assert answer.json()["slug"] == "unauthorised"


async def test_a_stale_cookie_leaves_public_pages_open(
    app: FastAPI, visit: Visit, private_jwk: str
) -> None:
    stale = {"cookie": f"staff={sign_token(private_jwk, ORGANISER, seconds=-1)}"}
    assert (await visit(app).get("/public", headers=stale)).json() is None
    assert (await visit(app).get("/desk", headers=stale)).status_code == 401


async def test_a_browser_is_sent_to_sign_in_and_back(app: FastAPI, visit: Visit) -> None:
    answer = await visit(app).get("/desk?day=1&x=a%26b", headers={"accept": "text/html,*/*"})

    assert answer.status_code == 303
    where, _, after = answer.headers["location"].partition("?next=")
    assert where == "http://127.0.0.1:8401/staff/renew"
    assert httpx.URL(f"http://x/?next={after}").params["next"] == (
        "http://127.0.0.1:8401/desk?day=1&x=a%26b"
    )


@pytest.mark.parametrize(
    ("referer", "back_to"),
    [
        ("http://127.0.0.1:8401/form", "http://127.0.0.1:8401/form"),
        ("https://other.example/form", "http://127.0.0.1:8401/desk"),
        ("http://127.0.0.1:8401.other.example/", "http://127.0.0.1:8401/desk"),
    ],
)
async def test_after_a_post_the_way_back_is_our_own_form(
    app: FastAPI, visit: Visit, referer: str, back_to: str
) -> None:
    headers = {"accept": "text/html", "referer": referer}
    answer = await visit(app).post("/desk", headers=headers)
    assert httpx.URL(answer.headers["location"]).params["next"] == back_to


@pytest.mark.parametrize("jwk", ["", "geheim", "[]", '{"kty": "OKP"}'])
def test_a_key_that_is_none_refuses_to_start(make_app: Callable[..., FastAPI], jwk: str) -> None:
    with pytest.raises(ValueError, match="STAFF_PUBLIC_KEY"):
        make_app(staff_public_key=jwk)


async def test_a_database_that_is_away_is_not_a_permission(
    app: FastAPI, visit: Visit, private_jwk: str
) -> None:
    """Nobody knows whether the session was ended, so nobody is let in."""
    bearer = {"authorization": f"Bearer {sign_token(private_jwk, ORGANISER)}"}
    answer = await visit(app).get("/desk", headers=bearer)
    assert (answer.status_code, answer.json()["slug"]) == (503, "store-unavailable")
