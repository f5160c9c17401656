"""What people tell when they sign up and change later: on no topic, seen by organisers only, gone
two weeks after; and whose name may be on the list of participants, with the proof."""

from datetime import timedelta
from typing import Any

import httpx
from doorpakken_plumbing.time import clock

from services.registration.tests.component.desk import Desk, Json, somebody
from tests.probe import becomes

QUESTIONS = [
    {"question_id": "q-lunch", "text": "Eet u mee?", "choices": ["Ja", "Nee"]},
    {"question_id": "q-topic", "text": "Waar wilt u over praten?"},
]
ASKED = {
    "arrangements": ["interpreter", "child_care"],
    "note": "Twi, twee kinderen",
    "reply.q-lunch": "Ja",
    "reply.q-topic": "werkplaatsen",
    "on_participant_list": "yes",
    "wants_news": "yes",
    "kind": "other",
}
TOLD = {
    "arrangements": ["interpreter", "child_care"],
    "note": "Twi, twee kinderen",
    "replies": [
        {"question_id": "q-lunch", "text": "Ja"},
        {"question_id": "q-topic", "text": "werkplaatsen"},
    ],
}


async def test_what_is_told_at_sign_up_stays_here(desk: Desk, public: httpx.AsyncClient) -> None:
    gathering_id = await desk.gathering(questions=QUESTIONS)
    page = (await public.get(f"/g/{gathering_id}")).text
    assert ("Eet u mee?" in page, "Waar wilt u over praten?" in page) == (True, True)
    mine = await signed_up(desk, public, gathering_id)
    assert mine["kind"] == "other"
    kept = await found(desk, "particulars", mine["id"])
    assert {name: kept[name] for name in TOLD} == TOLD
    consent = await found(desk, "consents", mine["id"])
    [step] = consent["steps"]
    assert (consent["is_given"], step["is_given"]) == (True, True)
    assert step["words"] == "Andere deelnemers mogen mijn naam zien op de deelnemerslijst."
    follower = await desk.service.mongo["followers"].find_one({"_id": mine["person_id"]})
    assert follower
    assert follower["state"] == "confirmed"
    assert [step["words"][:25] for step in follower["steps"]] == ["Stuur mij een mail als er"]
    [said] = await desk.said("attendee-registered", attendee_id=mine["id"])
    told = {"arrangements", "note", "replies", "on_participant_list", "told"}
    assert told & set(said) == set()
    rows = await desk.service.mongo["outbox"].find({})
    assert [row for row in rows if b"twee kinderen" in (row["payload"] or b"")] == []


async def test_answers_are_changed_on_ones_own_page(desk: Desk, public: httpx.AsyncClient) -> None:
    gathering_id = await desk.gathering(questions=QUESTIONS)
    mine = await signed_up(desk, public, gathering_id)
    await public.get(await desk.link(mine["person_id"]))
    path = f"/me/attendees/{mine['id']}/details"
    page = (await public.get(path)).text
    assert ("Twi, twee kinderen" in page, 'value="werkplaatsen"' in page) == (True, True)
    assert page.count(" checked") == 5
    form = ASKED | {
        "kind": "local_entrepreneur",
        "organisation": "Kleur & Draad",
        "interests": "naaien, werk",
        "offers": ["equipment"],
        "availability": "dinsdagavond",
        "arrangements": ["diet"],
        "reply.q-lunch": "Misschien",
    }
    for _ in range(2):
        sent = await public.post(path, data={**form, "on_participant_list": ""})
        assert (sent.status_code, sent.headers["location"][-8:]) == (303, "?saved=1")
    [said] = await desk.said("attendee-updated", attendee_id=mine["id"])
    assert (said["kind"], said["interests"], said["offers"], said["availability"]) == (
        "local_entrepreneur",
        ["naaien", "werk"],
        ["equipment"],
        ["dinsdagavond"],
    )
    kept = await found(desk, "particulars", mine["id"])
    # Only a choice of the list is an answer.
    assert (kept["arrangements"], kept["replies"]) == (["diet"], TOLD["replies"][1:])
    consent = await found(desk, "consents", mine["id"])
    assert [step["is_given"] for step in consent["steps"]] == [True, False]


async def test_answers_are_changed_by_nobody_else(desk: Desk, public: httpx.AsyncClient) -> None:
    gathering_id = await desk.gathering()
    mine, other = await desk.attendee(gathering_id), await desk.attendee(gathering_id)
    await public.get(await desk.link(other["person_id"]))
    path = f"/me/attendees/{mine['id']}/details"
    assert (await public.get(path)).status_code == 401
    assert (await public.post(path, data={"kind": "other"})).status_code == 401


