"""The two pages of a merge, shared by people and organisations: choose the other one, then confirm
what will change."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from doorpakken_plumbing.http.errors import NotFound, Refusal
from doorpakken_plumbing.http.idempotency import Key, StoredResponse, once
from doorpakken_plumbing.identity.staff import Staff
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.service import Service
from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from doorpakken_registration.directory.merge_plan import Belongings
from doorpakken_registration.gatherings.store import gatherings as gatherings_store
from doorpakken_registration.people.model.person import Organisation, Person
from doorpakken_registration.settings import Settings
from doorpakken_registration.web.page import PAGES, new_key, sentence_of

Named = Person | Organisation


class Plan(Protocol):
    """What the pages read of a merge plan."""

    @property
    def given(self) -> Belongings: ...


P = TypeVar("P", bound=Plan)


@dataclass(frozen=True)
class Pair:
    """`gone` is to be merged into `stays`."""

    gone: Named
    stays: Named


@dataclass(frozen=True)
class Merging(Generic[P]):
    """The functions that merge people or organisations; `noun` is their part of the URL path."""

    noun: str
    pair: Callable[[Service, str, str], Awaitable[Pair]]
    prepare: Callable[[Service, str, str], Awaitable[P]]
    work: Callable[[Transaction, str, str], Awaitable[P]]

    async def ask(
        self, request: Request, here: Service, staff: Staff, gone: str, stays: str
    ) -> Response:
        pair = await self.pair(here, gone, stays)
        try:
            plan = await self.prepare(here, gone, stays)
        except NotFound:
            raise
        except Refusal as refusal:
            return await self._page(request, here, staff, pair, refusal=refusal)
        return await self._page(request, here, staff, pair, counts=plan.given.counts)

    async def merge(
        self,
        request: Request,
        here: Service,
        settings: Settings,
        staff: Staff,
        gone: str,
        stays: str,
        key: Key | None,
    ) -> Response:
        async def work(tx: Transaction) -> StoredResponse:
            await self.work(tx, gone, stays)
            return StoredResponse(200)

        try:
            await once(here, key, work)
        except NotFound:
            raise
        except Refusal as refusal:
            pair = await self.pair(here, gone, stays)
            return await self._page(request, here, staff, pair, refusal=refusal)
        return RedirectResponse(f"{settings.registration_url}/staff/{self.noun}/{stays}", 303)

    async def _page(
        self,
        request: Request,
        here: Service,
        staff: Staff,
        pair: Pair,
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
            noun=self.noun,
            pair=pair,
            counts=counts,
            sentence=sentence_of(refusal) if refusal else "",
            gatherings=[one for one in found if one],
            key=new_key(),
        )


def choices(
    request: Request,
    staff: Staff,
    merging: Merging[P],
    pair: Pair,
    found: Sequence[Named],
    search: str,
) -> Response:
    others = [one for one in found if one.id != pair.gone.id]
    return PAGES.render(
        request,
        "merge_choose.html",
        staff=staff,
        noun=merging.noun,
        one=pair.gone,
        others=others,
        search=search,
    )
