"""A plan is kept for later as it was typed, found again, and gone once it is handed in."""

from datetime import timedelta
from typing import Any

import httpx
import pytest
from doorpakken_plumbing.time import clock
from doorpakken_registration.pitches.routes.draft_holder import COOKIE

from services.registration.tests.component.desk import Desk
from services.registration.tests.component.filling import fields_of
from services.registration.tests.component.merging import merge
from services.registration.tests.component.plans import PLAN

BEGUN = "U was hier al mee bezig. Wij bewaren het voor u tot"
HALF = {
    "title": "Buurtkas <Lisdodde>",
    "summary": "Mail lis@buurt.example\r\nof bel",
    "needs.0.amount": "veel",
    "needs.3.description": "iets",
    "co_pitchers.2.email": "geen adres",
    "phone": "nul zes",
}


async def test_half_a_plan_is_found_again_on_the_same_phone_only(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    path = f"/g/{await desk.gathering()}/pitch"
    typed = await kept(public, path, HALF)
    [cookie] = [one for one in public.cookies.jar if one.name == COOKIE]
    assert cookie.has_nonstandard_attr("HttpOnly")
    assert cookie.get_nonstandard_attr("SameSite") == "lax"
    page = await public.get(path)
    assert BEGUN in page.text
    assert page.headers["cache-control"] == "no-store"
    again = fields_of(page)
    assert again == typed | {"idempotency_key": again["idempotency_key"]}
    assert BEGUN not in (await public.get(f"/g/{await desk.gathering()}/pitch")).text
    public.cookies.clear()
    empty = await public.get(path)
    # A browser that goes back to it may show what was typed, with the key it had.
    assert (BEGUN in empty.text, empty.headers["cache-control"]) == (False, "private, no-cache")
    assert "Hier is geen plan bewaard." in (await public.get(f"{path}/kept")).text


async def test_what_is_kept_names_no_phone_and_ends(desk: Desk, public: httpx.AsyncClient) -> None:
    gathering_id = await desk.gathering()
    path = f"/g/{gathering_id}/pitch"
    await kept(public, path, HALF)
    drafts = desk.service.mongo["drafts"]
    [draft] = await drafts.find({"gathering_id": gathering_id})
    assert public.cookies[COOKIE] not in repr(draft)
    assert "idempotency_key" not in repr(draft)
    ends_in = draft["expires_at"] - clock.now()
    assert timedelta(days=59, hours=23) < ends_in <= timedelta(days=60)
    over = {"$set": {"expires_at": clock.now() - timedelta(seconds=1)}}
    await drafts.update_one({"_id": draft["_id"]}, over)
    assert BEGUN not in (await public.get(path)).text


@pytest.mark.parametrize(("days", "is_kept"), [(-1000, True), (59, True), (61, False)])
async def test_it_is_kept_by_the_time_that_people_live_in(
    desk: Desk, public: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch, days: int, is_kept: bool
) -> None:
    gathering_id = await desk.gathering()
    path = f"/g/{gathering_id}/pitch"
    now = clock.now()
    if days < 0:
        # The story's own year: what the database drops by its own clock must not be gone at once.
        monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=days))
    await kept(public, path, HALF)
    [draft] = await desk.service.mongo["drafts"].find({"gathering_id": gathering_id})
    assert draft["drop_at"] - clock.real_now() > timedelta(days=59)
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=days))
    assert (BEGUN in (await public.get(path)).text) == is_kept


async def test_beginning_again_throws_it_away(desk: Desk, public: httpx.AsyncClient) -> None:
    gathering_id = await desk.gathering()
    path = f"/g/{gathering_id}/pitch"
    await kept(public, path, HALF)
    await kept(public, path, HALF | {"title": "Anders"})
    assert fields_of(await public.get(path))["title"] == "Anders"
    assert await count(desk, gathering_id=gathering_id) == 1
    assert (await public.post(f"{path}/restart")).status_code == 303
    assert fields_of(await public.get(path))["title"] == ""
    assert await count(desk, gathering_id=gathering_id) == 0


async def test_handing_in_removes_it(desk: Desk, public: httpx.AsyncClient) -> None:
    gathering_id = await desk.gathering()
    path = f"/g/{gathering_id}/pitch"
    await kept(public, path, HALF)
    refused = await public.post(path, data=fields_of(await public.get(path)))
    assert refused.status_code == 422
    assert await count(desk, gathering_id=gathering_id) == 1
    whole = PLAN | {"name": "Wies Lisdodde", "phone": "0655667788", "needs.3.description": ""}
    whole |= {"co_pitchers.2.email": ""}
    assert (await public.post(path, data=fields_of(refused, **whole))).status_code == 303
    assert await count(desk, gathering_id=gathering_id) == 0
    assert BEGUN not in (await public.get(path)).text