async def test_programs_change_answers_too(desk: Desk, public: httpx.AsyncClient) -> None:
    mine = await desk.attendee(await desk.gathering(questions=QUESTIONS))
    path = f"/attendees/{mine['id']}/details"
    told = TOLD | {"kind": "other", "on_participant_list": True}
    assert (await desk.client.put(path, json=told)).json()["state"] == "registered"
    kept = await found(desk, "particulars", mine["id"])
    assert {name: kept[name] for name in TOLD} == TOLD
    assert (await public.put(f"/api/v1{path}", json=told)).status_code == 401
    stranger = await desk.attendee(await desk.gathering())
    await public.get(await desk.link(stranger["person_id"]))
    assert (await public.put(f"/api/v1{path}", json=told)).status_code == 403
    await desk.client.delete(f"/attendees/{mine['id']}")
    refused = await desk.client.put(path, json=told)
    assert (refused.status_code, refused.json()["slug"]) == (409, "attendee-cancelled")


async def test_name_and_language_are_ones_own(desk: Desk, public: httpx.AsyncClient) -> None:
    assert (await public.get("/me/name")).status_code == 401
    mine = await desk.attendee(await desk.gathering())
    await public.get(await desk.link(mine["person_id"]))
    assert (await public.post("/me/name", data={"name": " "})).status_code == 422
    sent = await public.post("/me/name", data={"name": "Akosua Zonnedauw", "language": "en"})
    assert sent.status_code == 303
    person = (await desk.client.get(f"/persons/{mine['person_id']}")).json()
    assert (person["name"], person["language"]) == ("Akosua Zonnedauw", "en")
    # The cookie still stands: no address was taken away.
    assert "Akosua Zonnedauw" in (await public.get("/me/name")).text


async def test_a_mistake_keeps_what_was_typed(desk: Desk, public: httpx.AsyncClient) -> None:
    mine = await desk.attendee(await desk.gathering())
    await public.get(await desk.link(mine["person_id"]))
    path = f"/me/attendees/{mine['id']}/details"
    typed = {"interests": "bel 06 12345678", "offers": ["space"], "note": "rolstoel <b>"}
    form = {"kind": "other", **typed}
    page = await public.post(path, data=form)
    assert (page.status_code, 'href="#interests"' in page.text) == (422, True)
    assert ("bel 06 12345678" in page.text, "rolstoel &lt;b&gt;" in page.text) == (True, True)
    assert page.text.count(" checked") == 2


async def test_coming_back(desk: Desk, public: httpx.AsyncClient) -> None:
    gathering_id = await desk.gathering(capacity=1, questions=QUESTIONS)
    mine = await signed_up(desk, public, gathering_id, organisation="Kleur & Draad")
    await public.get(await desk.link(mine["person_id"]))
    await public.post(f"/me/attendees/{mine['id']}/cancel")
    page = (await public.get("/me")).text
    assert f"/me/attendees/{mine['id']}/return" in page
    for _ in range(2):
        back = await public.post(f"/me/attendees/{mine['id']}/return")
        assert back.status_code == 303
    [again] = await listed(desk, gathering_id)
    assert (again["id"], again["state"]) == (mine["id"], "registered")
    assert again["organisation"] == "Kleur & Draad"
    assert (await found(desk, "particulars", mine["id"]))["note"] == "Twi, twee kinderen"
    # Somebody else takes the place meanwhile.
    await public.post(f"/me/attendees/{mine['id']}/cancel")
    await desk.attendee(gathering_id, name="Orlando Tamarinde")
    await public.post(f"/me/attendees/{mine['id']}/return")
    states = {one["id"]: one["state"] for one in await listed(desk, gathering_id)}
    assert states[mine["id"]] == "waitlisted"


async def test_it_goes_two_weeks_after(desk: Desk, public: httpx.AsyncClient) -> None:
    gathering_id = await desk.gathering()
    mine = await signed_up(desk, public, gathering_id)
    particulars = desk.service.mongo["particulars"]
    assert await particulars.count({"_id": mine["id"]}) == 1
    # The gathering turns out to have been earlier: its two weeks are over.
    before = clock.now() - timedelta(days=15)
    times = {"starts_at": before.isoformat(), "ends_at": (before + timedelta(hours=3)).isoformat()}
    await desk.client.patch(f"/gatherings/{gathering_id}", json=times)
    await becomes(lambda: particulars.count({"_id": mine["id"]}), 0)
    # And nothing new is kept.
    await public.get(await desk.link(mine["person_id"]))
    await public.post(f"/me/attendees/{mine['id']}/details", data=ASKED)
    assert await particulars.count({"_id": mine["id"]}) == 0


