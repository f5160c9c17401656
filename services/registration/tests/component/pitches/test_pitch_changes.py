"""Pitches that change: several pitch together, change until the review, and take back."""

import asyncio

import httpx
import pytest
from doorpakken_registration.pitches import pitches

from services.registration.tests.component.desk import Desk, Json, plan_for_work, somebody
from tests.names import new_mobile

SPACE = {"category": "space", "description": "werkplaats", "amount": 80, "unit": "square_metre"}


async def test_co_pitchers_get_their_own_link(desk: Desk, public: httpx.AsyncClient) -> None:
    gathering_id = await desk.gathering()
    others = [
        {"name": "Kwame Kastanje", "email": somebody()["email"]},
        {"name": "Imane Lindebloesem", "phone": f"06{new_mobile()}"},
    ]
    body = plan_for_work(co_pitchers=others)
    path = f"/gatherings/{gathering_id}/pitches"
    assert (await public.post(f"/api/v1{path}", json=body)).status_code == 202
    [pitch] = (await desk.client.get(path)).json()["items"]
    assert len(set(pitch["pitchers"])) == 3
    for person_id in pitch["pitchers"]:
        [link] = await desk.said("link-requested", person_id=person_id)
        assert link["purpose"] == "pitched"
    [contact] = await desk.said("person-contact", email=body["email"])
    assert pitch["pitchers"][0] == contact["person_id"]


@pytest.mark.parametrize(
    "wrong",
    [
        [{"name": "Kwame Kastanje"}],
        [{"email": "k@buurt.example"}],
        [{"name": f"Persoon {letter}", "email": f"{letter}@buurt.example"} for letter in "abcd"],
    ],
)
async def test_co_pitchers_can_be_reached_and_are_three(desk: Desk, wrong: list[Json]) -> None:
    path = f"/gatherings/{await desk.gathering()}/pitches"
    answer = await desk.client.post(path, json=plan_for_work(co_pitchers=wrong))
    assert answer.status_code == 422