async def test_with_a_link_it_is_the_persons_own_on_any_phone(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    gathering_id = await desk.gathering()
    mine, path = await desk.attendee(gathering_id), f"/g/{gathering_id}/pitch"
    await kept(public, path, HALF)
    await public.get(await desk.link(mine["person_id"]))
    assert BEGUN in (await public.get(path)).text
    await kept(public, path, HALF | {"title": "Van mij"})
    public.cookies.clear()
    assert BEGUN not in (await public.get(path)).text
    await public.get(await desk.link(mine["person_id"]))
    support = (await public.get("/me/support")).text
    assert f'href="{path}">Van mij</a>, nog niet ingestuurd' in support
    assert fields_of(await public.get(path))["title"] == "Van mij"
    assert "ook op een andere telefoon" in (await public.get(f"{path}/kept")).text


async def test_what_somebody_else_began_on_the_same_phone_stays(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    gathering_id = await desk.gathering()
    mine, path = await desk.attendee(gathering_id), f"/g/{gathering_id}/pitch"
    await public.get(await desk.link(mine["person_id"]))
    await kept(public, path, HALF | {"title": "Van mij"})
    link = public.cookies["visitor"]
    del public.cookies["visitor"]
    await kept(public, path, HALF | {"title": "Van de buurvrouw"})
    public.cookies["visitor"] = link
    assert fields_of(await public.get(path))["title"] == "Van mij"
    await public.post(f"{path}/restart")
    assert fields_of(await public.get(path))["title"] == "Van de buurvrouw"


async def test_an_erased_person_has_none_and_a_merged_one_takes_it_along(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    gathering_id = await desk.gathering()
    gone, stays = await desk.attendee(await desk.gathering()), await desk.attendee(gathering_id)
    path = f"/g/{gathering_id}/pitch"
    await public.get(await desk.link(gone["person_id"]))
    await kept(public, path, HALF)
    copy = (await public.get("/me/data")).json()
    assert {"name": "phone", "text": "nul zes"} in copy["drafts"][0]["fields"]
    assert (
        "Wat u bewaarde en nog niet instuurde, verdwijnt." in (await public.get("/me/erase")).text
    )
    assert (await merge(desk, gone, stays)).status_code == 200
    assert await count(desk, person_id=stays["person_id"]) == 1
    await desk.client.post(f"/persons/{stays['person_id']}/erase")
    assert await count(desk, gathering_id=gathering_id) == 0


@pytest.mark.parametrize("more", [{"title": "x" * 140_000}, {f"f{n}": "" for n in range(201)}])
async def test_more_than_a_form_holds_is_not_kept(
    desk: Desk, public: httpx.AsyncClient, more: dict[str, str]
) -> None:
    gathering_id = await desk.gathering()
    path = f"/g/{gathering_id}/pitch/draft"
    page = await public.post(path, data=HALF | more)
    assert page.status_code == 422
    assert "Dit is te veel om te bewaren." in page.text
    assert fields_of(page)["phone"] == "nul zes"
    assert await count(desk, gathering_id=gathering_id) == 0


async def test_a_draft_is_said_to_nobody(desk: Desk, public: httpx.AsyncClient) -> None:
    gathering_id = await desk.gathering()
    mine = await desk.attendee(gathering_id)
    await public.get(await desk.link(mine["person_id"]))
    await kept(public, f"/g/{gathering_id}/pitch", HALF | {"title": "Geheim van Lisdodde"})
    said = await desk.service.mongo["outbox"].find({})
    assert [row["topic"] for row in said if "Geheim van Lisdodde" in repr(row)] == []
    assert await count(desk, person_id=mine["person_id"]) == 1


async def kept(public: httpx.AsyncClient, path: str, typed: dict[str, str]) -> dict[str, str]:
    """What was sent to be kept for later, and that it was."""
    sent = fields_of(await public.get(path), **typed)
    answer = await public.post(f"{path}/draft", data=sent)
    assert (answer.status_code, answer.headers["location"].endswith(f"{path}/kept")) == (303, True)
    assert "Wij bewaren het voor u tot" in (await public.get(answer.headers["location"])).text
    return sent


async def count(desk: Desk, **wanted: Any) -> int:
    """How many drafts there are of these."""
    return await desk.service.mongo["drafts"].count(wanted)