async def test_organisers_see_what_to_arrange(desk: Desk, public: httpx.AsyncClient) -> None:
    gathering_id = await desk.gathering(questions=QUESTIONS)
    path = f"{desk.settings.registration_url}/staff/g/{gathering_id}/arrangements"
    assert "Nog niemand vroeg om iets." in (await desk.client.get(path)).text
    mine = await signed_up(desk, public, gathering_id)
    page = (await desk.client.get(path)).text
    assert ("Een tolk: 1" in page, "Een tolk en kinderopvang." in page) == (True, True)
    assert "Eet u mee? <strong>Ja</strong>" in page
    # Who asks for nothing is not in the way.
    other = await desk.attendee(gathering_id, name="Nel Dahlia")
    await public.get(await desk.link(other["person_id"]))
    await public.post(
        f"/me/attendees/{other['id']}/details", data={"kind": "other", "interests": "koken"}
    )
    assert "Nel Dahlia" not in (await desk.client.get(path)).text
    assert (await public.get(path)).status_code in (303, 401)
    await desk.client.delete(f"/attendees/{mine['id']}")
    assert "Nog niemand vroeg om iets." in (await desk.client.get(path)).text


async def test_who_comes_is_seen_by_who_comes(desk: Desk, public: httpx.AsyncClient) -> None:
    gathering_id = await desk.gathering()
    path = f"/me/participants/{gathering_id}"
    assert (await public.get(path)).status_code == 401
    await signed_up(desk, public, gathering_id)
    await desk.attendee(gathering_id, name="Nel Dahlia")
    other = await desk.attendee(gathering_id, name="Kwame Kastanje")
    stranger = await desk.attendee(await desk.gathering(), name="Ama Mimosa")
    await public.get(await desk.link(stranger["person_id"]))
    assert (await public.get(path)).status_code == 409
    await public.get(await desk.link(other["person_id"]))
    page = (await public.get(path)).text
    assert ("Yaw Vijgenboom" in page, "Nel Dahlia" in page) == (True, False)


async def test_erasing_takes_what_was_told(desk: Desk, public: httpx.AsyncClient) -> None:
    mine = await signed_up(desk, public, await desk.gathering())
    await public.get(await desk.link(mine["person_id"]))
    known = (await public.get("/me/data")).json()
    assert (len(known["particulars"]), len(known["consents"])) == (1, 1)
    await public.post("/me/erase")
    for name in ("particulars", "consents"):
        assert await desk.service.mongo[name].count({"person_id": mine["person_id"]}) == 0


async def test_the_programme_is_on_the_page(desk: Desk, public: httpx.AsyncClient) -> None:
    in_it = clock.now() + timedelta(days=7, hours=1)
    part = {"starts_at": in_it.isoformat(), "title": "Inloop & koffie"}
    gathering_id = await desk.gathering(programme=[part])
    page = (await public.get(f"/g/{gathering_id}")).text
    assert ("Programma" in page, "Inloop &amp; koffie" in page) == (True, True)
    late = {"starts_at": (clock.now() + timedelta(days=90)).isoformat(), "title": "Te laat"}
    wrong = await desk.client.post("/gatherings", json=desk.draft(programme=[late]))
    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (422, "programme")


async def signed_up(desk: Desk, public: httpx.AsyncClient, gathering_id: str, **more: Any) -> Json:
    """Somebody who filled in the whole form."""
    form = {**somebody("Yaw Vijgenboom", **more), **ASKED}
    sent = await public.post(f"/g/{gathering_id}", data=form)
    assert sent.status_code == 303, sent.text
    [mine] = await listed(desk, gathering_id)
    return mine


async def listed(desk: Desk, gathering_id: str) -> list[Json]:
    """Who is at the gathering."""
    items: list[Json] = (await desk.client.get(f"/gatherings/{gathering_id}/attendees")).json()[
        "items"
    ]
    return items


async def found(desk: Desk, collection: str, attendee_id: str) -> Json:
    """What is kept of an attendee there."""
    document = await desk.service.mongo[collection].find_one({"_id": attendee_id})
    assert document is not None
    return document
