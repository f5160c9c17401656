"""A colleague or neighbour is sent: they get their own link, and the seat moves at their yes."""

import httpx

from services.registration.tests.component.desk import Desk, Json, somebody


async def _seat(desk: Desk, gathering_id: str, session_id: str, attendee_id: str) -> str:
    made = await desk.client.post(
        f"/sessions/{session_id}/sign-ups", json={"attendee_id": attendee_id}
    )
    found: str = made.json()["id"]
    return found


async def _asked(desk: Desk, sign_up_id: str, **who: str) -> Json:
    colleague = somebody("Cynthia Orchidee") | who
    body = {name: colleague[name] for name in ("name", "email")}
    answer = await desk.client.post(f"/sign-ups/{sign_up_id}/handovers", json=body)
    assert answer.status_code == 201, answer.text
    asked: Json = answer.json()
    return asked


async def test_the_seat_moves_when_the_colleague_says_yes(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    gathering_id = await desk.gathering()
    session_id = await desk.session(gathering_id, seats=1)
    giver, waiting = [await desk.attendee(gathering_id) for _ in range(2)]
    sign_up_id = await _seat(desk, gathering_id, session_id, giver["id"])
    await _seat(desk, gathering_id, session_id, waiting["id"])
    asked = await _asked(desk, sign_up_id)
    [mail] = await desk.said("mail-requested", object_id=asked["id"])
    assert (mail["kind"], mail["from_person_id"]) == ("handover", giver["person_id"])
    assert mail["person_id"] not in (giver["person_id"], waiting["person_id"])
    page = f"/handover/{asked['id']}"
    assert (await public.get(page)).status_code == 401
    followed = await public.get(await desk.link(mail["person_id"], "handover", asked["id"]))
    assert followed.headers["location"].endswith(page)
    assert "Gaat u in de plaats van Gladys Waterlelie?" in (await public.get(page)).text
    for _ in range(2):
        assert (await public.post(page, data={"answer": "yes"})).status_code == 303
    assert "De plaats is nu van u." in (await public.get(page)).text
    [left] = await desk.said("session-left", sign_up_id=sign_up_id)
    assert left["reason"] == "handed_over"
    [guest] = await desk.said("attendee-registered", person_id=mail["person_id"])
    [joined] = await desk.said("session-joined", attendee_id=guest["attendee_id"])
    assert (joined["session_id"], guest["kind"]) == (session_id, "community_member")
    assert await desk.said("session-offered", session_id=session_id) == []
    [listed] = (await desk.client.get(f"/gatherings/{gathering_id}/sessions")).json()["items"]
    assert (listed["taken"], listed["waitlisted"]) == (1, 1)


async def test_a_guest_of_a_full_gathering_has_the_seat_and_stands_in_line_for_the_gathering(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    gathering_id = await desk.gathering(capacity=1)
    session_id = await desk.session(gathering_id)
    giver = await desk.attendee(gathering_id)
    asked = await _asked(desk, await _seat(desk, gathering_id, session_id, giver["id"]))
    [mail] = await desk.said("mail-requested", object_id=asked["id"])
    await public.get(await desk.link(mail["person_id"], "handover", asked["id"]))
    yes = await public.post(f"/handover/{asked['id']}", data={"answer": "yes"})
    assert yes.status_code == 303
    [guest] = await desk.said("attendee-registered", person_id=mail["person_id"])
    assert guest["state"] == "waitlisted"
    [_] = await desk.said("session-joined", attendee_id=guest["attendee_id"])
    assert (await desk.client.get(f"/gatherings/{gathering_id}")).json()["taken"] == 1


async def test_a_no_leaves_the_seat_where_it_is(desk: Desk, public: httpx.AsyncClient) -> None:
    gathering_id = await desk.gathering()
    session_id = await desk.session(gathering_id)
    giver = await desk.attendee(gathering_id)
    sign_up_id = await _seat(desk, gathering_id, session_id, giver["id"])
    asked = await _asked(desk, sign_up_id)
    [mail] = await desk.said("mail-requested", object_id=asked["id"])
    await public.get(await desk.link(mail["person_id"], "handover", asked["id"]))
    page = f"/handover/{asked['id']}"
    assert (await public.post(page, data={"answer": "no"})).status_code == 303
    assert "De plaats blijft van Gladys Waterlelie." in (await public.get(page)).text
    await public.post(page, data={"answer": "yes"})
    kept = await desk.service.mongo["sign_ups"].find_one({"_id": sign_up_id})
    assert kept is not None
    assert kept["state"] == "active"


async def test_a_second_colleague_takes_the_place_of_the_first(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    gathering_id = await desk.gathering()
    session_id = await desk.session(gathering_id)
    giver = await desk.attendee(gathering_id)
    sign_up_id = await _seat(desk, gathering_id, session_id, giver["id"])
    first, second = [await _asked(desk, sign_up_id, name=name) for name in ("Ama", "Bo")]
    [mail] = await desk.said("mail-requested", object_id=first["id"])
    await public.get(await desk.link(mail["person_id"], "handover", first["id"]))
    page = await public.get(f"/handover/{first['id']}")
    assert "Deze plaats is er niet meer." in page.text
    assert second["state"] == "asked"


async def test_what_cannot_be_handed_over(desk: Desk, public: httpx.AsyncClient) -> None:
    gathering_id = await desk.gathering()
    session_id = await desk.session(gathering_id, seats=1)
    giver = await desk.attendee(gathering_id, name="Wei Lotus", email="wei@lotus.example")
    waiting = await desk.attendee(gathering_id)
    sign_up_id = await _seat(desk, gathering_id, session_id, giver["id"])
    in_line = await _seat(desk, gathering_id, session_id, waiting["id"])
    path = f"/api/v1/sign-ups/{sign_up_id}/handovers"
    body = {"name": "Ama Mimosa", "email": "ama@mimosa.example"}
    assert (await public.post(path, json=body)).status_code == 401
    await public.get(await desk.link(waiting["person_id"]))
    assert (await public.post(path, json=body)).status_code == 403
    own = {"name": "Wei Lotus", "email": "wei@lotus.example"}
    answers = [
        await desk.client.post(f"/sign-ups/{sign_up_id}/handovers", json=own),
        await desk.client.post(f"/sign-ups/{in_line}/handovers", json=body),
        await desk.client.post(f"/sign-ups/{sign_up_id}/handovers", json={"name": "Ama"}),
    ]
    assert [(one.status_code, one.json()["slug"]) for one in answers] == [
        (409, "own-seat"),
        (409, "seat-gone"),
        (422, "invalid-input"),
    ]


async def test_the_page_to_ask_keeps_what_was_typed(desk: Desk, public: httpx.AsyncClient) -> None:
    gathering_id = await desk.gathering()
    session_id = await desk.session(gathering_id)
    giver = await desk.attendee(gathering_id)
    sign_up_id = await _seat(desk, gathering_id, session_id, giver["id"])
    await public.get(await desk.link(giver["person_id"]))
    page = f"/me/sign-ups/{sign_up_id}/handover"
    wrong = await public.post(page, data={"name": "Ama Mimosa", "email": "ama"})
    assert (wrong.status_code, "Ama Mimosa" in wrong.text) == (422, True)
    right = {"name": "Ama Mimosa", "email": "ama@mimosa.example", "language": "nl"}
    sent = await public.post(page, data=right)
    assert sent.status_code == 303
    assert (
        "Wij vragen het aan uw collega of buur."
        in (await public.get(sent.headers["location"])).text
    )
    assert len(await desk.said("mail-requested", from_person_id=giver["person_id"])) == 1


async def test_a_visitor_has_only_some_people_asked_in_a_day(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    gathering_id = await desk.gathering()
    session_id = await desk.session(gathering_id)
    giver = await desk.attendee(gathering_id)
    sign_up_id = await _seat(desk, gathering_id, session_id, giver["id"])
    await public.get(await desk.link(giver["person_id"]))
    path = f"/api/v1/sign-ups/{sign_up_id}/handovers"
    people = [somebody(f"Collega Nummer {at}") for at in range(11)]
    bodies = [{name: one[name] for name in ("name", "email")} for one in people]
    for body in bodies[:10]:
        assert (await public.post(path, json=body)).status_code == 201
    refused = await public.post(path, json=bodies[10])
    assert (refused.status_code, refused.json()["slug"]) == (409, "too-many-asked")
    page = await public.post(
        f"/me/sign-ups/{sign_up_id}/handover", data=bodies[10] | {"language": "nl"}
    )
    assert "U vroeg vandaag genoeg mensen. Vraag de volgende morgen." in page.text
    assert bodies[10]["email"] in page.text
    # Who was asked today already can be asked again, and staff may ask whom they like.
    assert (await public.post(path, json=bodies[0])).status_code == 201
    await _asked(desk, sign_up_id)
    assert len(await desk.said("mail-requested", from_person_id=giver["person_id"])) == 12
