"""The public page of a pitch: what it needs, who supports it, and when its work session is."""

import httpx

from services.registration.tests.component.accepted import accepted_pitch, submitted_pitch
from services.registration.tests.component.desk import Desk


async def test_everybody_reads_the_plan_with_its_session(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    gathering_id = await desk.gathering()
    pitch = await accepted_pitch(desk, gathering_id, "OCTA <b>nu</b>", organisation="De Dreef")
    need, path = pitch["needs"][0], f"/p/{pitch['id']}"
    body = {"need_id": need["need_id"], "unit": "place", "amount": 6}
    mine = await desk.attendee(gathering_id)
    giver = body | {"person_id": mine["person_id"]}
    await desk.client.post(f"/gatherings/{gathering_id}/offers", json=giver)
    session_id = await desk.session(gathering_id, pitch_id=pitch["id"])
    await desk.session(gathering_id, pitch_id="another", place="Keuken")

    assert f'href="{path}"' in (await public.get(f"/g/{gathering_id}")).text
    page = (await public.get(path)).text
    for words in (
        "OCTA &lt;b&gt;nu&lt;/b&gt;",
        "De Dreef",
        "Aangeboden: 6 plekken.",
        "Nog nodig: 9 plekken.",
        "Nog niemand steunt dit plan.",
        "Zaal Reiger",
        f"/g/{gathering_id}/offer?need={need['need_id']}",
    ):
        assert words in page
    assert "Keuken" not in page
    assert "Rowena" not in page
    await desk.cancel_session(session_id)
    assert "This work session is cancelled." in (await public.get(path, params={"lang": "en"})).text


async def test_a_pitch_that_is_not_accepted_has_no_public_page(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    pitch = await submitted_pitch(desk, await desk.gathering())
    assert (await public.get(f"/p/{pitch['id']}")).status_code == 404
    assert (await public.get("/p/none")).status_code == 404
    accepted = await accepted_pitch(desk, await desk.gathering())
    await desk.client.post(f"/pitches/{accepted['id']}/withdraw", json={})
    assert (await public.get(f"/p/{accepted['id']}")).status_code == 404
