"""Erasing a person: nothing of theirs stays here, others move up, and it is done once."""

import asyncio
from datetime import timedelta
from typing import Any

import httpx
from doorpakken_events.erasure import ErasureConfirmed
from doorpakken_events.matching import SessionsRecommended
from doorpakken_plumbing.mongo.database import Document
from doorpakken_plumbing.time import clock
from doorpakken_registration import kept
from doorpakken_registration.settings import Settings
from pymongo import AsyncMongoClient

from services.registration.tests.component.desk import Desk, Json, plan_for_work, somebody
from tests.names import new_email
from tests.probe import becomes

SERVICES = ("registration", "notification", "matching", "reporting")


async def kept_of(desk: Desk, attendee: Json) -> dict[str, int]:
    """How much of a person stands in each collection that has some."""
    found = await kept.find(desk.service.mongo, attendee["person_id"], [attendee["id"]])
    return {name: len(rows) for name, rows in found.items() if rows}


async def told(desk: Desk, key: str) -> dict[str, list[bool]]:
    """By topic, whether each row to be sent with this key is a tombstone."""
    rows: dict[str, list[bool]] = {}
    for row in await desk.service.mongo["outbox"].find({"key": key}, sort=[("version", 1)]):
        rows.setdefault(row["topic"], []).append(row["payload"] is None)
    return rows


async def erase(desk: Desk, person_id: str) -> str:
    answer = await desk.client.post(f"/persons/{person_id}/erase")
    assert answer.status_code == 202, answer.text
    number: str = answer.json()["number"]
    return number


async def seated(desk: Desk, gathering_id: str, session_id: str, **more: Any) -> Json:
    """An attendee who asked for a seat."""
    attendee = await desk.attendee(gathering_id, **more)
    body = {"attendee_id": attendee["id"]}
    answer = await desk.client.post(f"/sessions/{session_id}/sign-ups", json=body)
    assert answer.status_code == 201, answer.text
    return attendee | {"sign_up": answer.json()}


async def test_nothing_of_a_person_stays(desk: Desk) -> None:
    gathering_id = await desk.gathering(capacity=5)
    session_id = await desk.session(gathering_id)
    attendee = await seated(desk, gathering_id, session_id, name="Wies Bloemgracht")
    other = await seated(desk, gathering_id, session_id)
    wave_id = await desk.wave(gathering_id)
    await desk.client.post(
        f"/waves/{wave_id}/answers", json={"attendee_id": attendee["id"], "answer": "declined"}
    )
    await desk.recommend(recommendation_for(attendee, gathering_id))
    before = await kept_of(desk, other)
    await erase(desk, attendee["person_id"])
    assert await kept_of(desk, attendee) == {}
    assert await kept_of(desk, other) == before
    gathering = (await desk.client.get(f"/gatherings/{gathering_id}/attendees")).json()
    assert [one["id"] for one in gathering["items"]] == [other["id"]]
    kept = await desk.service.mongo["gatherings"].find_one({"_id": gathering_id})
    assert kept
    assert kept["taken"] == 1
    assert (await told(desk, attendee["person_id"]))["person-contact"] == [True]
    topics = await told(desk, attendee["id"])
    assert topics["attendee-registered"] == topics["attendee-cancelled"] == [True]
    assert (await told(desk, attendee["sign_up"]["id"]))["session-left"] == [True]
    assert await names(desk, "Wies Bloemgracht", attendee["person_id"], attendee["id"]) == {
        "erased": 2,
        "erasures": 1,
        "outbox": 2,
    }


def recommendation_for(attendee: Json, gathering_id: str) -> SessionsRecommended:
    return SessionsRecommended(attendee_id=attendee["id"], gathering_id=gathering_id, run_id="run")


async def collection_names(settings: Settings) -> list[str]:
    client: AsyncMongoClient[Document] = AsyncMongoClient(settings.mongodb_uri.get_secret_value())
    async with client:
        return await client[settings.mongodb_database].list_collection_names()


