"""Page of a table on which somebody without their personal link states wishes.
Refuses what the API refuses; the answer is the same whether or not the person is known."""

from functools import partial

from doorpakken_plumbing.http.idempotency import IdempotencyKey, once
from doorpakken_plumbing.service import ServiceDep
from fastapi import Request, Response

from doorpakken_registration.conversation import table_wishes, tables, wishes
from doorpakken_registration.conversation.model.table import Table
from doorpakken_registration.conversation.routes.wishes import LIMITED, TableWishesBody
from doorpakken_registration.conversation.routes.wishes_page import CHOICES, in_order
from doorpakken_registration.conversation.table_wishes import Statement
from doorpakken_registration.gatherings import gatherings
from doorpakken_registration.gatherings.store import attendees as attendees_store
from doorpakken_registration.people.routes.visitor import MaybeVisitor
from doorpakken_registration.web.form import FormData
from doorpakken_registration.web.form_page import Filled, answer_form, show_form
from doorpakken_registration.web.own_settings import SettingsDep
from doorpakken_registration.web.page import pages_router, see_other
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
        return see_other(settings, f"/me/wishes/{table.gathering_id}")
    return await _page(request, here, table, Filled(), is_stated=stated)


@router.post("/t/{code}/wishes", dependencies=[LIMITED])
async def state(
    code: str, request: Request, here: ServiceDep, settings: SettingsDep, key: IdempotencyKey
) -> Response:
    table = await tables.get(here.mongo, code)

    async def work(form: FormData) -> str:
        body = _body(form)
        await count_person(
            request, None, "table-wishes", name=body.name, addresses=(body.email, body.phone)
        )
        said = Statement(table.code, body.who, body.pitch_ids, settings.links_per_hour)
        await once(here, key, lambda tx: table_wishes.state(tx, said))
        return f"/t/{table.code}/wishes?stated=1"

    return await answer_form(request, work, partial(_page, request, here, table))


def _body(form: FormData) -> TableWishesBody:
    who = {name: form.one(name) for name in WHO if form.one(name)}
    return TableWishesBody.model_validate({"name": "", **who, "pitch_ids": in_order(form)})


async def _page(
    request: Request, here: ServiceDep, table: Table, filled: Filled, *, is_stated: bool = False
) -> Response:
    return show_form(
        request,
        "table_wishes.html",
        filled,
        table=table,
        gathering=await gatherings.get(here.mongo, table.gathering_id),
        choices=await wishes.list_choices(here.mongo, table.gathering_id),
        names=CHOICES,
        is_stated=is_stated,
    )
