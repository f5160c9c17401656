"""What is typed in a known person's name does nothing until they say, behind their link, that it is
theirs; and then all of it is done. Nobody learns who is known."""

import re
from datetime import timedelta
from typing import Any

import httpx
from doorpakken_plumbing.time import clock
from doorpakken_registration.claims import claims

from services.registration.tests.component.desk import Desk, Json, plan_for_work, somebody
from tests.names import new_email, new_mobile
from tests.probe import becomes

PRIVATE = "Ik zit in een rolstoel"


async def test_a_stranger_changes_nothing_of_a_known_person(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    gathering_id = await desk.gathering()
    gladys = somebody(organisation="Stichting Mom", note=PRIVATE, kind="local_entrepreneur")
    attendee = (await desk.client.post(_path(gathering_id), json=gladys)).json()
    await desk.client.delete(f"/attendees/{attendee['id']}")
    before = await _of(desk, attendee)
    typed = gladys | {
        "kind": "other",
        "organisation": "Reigerbank",
        "note": "iets anders",
        "wants_news": True,
        "on_participant_list": True,
    }
    for name in (gladys["name"], gladys["name"].upper()):
        answer = await public.post(_api(gathering_id), json=typed | {"name": name})
        assert (answer.status_code, answer.json()) == (202, {"status": "received"})
    unknown = await public.post(_api(gathering_id), json=typed | somebody())
    assert unknown.content == answer.content
    assert await _of(desk, attendee) == before
    links = await desk.said("link-requested", person_id=attendee["person_id"])
    assert {one["purpose"] for one in links} == {"confirm"}


async def test_what_was_typed_is_applied_after_the_link_is_opened(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    gathering_id, mobile = await desk.gathering(), new_mobile()
    first = somebody(interests=["koken"], organisation="Stichting Mom", note="kom later")
    await public.post(_api(gathering_id), json=first)
    more = first | {
        "arrangements": ["interpreter"],
        "interests": ["zorg"],
        "organisation": None,
        "note": "graag Turks",
        "phone": f"06 {mobile}",
        "wants_news": True,
    }
    await public.post(_api(gathering_id), json=more)
    [listed] = (await desk.client.get(_path(gathering_id))).json()["items"]
    assert (listed["interests"], listed["phone"]) == (["koken"], None)
    page = await _own_page(desk, public, listed["person_id"])
    assert "Hebt u dit ingevuld?" in page
    assert "een tolk" in page
    await _answer(public, page, "yes")
    [listed] = (await desk.client.get(_path(gathering_id))).json()["items"]
    assert (listed["interests"], listed["organisation"]) == (["koken", "zorg"], "Stichting Mom")
    assert listed["phone"] == f"+316{mobile}"
    told = await desk.service.mongo["particulars"].find_one({"_id": listed["id"]})
    assert told
    assert told["arrangements"] == ["interpreter"]
    assert told["note"] == "kom later\ngraag Turks"
    follower = await desk.service.mongo["followers"].find_one({"_id": listed["person_id"]})
    assert follower
    assert follower["state"] == "confirmed"
    after = (await public.get("/me")).text
    assert "Dit hebben wij nu verwerkt" in after
    assert "graag Turks" in after
    assert "Ja, dit klopt" not in after
    [claim] = (await public.get("/api/v1/claims")).json()["items"]
    again = await public.post(f"/api/v1/claims/{claim['id']}/confirm")
    assert (again.status_code, again.json()["state"]) == (200, "applied")
    said = await desk.said("attendee-updated", attendee_id=listed["id"])
    assert len(said) == 1


async def test_nothing_comes_of_what_was_not_theirs(desk: Desk, public: httpx.AsyncClient) -> None:
    gathering_id = await desk.gathering()
    mine = somebody()
    attendee = (await desk.client.post(_path(gathering_id), json=mine)).json()
    await public.post(_api(gathering_id), json=mine | {"note": "zomaar"})
    page = await _own_page(desk, public, attendee["person_id"])
    await _answer(public, page, "no")
    assert "zomaar" not in (await public.get("/me")).text
    assert await desk.service.mongo["particulars"].count({"_id": attendee["id"]}) == 0
    # Somebody else sees and decides nothing of it.
    public.cookies.clear()
    await public.post(_api(gathering_id), json=mine | {"note": "nog eens"})
    [waiting] = (await desk.client.get(f"/gatherings/{gathering_id}/claims")).json()["items"]
    other = await desk.attendee(gathering_id)
    await public.get(await desk.link(other["person_id"]))
    for action in ("confirm", "drop"):
        refused = await public.post(f"/api/v1/claims/{waiting['id']}/{action}")
        assert refused.status_code == 403
    page_post = await public.post(f"/me/claims/{waiting['id']}", data={"answer": "yes"})
    assert page_post.status_code == 403


async def test_a_place_is_kept_for_two_days(desk: Desk, public: httpx.AsyncClient) -> None:
    gathering_id, before = await desk.gathering(capacity=1), await desk.gathering()
    mine = somebody()
    known = (await desk.client.post(_path(before), json=mine)).json()
    for _ in range(2):
        await public.post(_api(gathering_id), json=mine)
    other = await desk.attendee(gathering_id)
    assert other["state"] == "waitlisted"
    timers, kept = desk.service.mongo["timers"], {"kind": claims.PLACE_GOES}
    [claim] = (await desk.client.get(f"/gatherings/{gathering_id}/claims")).json()["items"]
    kept["_id"] = f"{claims.PLACE_GOES}/{claim['id']}"
    timer = await timers.find_one(kept)
    assert timer
    assert timer["due"] > clock.now() + timedelta(hours=47)
    await timers.update_one(kept, {"$set": {"due": clock.now()}})
    await becomes(lambda: _state(desk, other["id"]), "offered")
    # It waits on, and then is as good as any sign-up of that moment.
    page = await _own_page(desk, public, known["person_id"])
    await _answer(public, page, "yes")
    states = {
        one["person_id"]: one["state"]
        for one in (await desk.client.get(_path(gathering_id))).json()["items"]
    }
    assert states[known["person_id"]] == "waitlisted"
    assert (await _gathering(desk, gathering_id))["taken"] == 1


async def test_who_says_yes_in_time_has_the_place(desk: Desk, public: httpx.AsyncClient) -> None:
    gathering_id, before = await desk.gathering(capacity=1), await desk.gathering()
    mine = somebody()
    known = (await desk.client.post(_path(before), json=mine)).json()
    await public.post(_api(gathering_id), json=mine)
    await desk.attendee(gathering_id)
    page = await _own_page(desk, public, known["person_id"])
    await _answer(public, page, "yes")
    said = await desk.said("attendee-registered", person_id=known["person_id"])
    assert [one["state"] for one in said] == ["registered"] * 2
    assert (await _gathering(desk, gathering_id))["taken"] == 1


async def test_who_has_no_email_is_called(desk: Desk, public: httpx.AsyncClient) -> None:
    gathering_id = await desk.gathering()
    mine = somebody("Truus Goudsbloem", email=None, phone="020 5550143")
    attendee = (await desk.client.post(_path(gathering_id), json=mine)).json()
    await public.post(_api(gathering_id), json=mine | {"arrangements": ["wheelchair"]})
    page = (
        await desk.client.get(f"{desk.settings.registration_url}/staff/g/{gathering_id}/claims")
    ).text
    assert "Truus Goudsbloem" in page
    assert "Bel 020 555 0143" in page
    [claim] = (await desk.client.get(f"/gatherings/{gathering_id}/claims")).json()["items"]
    assert claim["told"]["arrangements"] == ["wheelchair"]
    done = await desk.client.post(f"/claims/{claim['id']}/confirm")
    assert (done.status_code, done.json()["state"]) == (200, "applied")
    told = await desk.service.mongo["particulars"].find_one({"_id": attendee["id"]})
    assert told
    assert told["arrangements"] == ["wheelchair"]
    assert (await desk.client.get(f"/gatherings/{gathering_id}/claims")).json()["items"] == []


async def test_a_plan_in_a_known_name_waits(desk: Desk, public: httpx.AsyncClient) -> None:
    gathering_id = await desk.gathering()
    mine, mate = somebody("Rowena Zilverspar"), somebody("Kwame Kastanje")
    rowena = (await desk.client.post(_path(gathering_id), json=mine)).json()
    kwame = (await desk.client.post(_path(gathering_id), json=mate)).json()
    plan = plan_for_work(name=mine["name"], email=mine["email"])
    del plan["kind"]
    plan |= {"kind": "idea", "co_pitchers": [{one: mate[one] for one in ("name", "email")}]}
    path = f"/gatherings/{gathering_id}/pitches"
    for _ in range(2):
        assert (await public.post(f"/api/v1{path}", json=plan)).status_code == 202
    assert (await desk.client.get(path)).json()["items"] == []
    page = await _own_page(desk, public, rowena["person_id"])
    await _answer(public, page, "yes")
    [pitch] = (await desk.client.get(path)).json()["items"]
    assert (pitch["pitchers"], pitch["title"]) == ([rowena["person_id"]], plan["title"])
    # Who is named as a co-pitcher says so too.
    page = await _own_page(desk, public, kwame["person_id"])
    await _answer(public, page, "yes")
    [pitch] = (await desk.client.get(path)).json()["items"]
    assert pitch["pitchers"] == [rowena["person_id"], kwame["person_id"]]


async def test_who_came_by_their_link_speaks_for_themselves(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    gathering_id = await desk.gathering()
    mine = somebody()
    attendee = (await desk.client.post(_path(gathering_id), json=mine)).json()
    await public.get(await desk.link(attendee["person_id"]))
    await public.post(f"/g/{gathering_id}", data=mine | {"arrangements": "diet"})
    told = await desk.service.mongo["particulars"].find_one({"_id": attendee["id"]})
    assert told
    assert told["arrangements"] == ["diet"]


async def test_it_is_taken_along_erased_and_kept_thirty_days(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    gathering_id, elsewhere = await desk.gathering(capacity=1), await desk.gathering()
    mine, mate = somebody(), somebody("Meral Beukenhof")
    person_id = (await desk.client.post(_path(elsewhere), json=mine)).json()["person_id"]
    mate_id = (await desk.client.post(_path(elsewhere), json=mate)).json()["person_id"]
    await public.post(_api(gathering_id), json=mine | {"note": "wacht nog"})
    plan = plan_for_work(name=mine["name"], email=mine["email"])
    plan |= {"kind": "idea", "co_pitchers": [{one: mate[one] for one in ("name", "email")}]}
    await public.post(f"/api/v1/gatherings/{gathering_id}/pitches", json=plan)
    await public.get(await desk.link(person_id))
    data = (await public.get("/me/data")).text
    assert "wacht nog" in data
    assert "mentions" not in data
    kept = desk.service.mongo["claims"]
    # Who is only named in it is gone from it when they are erased.
    await desk.client.post(f"/persons/{mate_id}/erase")
    left = await kept.find({"person_id": person_id})
    assert len(left) == 2
    assert mate["email"] not in str(left)
    timers = await desk.service.mongo["timers"].find(
        {"kind": claims.GOES, "data.claim_id": left[1]["_id"]}
    )
    assert timers[0]["due"] > clock.now() + timedelta(days=29)
    gone = {"$set": {"due": clock.now()}}
    await desk.service.mongo["timers"].update_one({"_id": timers[0]["_id"]}, gone)
    await becomes(lambda: kept.count({"person_id": person_id}), 1)
    await desk.client.post(f"/persons/{person_id}/erase")
    assert await kept.count({"person_id": person_id}) == 0
    assert (await _gathering(desk, gathering_id))["taken"] == 0


async def test_the_thanks_say_what_comes_next_for_both(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    gathering_id = await desk.gathering()
    mine = somebody()
    await desk.client.post(_path(gathering_id), json=mine)
    answers = [
        await public.post(f"/g/{gathering_id}", data=one, follow_redirects=True)
        for one in (mine, mine | {"email": new_email()})
    ]
    assert answers[0].text == answers[1].text
    for sentence in (
        "Kennen wij u nog niet?",
        "Kennen wij uw naam en adres al?",
        "U krijgt een mail",
    ):
        assert sentence in answers[0].text


def _path(gathering_id: str) -> str:
    return f"/gatherings/{gathering_id}/attendees"


def _api(gathering_id: str) -> str:
    return f"/api/v1{_path(gathering_id)}"


async def _of(desk: Desk, attendee: Json) -> list[Any]:
    """All that is kept of them but that they were sent a link, and what waits."""
    mongo, person_id = desk.service.mongo, attendee["person_id"]
    attendees = await mongo["attendees"].find({"person_id": person_id})
    told = await mongo["particulars"].find({"person_id": person_id})
    consents = await mongo["consents"].find({"person_id": person_id})
    followers = await mongo["followers"].find({"_id": person_id})
    return [attendees, told, consents, followers]


async def _own_page(desk: Desk, public: httpx.AsyncClient, person_id: str) -> str:
    public.cookies.clear()
    opened = await public.get(await desk.link(person_id), follow_redirects=True)
    assert opened.status_code == 200
    return opened.text


async def _answer(public: httpx.AsyncClient, page: str, answer: str) -> None:
    """Presses the button of everything that waits on the page."""
    paths = re.findall(r'action="[^"]*?(/me/claims/[^"]+)"', page)
    assert paths
    for path in paths:
        assert (await public.post(path, data={"answer": answer})).status_code == 303


async def _state(desk: Desk, attendee_id: str) -> str:
    state: str = (await desk.client.get(f"/attendees/{attendee_id}")).json()["state"]
    return state


async def _gathering(desk: Desk, gathering_id: str) -> Json:
    found = await desk.service.mongo["gatherings"].find_one({"_id": gathering_id})
    assert found
    return found
