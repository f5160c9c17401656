"""The pages that people and organisations have alike: the list, and the two pages of a merge, to
choose the other one and to confirm what will change."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from doorpakken_plumbing.http.errors import NotFound, Refusal
from doorpakken_plumbing.http.idempotency import IdempotencyKey, once
from doorpakken_plumbing.identity.staff import EVERYWHERE, SignedIn, Staff
from doorpakken_plumbing.mongo.database import Documents
from doorpakken_plumbing.service import Service, ServiceDep
from fastapi import APIRouter, Request, Response

from doorpakken_registration.common.store.paging import Leaf
from doorpakken_registration.directory.routes.noun_api import Merge, Plan, Search, Skip, noted_merge
from doorpakken_registration.gatherings.store import gatherings as gatherings_store
from doorpakken_registration.people.model.person import Organisation, Person
from doorpakken_registration.staff import accounts
from doorpakken_registration.web.form_page import as_done
from doorpakken_registration.web.own_settings import SettingsDep
from doorpakken_registration.web.page import PAGES, new_key, pages_router, see_other, sentence_of

SHOWN_MAX = 50

N = TypeVar("N", Person, Organisation)


class Find(Protocol[N]):
    """Finds a part of the list by a search text."""

    def __call__(
        self, documents: Documents, search: str, *, skip: int, limit: int
    ) -> Awaitable[Leaf[N]]: ...


@dataclass(frozen=True)
class Noun(Generic[N]):
    """People or organisations; `path` is their part of the URL path. The one that is merged comes
    before the one that stays. `search_for` gives what to search when staff typed nothing, `merged`
    is the act that is kept of a merge."""

    path: str
    template: str
    find: Find[N]
    get: Callable[[Documents, str], Awaitable[N]]
    get_open: Callable[[Documents, str], Awaitable[N]]
    search_for: Callable[[N], str]
    prepare: Callable[[Documents, str, str], Awaitable[Plan]]
    merge: Merge
    merged: str

    def router(self) -> APIRouter:
        router, path = pages_router(), f"/staff/{self.path}"
        router.add_api_route(path, self.show_list, methods=["GET"])
        router.add_api_route(f"{path}/{{gone}}/merge", self.show_choices, methods=["GET"])
        router.add_api_route(f"{path}/{{gone}}/merge/{{stays}}", self.ask, methods=["GET"])
        router.add_api_route(f"{path}/{{gone}}/merge/{{stays}}", self.confirm, methods=["POST"])
        return router

    async def show_list(
        self,
        request: Request,
        here: ServiceDep,
        staff: SignedIn,
        search: Search = "",
        skip: Skip = 0,
    ) -> Response:
        staff.require("reader", EVERYWHERE)
        leaf = await self.find(here.mongo, search, skip=skip, limit=SHOWN_MAX)
        return PAGES.render(
            request,
            self.template,
            staff=staff,
            leaf=leaf,
            search=search,
            skip=skip,
            shown_max=SHOWN_MAX,
        )

    async def show_choices(
        self, gone: str, request: Request, here: ServiceDep, staff: SignedIn, search: Search = ""
    ) -> Response:
        staff.require("organiser", EVERYWHERE)
        one = await self.get_open(here.mongo, gone)
        wanted = search or self.search_for(one)
        leaf = await self.find(here.mongo, wanted, skip=0, limit=SHOWN_MAX)
        return PAGES.render(
            request,
            "merge_choose.html",
            staff=staff,
            noun=self.path,
            one=one,
            others=[other for other in leaf.items if other.id != one.id],
            search=search,
        )

    async def ask(
        self, gone: str, stays: str, request: Request, here: ServiceDep, staff: SignedIn
    ) -> Response:
        staff.require("organiser", EVERYWHERE)
        await accounts.require_may_change(here.mongo, staff, gone, stays)
        pair = await self._pair(here, gone, stays)
        try:
            plan = await self.prepare(here.mongo, gone, stays)
        except NotFound:
            raise
        except Refusal as refusal:
            return await self._page(request, here, staff, pair, refusal=refusal)
        return await self._page(request, here, staff, pair, counts=plan.given.counts)

    async def confirm(
        self,
        gone: str,
        stays: str,
        request: Request,
        here: ServiceDep,
        settings: SettingsDep,
        staff: SignedIn,
        key: IdempotencyKey,
    ) -> Response:
        staff.require("organiser", EVERYWHERE)
        await accounts.require_may_change(here.mongo, staff, gone, stays)
        try:
            merge = noted_merge(self.merge, staff, self.merged)
            await once(here, key, as_done(lambda tx: merge(tx, gone, stays)))
        except NotFound:
            raise
        except Refusal as refusal:
            pair = await self._pair(here, gone, stays)
            return await self._page(request, here, staff, pair, refusal=refusal)
        return see_other(settings, f"/staff/{self.path}/{stays}")

    async def _pair(self, here: Service, gone: str, stays: str) -> dict[str, N]:
        return {
            "gone": await self.get(here.mongo, gone),
            "stays": await self.get(here.mongo, stays),
        }

    async def _page(
        self,
        request: Request,
        here: Service,
        staff: Staff,
        pair: dict[str, N],
        *,
        counts: dict[str, int] | None = None,
        refusal: Refusal | None = None,
    ) -> Response:
        ids = refusal.extra.get("gathering_ids", ()) if refusal else ()
        found = [await gatherings_store.find_gathering(here.mongo, one) for one in ids]
        return PAGES.render(
            request,
            "merge.html",
            status=refusal.status if refusal else 200,
            staff=staff,
            noun=self.path,
            pair=pair,
            counts=counts,
            sentence=sentence_of(refusal) if refusal else "",
            gatherings=[one for one in found if one],
            key=new_key(),
        )
