"""Plans that look alike are shown before one is handed in, and it is handed in as it was typed."""

import httpx

from services.registration.tests.component.accepted import accepted_pitch, submitted_pitch
from services.registration.tests.component.desk import Desk, Json, plan_for_work
from services.registration.tests.component.filling import fields_of
from services.registration.tests.component.plans import PLAN

ASKED = "Lijkt uw plan hierop?"
THEIRS = {"title": "Naaiatelier", "summary": "Leren naaien en kleding maken van oude stof"}
MINE = PLAN | {
    "title": "Kleur en Draad",
    "summary": "Mensen leren naaien.\r\nZij maken kleding van stof.",
    "name": "Wies Katoenveld",
    "phone": "0611998877",
    "co_pitchers.2.name": "Otto Katoenveld",
    "co_pitchers.2.email": "otto.katoenveld@buurt.example",
}


async def test_what_looks_alike_is_shown_first_and_nothing_is_lost(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    gathering_id = await desk.gathering()
    path, other = f"/g/{gathering_id}/pitch", await accepted_pitch(desk, gathering_id, **THEIRS)
    typed = fields_of(await public.get(path), **MINE)
    shown = await public.post(path, data=typed)
    assert (shown.status_code, ASKED in shown.text) == (200, True)
    assert f'href="/g/{gathering_id}/needs#{other["id"]}"' in shown.text
    assert f'id="{other["id"]}"' in (await public.get(f"/g/{gathering_id}/needs")).text
    assert fields_of(shown) == typed
    changed = await public.post(path, data=fields_of(shown) | {"step": "back"})
    assert fields_of(changed) == typed
    for _ in range(2):
        sent = await public.post(path, data=fields_of(shown) | {"step": "anyway"})
        assert sent.headers["location"].endswith("/pitch/thanks")
    _, mine = await listed(desk, gathering_id)
    assert (mine["title"], mine["summary"]) == (
        "Kleur en Draad",
        "Mensen leren naaien.\nZij maken kleding van stof.",
    )
    assert [need["amount"] for need in mine["needs"]] == [320050, 10]
    assert len(mine["pitchers"]) == 2


async def test_what_others_handed_in_is_shown_to_nobody_before_it_is_accepted(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    gathering_id = await desk.gathering()
    declined, waiting = [await submitted_pitch(desk, gathering_id, **THEIRS) for _ in range(2)]
    await desk.client.post(f"/pitches/{declined['id']}/review", json={"decision": "declined"})
    await accepted_pitch(desk, await desk.gathering(), **THEIRS)
    assert await is_asked(public, gathering_id) is False
    await public.get(await desk.link(waiting["pitchers"][0]))
    mine = await public.post(f"/g/{gathering_id}/pitch", data=MINE)
    assert f'href="/me/pitches/{waiting["id"]}"' in mine.text


async def test_other_plans_and_programs_are_not_asked(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    gathering_id = await desk.gathering()
    await accepted_pitch(desk, gathering_id, "Fietsles", summary="Op straat")
    assert await is_asked(public, gathering_id) is False
    await accepted_pitch(desk, gathering_id, **THEIRS)
    api = f"/api/v1/gatherings/{gathering_id}/pitches"
    assert (await public.post(api, json=plan_for_work(**THEIRS))).status_code == 202
    wrong = await public.post(f"/g/{gathering_id}/pitch", data=MINE | {"phone": ""})
    assert (wrong.status_code, ASKED in wrong.text) == (422, False)


async def is_asked(public: httpx.AsyncClient, gathering_id: str) -> bool:
    """Whether somebody who hands in their plan is shown others."""
    answer = await public.post(f"/g/{gathering_id}/pitch", data=MINE)
    assert answer.status_code in (200, 303)
    return ASKED in answer.text


async def listed(desk: Desk, gathering_id: str) -> list[Json]:
    """All pitches, as staff see them."""
    answer = await desk.client.get(f"/gatherings/{gathering_id}/pitches")
    found: list[Json] = answer.json()["items"]
    return found