async def names(desk: Desk, *words: str) -> dict[str, int]:
    """In how many documents one of these stands; ids of heard events and tombstones aside."""
    counts: dict[str, int] = {}
    for name in await collection_names(desk.settings):
        found = await desk.service.mongo[name].find({})
        about = [one for one in found if any(word in repr(told_by(one)) for word in words)]
        if about and name not in ("inbox", "guards"):
            counts[name] = len(about)
    return counts


def told_by(document: Document) -> Any:
    """Of a row to be sent, what it tells; of a tombstone the key is all that is left."""
    return document.get("payload", document)


async def test_a_session_is_offered_to_who_waits(desk: Desk) -> None:
    gathering_id = await desk.gathering()
    session_id = await desk.session(gathering_id, seats=1)
    first = await seated(desk, gathering_id, session_id)
    second = await seated(desk, gathering_id, session_id)
    assert second["sign_up"]["state"] == "waitlisted"
    await erase(desk, first["person_id"])
    session = await desk.service.mongo["sessions"].find_one({"_id": session_id})
    assert session
    assert session["waiting"] + session["taken"] == 1


async def test_twice_at_once_is_once(desk: Desk) -> None:
    attendee = await desk.attendee(await desk.gathering())
    numbers = await asyncio.gather(*(erase(desk, attendee["person_id"]) for _ in range(4)))
    assert len({*numbers, await erase(desk, attendee["person_id"])}) == 1
    assert len(await desk.said("person-erased", person_id=attendee["person_id"])) == 1
    assert len(await desk.said("erasure-confirmed", person_id=attendee["person_id"])) == 1


async def test_who_comes_back_is_somebody_new(desk: Desk) -> None:
    gathering_id, who = await desk.gathering(), somebody()
    first = await desk.attendee(gathering_id, **who)
    await erase(desk, first["person_id"])
    again = await desk.attendee(gathering_id, **who)
    assert again["person_id"] != first["person_id"]
    assert again["id"] != first["id"]


async def test_nobody_and_strangers(desk: Desk, public: httpx.AsyncClient) -> None:
    assert (await desk.client.post("/persons/nobody/erase")).status_code == 404
    assert (await public.post("/api/v1/persons/nobody/erase")).status_code == 401
    assert (await public.post("/me/erase")).status_code == 401
    assert (await public.get("/me/erase")).status_code == 401
    assert (await public.get("/erased/AA-AAA")).status_code == 404


async def test_by_the_person_on_the_page(desk: Desk, public: httpx.AsyncClient) -> None:
    gathering_id = await desk.gathering()
    session_id = await desk.session(gathering_id)
    attendee = await seated(desk, gathering_id, session_id, name="Truus Kade")
    link = await desk.link(attendee["person_id"])
    await public.get(link)
    assert "Ja, wis alles" in (await public.get("/me/erase")).text
    copy = (await public.get("/me/data")).json()
    assert [one["name"] for one in copy["persons"]] == ["Truus Kade"]
    assert [one["session_id"] for one in copy["sign_ups"]] == [session_id]
    cookie = dict(public.cookies)
    gone = await public.post("/me/erase")
    assert gone.status_code == 303
    assert not public.cookies
    # The second of two presses still has the cookie, and no person behind it.
    public.cookies.update(cookie)
    again = await public.post("/me/erase")
    assert again.headers["location"] == gone.headers["location"]
    refused = await public.get(link)
    assert refused.status_code == 404
    assert "Deze link werkt niet meer." in refused.text