async def test_nobody_names_more_people_in_a_day_than_ten(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    gathering_id = await desk.gathering()
    me = {name: somebody()[name] for name in ("name", "email")}
    attendee = await desk.attendee(gathering_id, **me)
    await public.get(await desk.link(attendee["person_id"]))
    path = f"/api/v1/gatherings/{gathering_id}/pitches"

    def plan(number: int, *, others: int) -> Json:
        named = [{"name": "Kwame Kastanje", "email": somebody()["email"]} for _ in range(others)]
        return plan_for_work(title=f"Plan {number}", co_pitchers=named, **me)

    answers = [await public.post(path, json=plan(number, others=3)) for number in range(4)]
    assert [one.status_code for one in answers] == [202, 202, 202, 409]
    assert answers[-1].json()["slug"] == "too-many-named"
    assert (await public.post(path, json=plan(4, others=1))).status_code == 202
    assert (await public.post(path, json=plan(5, others=1))).status_code == 409
    assert (await public.post(path, json=plan(6, others=0))).status_code == 202


async def test_pitchers_change_it_until_the_review(desk: Desk, public: httpx.AsyncClient) -> None:
    first, second, pitch = await _together(desk)
    stranger = await desk.attendee(pitch["gathering_id"])
    path = f"/api/v1/pitches/{pitch['id']}"
    told = _told(pitch, title="OCTA en school")
    assert (await public.put(path, json=told)).status_code == 401
    await public.get(await desk.link(stranger["person_id"]))
    refused = await public.put(path, json=told)
    assert (refused.status_code, refused.json()["slug"]) == (403, "not-your-pitch")
    await public.get(await desk.link(second))
    for _ in range(2):
        changed = (await public.put(path, json=told)).json()
        assert (changed["title"], changed["version"]) == ("OCTA en school", 2)
    assert changed["needs"] == pitch["needs"]
    [said] = await desk.said("pitch-updated", pitch_id=pitch["id"])
    assert (said["version"], said["title"]) == (2, "OCTA en school")
    assert said["pitchers"] == [first, second]
    await desk.client.post(f"/pitches/{pitch['id']}/review", json={"decision": "accepted"})
    late = await public.put(path, json=told | {"title": "Anders"})
    assert (late.status_code, late.json()["slug"]) == (409, "already-reviewed")
    by_staff = await desk.client.put(f"/pitches/{pitch['id']}", json=told | {"title": "Anders"})
    assert (by_staff.json()["title"], by_staff.json()["state"]) == ("Anders", "accepted")


async def test_needs_keep_their_ids(desk: Desk) -> None:
    _, _, pitch = await _together(desk)
    [need] = pitch["needs"]
    needs = [SPACE, need | {"amount": 20}]
    changed = (
        await desk.client.put(f"/pitches/{pitch['id']}", json=_told(pitch, needs=needs))
    ).json()
    new, kept = changed["needs"]
    assert (kept["need_id"], kept["amount"]) == (need["need_id"], 20)
    assert new["need_id"] not in (None, need["need_id"])
    for wrong in ([need | {"need_id": "nope"}], [need, need]):
        body = _told(pitch, needs=wrong)
        refused = await desk.client.put(f"/pitches/{pitch['id']}", json=body)
        assert (refused.status_code, refused.json()["slug"]) == (422, "not-a-need-of-this-pitch")


async def test_a_need_with_offers_stays_in_its_unit(desk: Desk) -> None:
    first, _, pitch = await _together(desk)
    [need] = pitch["needs"]
    path = f"/pitches/{pitch['id']}"
    offer = {"need_id": need["need_id"], "amount": 1, "unit": "place", "person_id": first}
    made = await desk.client.post(f"/gatherings/{pitch['gathering_id']}/offers", json=offer)
    other = need | {"category": "expertise", "unit": "hour"}
    for wrong in ([SPACE], [other]):
        refused = await desk.client.put(path, json=_told(pitch, needs=wrong))
        assert (refused.status_code, refused.json()["slug"]) == (409, "need-has-offers")
        assert refused.json()["need_ids"] == [need["need_id"]]
    fewer = await desk.client.put(path, json=_told(pitch, needs=[need | {"amount": 2}]))
    assert fewer.json()["needs"][0]["amount"] == 2
    await desk.client.delete(f"/offers/{made.json()['id']}")
    assert (await desk.client.put(path, json=_told(pitch, needs=[SPACE]))).status_code == 200


async def test_an_offer_and_the_end_of_its_need_at_once(desk: Desk) -> None:
    first, _, pitch = await _together(desk)
    [need] = pitch["needs"]
    offer = {"need_id": need["need_id"], "amount": 1, "unit": "place", "person_id": first}
    offered, changed = await asyncio.gather(
        desk.client.post(f"/gatherings/{pitch['gathering_id']}/offers", json=offer),
        desk.client.put(f"/pitches/{pitch['id']}", json=_told(pitch, needs=[SPACE])),
    )
    assert (offered.status_code, changed.status_code) in ((201, 409), (404, 200))


async def test_pitchers_take_it_back(desk: Desk, public: httpx.AsyncClient) -> None:
    first, _, pitch = await _together(desk)
    path = f"/pitches/{pitch['id']}"
    await public.get(await desk.link(first))
    wrong = await public.post(f"/api/v1{path}/withdraw", json={"reason": "mail a@b.example"})
    assert wrong.json()["slug"] == "contact-details-in-public-text"
    for _ in range(2):
        gone = await public.post(f"/api/v1{path}/withdraw", json={"reason": "geen tijd"})
        assert (gone.json()["state"], gone.json()["version"]) == ("withdrawn", 2)
    [said] = await desk.said("pitch-withdrawn", pitch_id=pitch["id"])
    assert (said["title"], said["reason"], said["version"]) == ("OCTA", "geen tijd", 2)
    reviewed = await desk.client.post(f"{path}/review", json={"decision": "accepted"})
    assert reviewed.status_code == 409
    changed = await desk.client.put(path, json=_told(pitch, title="Toch"))
    assert (changed.status_code, changed.json()["slug"]) == (409, "pitch-not-open")
    [need] = pitch["needs"]
    offer = {"need_id": need["need_id"], "amount": 1, "unit": "place", "person_id": first}
    late = await desk.client.post(f"/gatherings/{pitch['gathering_id']}/offers", json=offer)
    assert (late.status_code, late.json()["slug"]) == (409, "pitch-not-open")


async def test_a_declined_pitch_is_not_taken_back(desk: Desk) -> None:
    _, _, pitch = await _together(desk)
    await desk.client.post(f"/pitches/{pitch['id']}/review", json={"decision": "declined"})
    refused = await desk.client.post(f"/pitches/{pitch['id']}/withdraw", json={})
    assert (refused.status_code, refused.json()["slug"]) == (409, "pitch-not-open")


async def test_changed_text_tells_no_address(desk: Desk) -> None:
    _, _, pitch = await _together(desk)
    need = pitch["needs"][0] | {"description": "bel 06 12345678"}
    for wrong in ({"title": "Mail a@b.example"}, {"summary": "06 12345678"}, {"needs": [need]}):
        answer = await desk.client.put(f"/pitches/{pitch['id']}", json=_told(pitch, **wrong))
        assert answer.json()["slug"] == "contact-details-in-public-text", wrong


async def test_an_erased_pitcher_leaves_it_to_the_others_and_the_last_one_takes_it_along(
    desk: Desk,
) -> None:
    first, second, pitch = await _together(desk)
    assert await desk.service.transact(lambda tx: pitches.forget(tx, first, [])) == 1
    [said] = await desk.said("pitch-updated", pitch_id=pitch["id"])
    assert (said["version"], said["pitchers"], said["title"]) == (2, [second], "OCTA")
    assert await desk.service.transact(lambda tx: pitches.forget(tx, second, [])) == 1
    rows = await desk.service.mongo["outbox"].find({"key": pitch["id"]}, sort=[("version", 1)])
    assert [row["version"] for row in rows] == [1, 2, 3, 4, 5, 6, 7]
    assert [row["payload"] is None for row in rows] == [False] * 2 + [True] * 4 + [False]
    [last] = await desk.said("pitch-withdrawn", pitch_id=pitch["id"], state="withdrawn")
    assert (last["title"], last["summary"], last["pitchers"]) == ("", "", [])
    [need] = last["needs"]
    assert (need["description"], need["amount"]) == ("", 15)
    kept = await desk.service.mongo["pitches"].find_one({"_id": pitch["id"]})
    assert kept is not None
    assert (kept["version"], kept["title"], kept["state"]) == (7, "", "withdrawn")
    assert await desk.service.transact(lambda tx: pitches.forget(tx, second, [])) == 0


async def _together(desk: Desk) -> tuple[str, str, Json]:
    """A submitted pitch of two people, and who they are."""
    gathering_id = await desk.gathering()
    others = [{"name": "Kwame Kastanje", "email": somebody()["email"]}]
    made = await desk.client.post(
        f"/gatherings/{gathering_id}/pitches", json=plan_for_work(co_pitchers=others)
    )
    assert made.status_code == 201, made.text
    pitch: Json = made.json()
    first, second = pitch["pitchers"]
    return first, second, pitch


def _told(pitch: Json, **changes: object) -> Json:
    names = ("kind", "title", "summary", "needs")
    return {name: pitch[name] for name in names} | changes
