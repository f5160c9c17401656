"""The pages on which organisers make a gathering and change it. A change of time or place of one
that is online is shown first, with what its attendees will read."""

from dataclasses import replace
from functools import partial
from typing import Any

from doorpakken_plumbing.http.etags import ChangedMeanwhile, Seen, digest_of
from doorpakken_plumbing.http.idempotency import IdempotencyKey, once
from doorpakken_plumbing.identity.staff import EVERYWHERE, SignedIn, Staff
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.service import ServiceDep
from doorpakken_plumbing.time import clock
from fastapi import Request, Response

from doorpakken_registration.gatherings import gatherings, making
from doorpakken_registration.gatherings.model.gathering import Gathering
from doorpakken_registration.gatherings.model.windows import following
from doorpakken_registration.gatherings.routes import news_preview
from doorpakken_registration.gatherings.routes.form_rows import DO
from doorpakken_registration.gatherings.routes.gathering_form import (
    PROGRAMME,
    QUESTIONS,
    all_fields,
    checked,
    day_fields,
    explain,
    values_of,
)
from doorpakken_registration.gatherings.routes.noted import noted_at
from doorpakken_registration.gatherings.routes.versions import differences
from doorpakken_registration.gatherings.store import themes
from doorpakken_registration.web.fields import require_public
from doorpakken_registration.web.form import FormData
from doorpakken_registration.web.form_page import Filled, answer_form, as_done, show_form
from doorpakken_registration.web.page import pages_router

router = pages_router()

SEEN, CONTINUES = "seen", "continues"


@router.get("/staff/gatherings/new")
async def begin(
    request: Request, here: ServiceDep, staff: SignedIn, continues: str | None = None
) -> Response:
    """`continues` is the gathering to copy."""
    values: dict[str, Any] = {}
    if continues:
        before = await gatherings.get(here.mongo, continues)
        values = values_of(before) | {CONTINUES: before.id, "date": "", "last_date": ""}
    return await _new(request, here, staff, Filled(values))


@router.post("/staff/gatherings/new")
async def make(
    request: Request, here: ServiceDep, staff: SignedIn, key: IdempotencyKey
) -> Response:
    staff.require("organiser", EVERYWHERE)

    async def work(form: FormData) -> str:
        fields = checked(day_fields(form))
        continues = form.one(CONTINUES)
        made = await once(here, key, lambda tx: making.make(tx, fields, continues, staff.staff_id))
        return f"/staff/g/{made.body['id']}/edit"

    return await answer_form(request, work, partial(_new, request, here, staff), explain=explain)


@router.get("/staff/g/{gathering_id}/edit")
async def edit(gathering_id: str, request: Request, here: ServiceDep, staff: SignedIn) -> Response:
    staff.require("organiser", gathering_id)
    found = await gatherings.get(here.mongo, gathering_id)
    return await _page(request, here, staff, found, Filled(values_of(found) | {SEEN: _tag(found)}))


@router.post("/staff/g/{gathering_id}/edit")
async def change(
    gathering_id: str, request: Request, here: ServiceDep, staff: SignedIn, key: IdempotencyKey
) -> Response:
    staff.require("organiser", gathering_id)
    before = await gatherings.get(here.mongo, gathering_id)

    async def work(form: FormData) -> str | Response:
        if shown := _pressed(form):
            return await _page(request, here, staff, before, Filled(shown))
        fields = following(before, all_fields(form), clock.now())
        reason = form.one("reason")
        require_public([("reason", reason)])
        seen = Seen(frozenset({form.one(SEEN) or ""}))
        after = replace(before, **fields)
        gatherings.check(after)
        if form.one(news_preview.CONFIRMED) is None:
            people = await news_preview.count_told(here.mongo, before, after)
            if people:
                seen.check(gatherings.as_announced(before))
                news = news_preview.of_move(request, before, after, reason)
                return news_preview.ask_about_move(request, staff, before, people, news, form)

        async def save(tx: Transaction) -> Any:
            seen.check(gatherings.as_announced(await gatherings.get(tx, gathering_id)))
            return await gatherings.change(tx, gathering_id, fields, reason=reason)

        noted = noted_at(save, staff, "gathering_changed", gathering_id)
        await once(here, key, as_done(noted))
        return f"/staff/g/{gathering_id}"

    again = partial(_again, request, here, staff, gathering_id)
    return await answer_form(request, work, again, explain=explain)


def _pressed(form: FormData) -> dict[str, Any] | None:
    """The form after a button that saves nothing: a row more or less, or back to the form."""
    values = form.values()
    if form.one(DO) == "back":
        return values
    return PROGRAMME.pressed(form, values) or QUESTIONS.pressed(form, values)


async def _again(
    request: Request, here: ServiceDep, staff: Staff, gathering_id: str, filled: Filled
) -> Response:
    """After somebody else's change: with their version beside what was typed, which is saved over
    theirs when it is sent once more."""
    found = await gatherings.get(here.mongo, gathering_id)
    if not isinstance(filled.problem, ChangedMeanwhile):
        return await _page(request, here, staff, found, filled)
    theirs = values_of(found)
    seen = Filled({**filled.values, SEEN: _tag(found)}, filled.errors, filled.problem)
    others = differences(theirs, filled.values)
    return await _page(request, here, staff, found, seen, status=412, differences=others)


async def _new(request: Request, here: ServiceDep, staff: Staff, filled: Filled) -> Response:
    staff.require("organiser", EVERYWHERE)
    continues = filled.values.get(CONTINUES)
    before = await gatherings.get(here.mongo, str(continues)) if continues else None
    return show_form(request, "gathering_new.html", filled, staff=staff, before=before)


async def _page(
    request: Request,
    here: ServiceDep,
    staff: Staff,
    gathering: Gathering,
    filled: Filled,
    *,
    status: int | None = None,
    differences: list[tuple[str, str, str]] | None = None,
) -> Response:
    values = QUESTIONS.compact(PROGRAMME.compact(filled.values))
    listed = await themes.list_themes(here.mongo)
    if gathering.theme and gathering.theme not in listed:
        listed.append(gathering.theme)
    return show_form(
        request,
        "gathering_edit.html",
        replace(filled, values=values),
        status=status,
        staff=staff,
        gathering=gathering,
        themes=listed,
        programme=PROGRAMME.numbers(values),
        questions=QUESTIONS.numbers(values),
        differences=differences or [],
    )


def _tag(gathering: Gathering) -> str:
    return digest_of(gatherings.as_announced(gathering))
