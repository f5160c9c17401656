"""Asks every route of a service as everybody in turn, and holds the answers to `access.toml`.
A route that has no row there is found."""

import tomllib
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
from doorpakken_plumbing.identity.staff import Staff, sign_token
from fastapi import FastAPI
from fastapi.routing import APIRoute

from tests.described import PARAMETER, example_of

# Mends what a route took away.
After = Callable[[], Awaitable[object]]

TABLE = Path(__file__).with_name("access.toml")

YES, SIGN_IN, NO, HIDDEN, SILENT = "yes", "sign in", "no", "hidden", "silent"
HERE, ELSEWHERE, EVERYWHERE = "here", "elsewhere", "everywhere"
# Its answer has no end: only who is refused asks for it.
ENDLESS = ("GET /dashboard/{gathering_id}/live", "GET /staff/g/{gathering_id}/door/live")
# The holder whose objects these are, and another one at the same gathering.
HOLDERS = ("holder", "other holder")
STAFF = ("reader", "door", "organiser", "administrator")
_PARTS = {
    "reader": {"reader"},
    "door": {"door"},
    "organiser": {"reader", "door", "organiser"},
    "administrator": {"reader", "door", "organiser", "administrator"},
}


@dataclass(frozen=True)
class Actor:
    """Somebody who asks: nobody, the holder of a link, or staff with a role at `place`: the
    gathering that the objects are of (`here`), another one (`elsewhere`), or all."""

    kind: str
    place: str = ""

    @property
    def name(self) -> str:
        return " ".join(filter(None, (self.kind, self.place)))


ACTORS = (
    Actor("nobody"),
    *map(Actor, HOLDERS),
    Actor("reader", HERE),
    Actor("door", HERE),
    Actor("organiser", HERE),
    Actor("organiser", ELSEWHERE),
    Actor("reader", EVERYWHERE),
    Actor("organiser", EVERYWHERE),
    Actor("administrator", EVERYWHERE),
)


@dataclass(frozen=True)
class World:
    """How to ask: what stands for each path parameter (`ids_of`: in paths that begin with a
    text), the gatherings that these are of, the key that signs tokens, the cookies of holders of
    links, and bodies that are not the example of the description."""

    app: FastAPI
    client: httpx.AsyncClient
    key: str
    here: Sequence[str]
    ids: Mapping[str, str]
    ids_of: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    cookies: Mapping[str, str] = field(default_factory=dict)
    bodies: Mapping[str, Any] = field(default_factory=dict)

    def body(self, route: str) -> dict[str, Any]:
        """An empty form for a page; for the API the example of its description."""
        method, path = route.split(" ", 1)
        if method == "GET":
            return {}
        if not path.startswith("/api/"):
            return {"data": {}}
        described = self.app.openapi()
        example = example_of(described, described["paths"][path][method.lower()])
        return {"json": self.bodies.get(route, example)}

    def headers(self, actor: Actor) -> dict[str, str]:
        if actor.kind not in STAFF:
            cookie = self.cookies.get(actor.kind)
            return {"Cookie": cookie} if cookie else {}
        places = {HERE: self.here, ELSEWHERE: ("another",)}.get(actor.place, ("*",))
        # A session of its own, since some routes end it.
        staff = Staff(f"staff-{actor.kind}", dict.fromkeys(places, actor.kind), f"s-{uuid4()}")
        return {"Authorization": f"Bearer {sign_token(self.key, staff)}"}

    def address(self, path: str) -> str:
        ids = dict(self.ids)
        for part, others in self.ids_of.items():
            if path.startswith(part):
                ids |= others
        return PARAMETER.sub(lambda found: ids[found[0][1:-1].partition(":")[0]], path)


def needs(service: str) -> dict[str, str]:
    """Who may use each route (`GET /path`)."""
    table: dict[str, dict[str, list[str]]] = tomllib.loads(TABLE.read_text())
    parts = (table["every"], table[service])
    return {route: need for part in parts for need, routes in part.items() for route in routes}


def expected(need: str, actor: Actor) -> set[str]:
    """The answers that fit, by the needs that the table explains."""
    who, _, hidden = need.partition(", ")
    ways = who.split(" or ")
    if any(_may(way, actor) for way in ways):
        return {YES}
    unless = hidden.partition(" unless ")[2]
    if hidden and not unless:
        return {HIDDEN}
    if unless and actor.kind in STAFF and not _may(unless, actor):
        return {YES if hidden.startswith(SILENT) else HIDDEN}
    if actor.kind == "nobody":
        return {SIGN_IN}
    if actor.kind in HOLDERS:
        # A link that opens something else counts as none, and what is another's may be hidden.
        return {SIGN_IN, NO, HIDDEN}
    refused = {NO} if any(way.partition(" ")[0] in STAFF for way in ways) else {SIGN_IN}
    return refused | ({SIGN_IN} if "holder" in ways else set())


def _may(way: str, actor: Actor) -> bool:
    named = {
        "public": True,
        "visitors": actor.kind not in STAFF,
        "holder": actor.kind in HOLDERS,
        "owner": actor.kind == HOLDERS[0],
        "secret": False,
        "signed in": actor.kind in STAFF,
    }
    if way in named:
        return named[way]
    role, _, place = way.partition(" ")
    is_there = actor.place == EVERYWHERE or (actor.place == HERE and place == HERE)
    return is_there and role in _PARTS.get(actor.kind, ())


def routes_of(app: FastAPI) -> set[str]:
    return {
        f"{method} {route.path}"
        for route in app.router.routes
        if isinstance(route, APIRoute)
        for method in (route.methods or set()) - {"HEAD"}
    }


def misplaced(app: FastAPI, service: str) -> list[str]:
    """Routes without a need, and needs without a route."""
    return sorted(routes_of(app) ^ {*needs(service)})


async def misjudged(
    world: World, service: str, last: Sequence[str] = (), after: After | None = None
) -> list[str]:
    """What was answered otherwise than the table says. First all that is refused, which changes
    nothing, then what may be read, then what may be done; at the end the routes in `last`, each of
    which `after` follows."""
    rows = sorted(needs(service).items(), key=lambda row: _turn(row[0], last))
    found: list[str] = []
    for is_allowed in (False, True):
        for route, need in rows:
            if is_allowed and route in ENDLESS:
                continue
            for actor in ACTORS:
                wanted = expected(need, actor)
                if (YES in wanted) is is_allowed:
                    found += await _misjudged(world, route, actor, wanted)
                    if is_allowed and after and route in last:
                        await after()
    return found


def _turn(route: str, last: Sequence[str]) -> tuple[int, bool]:
    at = last.index(route) + 1 if route in last else 0
    return at, not route.startswith("GET")


async def _misjudged(world: World, route: str, actor: Actor, wanted: set[str]) -> Iterable[str]:
    got = await _answer(world, route, actor)
    # A thing that an earlier request took away may still be asked for.
    fits = got in wanted or (YES in wanted and got == HIDDEN)
    return [] if fits else [f"{route}: {actor.name}: {got}, not {' or '.join(sorted(wanted))}"]


async def _answer(world: World, route: str, actor: Actor) -> str:
    method, path = route.split(" ", 1)
    headers = world.headers(actor) | {"Sec-Fetch-Site": "same-origin"}
    answer = await world.client.request(
        method, world.address(path), headers=headers, **world.body(route)
    )
    is_renewal = answer.status_code == 303 and "/staff/renew?" in answer.headers["location"]
    if is_renewal or answer.status_code == 401:
        return SIGN_IN
    return {403: NO, 404: HIDDEN, 429: "too many"}.get(answer.status_code, YES)
