"""Page of a table on which somebody without their personal link states wishes.
Refuses what the API refuses; the answer is the same whether or not the person is known."""

from typing import Any

from doorpakken_plumbing.http.errors import Refusal, TooMany
from doorpakken_plumbing.http.idempotency import IdempotencyKey, once
from doorpakken_plumbing.service import ServiceDep
from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from pydantic import ValidationError

from doorpakken_registration.conversation import table_wishes, tables, wishes
from doorpakken_registration.conversation.model.table import Table
from doorpakken_registration.conversation.routes.wishes import LIMITED, TableWishesBody
from doorpakken_registration.conversation.routes.wishes_page import CHOICES, in_order
from doorpakken_registration.conversation.table_wishes import Statement
from doorpakken_registration.gatherings import gatherings
from doorpakken_registration.gatherings.store import attendees as attendees_store
from doorpakken_registration.people.routes.visitor import MaybeVisitor
from doorpakken_registration.web.form import FormData
from doorpakken_registration.web.own_settings import SettingsDep
from doorpakken_registration.web.page import PAGES, Errors, errors_of, key_of, pages_router
from doorpakken_registration.web.same_person import count_person

router = pages_router()

WHO = ("name", "email", "phone", "language")


@router.get("/t/{code}/wishes")
async def show(
    code: str,
    request: Request,
    here: ServiceDep,
    settings: SettingsDep,
    visitor: MaybeVisitor,
    stated: bool = False,
) -> Response:
    table = await tables.get(here.mongo, code)
    if visitor and await attendees_store.find_attendee_of(
        here.mongo, table.gathering_id, visitor.id
    ):
        own = f"{settings.registration_url}/me/wishes/{table.gathering_id}"
        return RedirectResponse(own, 303)
    return await _page(request, here, table, {}, [], is_stated=stated)


@router.post("/t/{code}/wishes", dependencies=[LIMITED])
async def state(
    code: str, request: Request, here: ServiceDep, settings: SettingsDep, key: IdempotencyKey
) -> Response:
    table = await tables.get(here.mongo, code)
    form = await FormData.read(request)
    try:
        body = _body(form)
        await count_person(
            request, None, "table-wishes", name=body.name, addresses=(body.email, body.phone)
        )
        said = Statement(table.code, body.who, body.pitch_ids, settings.links_per_hour)
        await once(here, key, lambda tx: table_wishes.state(tx, said))
    except TooMany:
        raise
    except (ValidationError, Refusal) as problem:
        return await _page(request, here, table, form.values(), errors_of(problem))
    return RedirectResponse(f"{settings.registration_url}/t/{table.code}/wishes?stated=1", 303)


def _body(form: FormData) -> TableWishesBody:
    who = {name: form.one(name) for name in WHO if form.one(name)}
    return TableWishesBody.model_validate({"name": "", **who, "pitch_ids": in_order(form)})


async def _page(
    request: Request,
    here: ServiceDep,
    table: Table,
    values: dict[str, Any],
    errors: Errors,
    *,
    is_stated: bool = False,
) -> Response:
    return PAGES.render(
        request,
        "table_wishes.html",
        status=422 if errors else 200,
        table=table,
        gathering=await gatherings.get(here.mongo, table.gathering_id),
        choices=await wishes.list_choices(here.mongo, table.gathering_id),
        names=CHOICES,
        is_stated=is_stated,
        values=values,
        errors=errors,
        key=key_of(values, errors),
    )
