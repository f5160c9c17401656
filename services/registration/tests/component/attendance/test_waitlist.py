"""A full gathering says so: on its page, after signing up, on one's own page, and to staff, who
telephone whoever left no e-mail address."""

import httpx

from services.registration.tests.component.attendance.test_places import states
from services.registration.tests.component.desk import Desk, somebody
from tests.probe import becomes

FULL = "Deze bijeenkomst is vol."
WAITS = "Kennen wij u nog niet? Dan staat u nu op de wachtlijst."


async def test_the_page_says_it_before_and_the_thanks_after(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    gathering_id = await desk.gathering(capacity=1)
    page = f"/g/{gathering_id}"
    assert FULL not in (await public.get(page)).text
    first = await public.post(page, data=somebody("Aba Wilg"))
    assert "Gelukt." in (await public.get(first.headers["location"])).text
    for shown in (page, "/"):
        assert FULL in (await public.get(shown)).text
    second = await public.post(page, data=somebody("Baba Wilg"))
    thanks = (await public.get(second.headers["location"])).text
    assert WAITS in thanks
    assert "Gelukt." not in thanks
    assert "Tot " not in thanks
    person_id = (await desk.said("link-requested", gathering_id=gathering_id))[-1]["person_id"]
    await public.get(await desk.link(person_id))
    own = (await public.get("/me")).text
    assert "De bijeenkomst is vol. U staat op de wachtlijst." in own


async def test_known_and_unknown_hear_the_same_of_a_full_gathering(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    gathering_id = await desk.gathering(capacity=1)
    known, path = somebody("Aba Els"), f"/api/v1/gatherings/{gathering_id}/attendees"
    answers = [
        await public.post(path, json=known),
        await public.post(path, json=known),
        await public.post(path, json=somebody("Baba Els")),
    ]
    assert [one.json() for one in answers] == [
        {"status": "received"},
        {"status": "received", "is_full": True},
        {"status": "received", "is_full": True},
    ]


async def test_staff_telephone_who_left_only_a_number(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    gathering_id = await desk.gathering(capacity=1)
    first = await desk.attendee(gathering_id, name="Aba Berk")
    await desk.attendee(gathering_id, name="Baba Berk", email=None, phone="06 12345678")
    await desk.attendee(gathering_id, name="Cees Berk")
    page = f"/staff/g/{gathering_id}/waitlist"
    assert (await public.get(page)).status_code == 401
    pages = httpx.AsyncClient(
        transport=desk.client._transport,
        base_url=desk.settings.registration_url,
        headers=desk.client.headers,
    )
    listed = (await pages.get(page)).text
    assert listed.index("Baba Berk") < listed.index("Cees Berk")
    assert listed.count("Zonder e-mail hoort deze persoon het alleen van u.") == 1
    assert "Zeg: de bijeenkomst is vol, u staat op de wachtlijst." in listed
    await desk.client.delete(f"/attendees/{first['id']}")
    await becomes(lambda: states(desk, gathering_id), ["cancelled", "offered", "waitlisted"])
    assert "Vraag: er is een plaats vrij, wilt u die?" in (await pages.get(page)).text
    [called] = [
        one
        for one in (await desk.client.get(f"/gatherings/{gathering_id}/attendees")).json()["items"]
        if one["state"] == "offered"
    ]
    yes = await pages.post(f"/staff/attendees/{called['id']}/accept")
    assert yes.status_code == 303
    assert await states(desk, gathering_id) == ["cancelled", "registered", "waitlisted"]
    # Without e-mail their code at the door is told by telephone: notification has a call for it.
    [told] = await desk.said("link-requested", person_id=called["person_id"])
    assert told["attendee_id"] == called["id"]
    await pages.aclose()


async def test_what_somebody_comes_as_is_chosen(desk: Desk, public: httpx.AsyncClient) -> None:
    gathering_id = await desk.gathering()
    who = somebody("Dora Linde")
    del who["kind"]
    page = await public.post(f"/g/{gathering_id}", data=who)
    assert page.status_code == 422
    assert "Kies wat bij u past." in page.text
    assert 'value="Dora Linde"' in page.text
    for client, path in ((public, "/api/v1"), (desk.client, "")):
        refused = await client.post(f"{path}/gatherings/{gathering_id}/attendees", json=who)
        assert refused.status_code == 422
        assert [one["field"] for one in refused.json()["errors"]] == ["kind"]