async def test_by_staff_on_the_page_of_the_person(desk: Desk, public: httpx.AsyncClient) -> None:
    attendee = await desk.attendee(await desk.gathering(), name="Dirk Kade")
    path, headers = f"/staff/people/{attendee['person_id']}", desk.client.headers
    assert f'{path}/erase"' in (await public.get(path, headers=headers)).text
    asked = (await public.get(f"{path}/erase", headers=headers)).text
    assert "Alle gegevens van Dirk Kade wissen?" in asked
    assert f'action="{path}/erase"' in asked
    stranger = await public.post(f"{path}/erase")
    assert "/erased/" not in stranger.headers.get("location", "")
    assert await kept_of(desk, attendee) != {}
    gone = [await public.post(f"{path}/erase", headers=headers) for _ in range(2)]
    assert [one.status_code for one in gone] == [303, 303]
    assert gone[0].headers["location"] == gone[1].headers["location"]
    assert await kept_of(desk, attendee) == {}
    assert (await public.get(f"{path}/erase", headers=headers)).status_code == 404


async def test_the_page_says_what_becomes_of_a_pitch(desk: Desk, public: httpx.AsyncClient) -> None:
    gathering_id = await desk.gathering()
    mate = {"name": "Otto Wilgen", "email": new_email()}
    pitches = [plan_for_work(title="Samen", co_pitchers=[mate]), plan_for_work(title="Alleen")]
    pitchers = []
    for plan in pitches:
        plan |= {"name": "Rowena Zilverspar", "email": "rowena.een@buurt.example"}
        made = await desk.client.post(f"/gatherings/{gathering_id}/pitches", json=plan)
        assert made.status_code == 201, made.text
        pitchers.append(made.json()["pitchers"][0])
    assert len({*pitchers}) == 1
    await public.get(await desk.link(pitchers[0]))
    page = (await public.get("/me/erase")).text
    assert "Otto Wilgen gaat verder met uw pitch Samen." in page
    assert "Uw pitch Alleen gaat van de website." in page
    await public.post("/me/erase")
    kept = await desk.service.mongo["pitches"].find({"gathering_id": gathering_id})
    assert sorted((one["title"], one["state"], len(one["pitchers"])) for one in kept) == [
        ("", "withdrawn", 0),
        ("Samen", "submitted", 1),
    ]


async def test_the_page_shows_who_is_ready(desk: Desk, public: httpx.AsyncClient) -> None:
    attendee = await desk.attendee(await desk.gathering())
    number = await erase(desk, attendee["person_id"])
    waiting = (await public.get(f"/erased/{number}")).text
    assert (waiting.count("✓"), 'http-equiv="refresh"' in waiting) == (1, True)
    for service in SERVICES[1:]:
        await desk.hear(confirmed(attendee["person_id"], service), 1)
    ready = (await public.get(f"/erased/{number}")).text
    assert (ready.count("✓"), 'http-equiv="refresh"' in ready) == (4, False)
    assert "Klaar. Uw gegevens zijn gewist." in ready
    seen = (await desk.client.get(f"/erasures/{number}")).json()
    assert (seen["is_complete"], {*seen["answers"]}) == (True, {*SERVICES})


def confirmed(person_id: str, service: str) -> ErasureConfirmed:
    return ErasureConfirmed(
        erasure_answer_id=f"{person_id}-{service}",
        service=service,
        person_id=person_id,
        confirmed_at=clock.now(),
    )


async def test_what_comes_late_is_dropped(desk: Desk) -> None:
    gathering_id = await desk.gathering()
    attendee = await desk.attendee(gathering_id)
    await erase(desk, attendee["person_id"])
    await desk.recommend(recommendation_for(attendee, gathering_id))
    assert await kept_of(desk, attendee) == {}


async def test_the_contact_is_said_to_be_gone_again(desk: Desk) -> None:
    attendee = await desk.attendee(await desk.gathering())
    number = await erase(desk, attendee["person_id"])
    timer = await desk.service.mongo["timers"].find_one({"data.number": number})
    assert timer
    assert timer["due"] > clock.now() + timedelta(seconds=60)
    await desk.service.mongo["timers"].update_one(
        {"_id": timer["_id"]}, {"$set": {"due": clock.now()}}
    )
    desk.service.timers.nudge()

    async def said() -> int:
        return len((await told(desk, attendee["person_id"]))["person-contact"])

    await becomes(said, 2)
