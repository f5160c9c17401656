"""Who is asked to lead a session says yes, no or another time, by link, page or staff."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest
from doorpakken_events.matching import HostAsked, SlotChoice
from doorpakken_plumbing.time import clock

from services.registration.tests.component.desk import Desk, Json


async def asked(desk: Desk, *, day: int = 20, **more: Any) -> HostAsked:
    """Matching asks somebody to lead a session, with one other time to choose."""
    gathering_id = await desk.gathering()
    attendee = await desk.attendee(gathering_id)
    starts_at = clock.now() + timedelta(days=day)
    other = starts_at + timedelta(days=2)
    fields: Json = {
        "hosting_id": f"h-{uuid4()}",
        "gathering_id": gathering_id,
        "session_id": await desk.session(gathering_id, day=day),
        "person_id": attendee["person_id"],
        "ask": 1,
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=2),
        "other_slots": (
            SlotChoice(slot_id="other", starts_at=other, ends_at=other + timedelta(hours=2)),
        ),
        "state": "asked",
        "asked_at": clock.now(),
    }
    said = HostAsked.model_validate(fields | more)
    await desk.hear(said, 1)
    return said


async def answer(desk: Desk, hosting_id: str, answer: str, **more: Any) -> httpx.Response:
    """Staff answer on somebody's behalf."""
    return await desk.client.post(
        f"/hostings/{hosting_id}/answers", json={"answer": answer, **more}
    )


def slug_of(answer: httpx.Response) -> tuple[int, str]:
    """Status and slug of a refusal."""
    return answer.status_code, answer.json()["slug"]


async def test_the_last_answer_counts_and_the_same_again_says_nothing(desk: Desk) -> None:
    said = await asked(desk)
    for one in ("yes", "yes", "no"):
        assert (await answer(desk, said.hosting_id, one)).json()["state"] == one
    wish = await answer(desk, said.hosting_id, "other_slot", slot_id="other")
    assert (wish.json()["state"], wish.json()["slot_id"]) == ("other_slot", "other")
    told = await desk.said("host-answered", hosting_id=said.hosting_id)
    assert [(one["version"], one["answer"], one["slot_id"]) for one in told] == [
        (1, "yes", None),
        (2, "no", None),
        (3, "other_slot", "other"),
    ]
    assert {(one["person_id"], one["ask"]) for one in told} == {(said.person_id, 1)}


async def test_two_answers_at_once_are_two_versions(desk: Desk) -> None:
    said = await asked(desk)
    answers = await asyncio.gather(*(answer(desk, said.hosting_id, one) for one in ("yes", "no")))
    assert [one.status_code for one in answers] == [200, 200]
    told = await desk.said("host-answered", hosting_id=said.hosting_id)
    assert sorted(one["version"] for one in told) == [1, 2]
    last = (await desk.client.get(f"/hostings/{said.hosting_id}")).json()["state"]
    assert last == max(told, key=lambda one: one["version"])["answer"]


@pytest.mark.parametrize(
    ("body", "refused"),
    [
        ({"answer": "other_slot"}, (422, "not-one-of-the-times")),
        ({"answer": "other_slot", "slot_id": "nope"}, (422, "not-one-of-the-times")),
        ({"answer": "yes", "slot_id": "other"}, (422, "not-one-of-the-times")),
        ({"answer": "no", "slot_id": "nope"}, (422, "not-one-of-the-times")),
        ({"answer": "perhaps"}, (422, "invalid-input")),
        ({"answer": "yes", "ask": 2}, (409, "asked-for-another-time")),
    ],
)
async def test_answers_that_do_not_fit(desk: Desk, body: Json, refused: tuple[int, str]) -> None:
    said = await asked(desk)
    assert slug_of(await answer(desk, said.hosting_id, **body)) == refused
    assert await desk.said("host-answered", hosting_id=said.hosting_id) == []


async def test_asks_that_are_over(desk: Desk) -> None:
    replaced = await asked(desk, state="replaced")
    assert slug_of(await answer(desk, replaced.hosting_id, "yes")) == (409, "not-asked-any-more")
    begun = await asked(desk, starts_at=clock.now() - timedelta(minutes=1))
    assert slug_of(await answer(desk, begun.hosting_id, "yes")) == (409, "session-begun")
    off = await asked(desk)
    await desk.cancel_session(off.session_id)
    assert slug_of(await answer(desk, off.hosting_id, "yes")) == (409, "not-asked-any-more")
    assert slug_of(await answer(desk, "nope", "yes")) == (404, "not-found")


async def test_a_new_ask_waits_for_a_new_answer(desk: Desk) -> None:
    said = await asked(desk)
    await answer(desk, said.hosting_id, "yes")
    await desk.hear(said.model_copy(update={"ask": 2}), 2)
    assert (await desk.client.get(f"/hostings/{said.hosting_id}")).json()["state"] == "asked"
    stale = await answer(desk, said.hosting_id, "no", ask=1)
    assert slug_of(stale) == (409, "asked-for-another-time")
    assert (await answer(desk, said.hosting_id, "yes")).json()["state"] == "yes"
    told = await desk.said("host-answered", hosting_id=said.hosting_id)
    assert [(one["version"], one["ask"]) for one in told] == [(1, 1), (2, 2)]


async def test_only_who_is_asked_may_answer(desk: Desk, public: httpx.AsyncClient) -> None:
    said = await asked(desk)
    path = f"/api/v1/hostings/{said.hosting_id}"
    assert (await public.get(path)).status_code == 401
    other = await desk.attendee(said.gathering_id, name="Kwame Kastanje")
    await public.get(await desk.link(other["person_id"]))
    assert (await public.get(path)).status_code == 404
    assert (await public.post(f"{path}/answers", json={"answer": "yes"})).status_code == 404
    assert (await public.get(f"/hosting/{said.hosting_id}")).status_code == 404
    await public.get(await desk.link(said.person_id))
    assert (await public.post(f"{path}/answers", json={"answer": "yes"})).status_code == 200


async def test_the_page_behind_the_link(desk: Desk, public: httpx.AsyncClient) -> None:
    said = await asked(desk)
    followed = await public.get(await desk.link(said.person_id, "hosting", said.hosting_id))
    path = httpx.URL(followed.headers["location"]).path
    assert path == f"/hosting/{said.hosting_id}"
    page = await public.get(path)
    assert ("Leidt u deze werksessie?" in page.text, "Zaal Reiger" in page.text) == (True, True)
    assert "Will you lead this work session?" in (await public.get(f"{path}?lang=en")).text
    await public.get(f"{path}?lang=nl")
    nothing = await public.post(path, data={"answer": "other_slot", "ask": "1"})
    assert (nothing.status_code, "Kies een ander moment uit de lijst." in nothing.text) == (
        422,
        True,
    )
    form = {"answer": "other_slot", "slot_id": "other", "ask": "1"}
    sent = await public.post(path, data=form)
    assert sent.status_code == 303
    assert "U komt liever op een ander moment." in (await public.get(path)).text
    for word, sentence in (
        ("yes", "Dank u. U leidt deze sessie."),
        ("no", "Dank u. U leidt deze sessie niet."),
    ):
        assert (await public.post(path, data=form | {"answer": word})).status_code == 303
        assert sentence in (await public.get(path)).text
    told = await desk.said("host-answered", hosting_id=said.hosting_id)
    assert [(one["answer"], one["slot_id"]) for one in told] == [
        ("other_slot", "other"),
        ("yes", None),
        ("no", None),
    ]


async def test_staff_enter_what_a_host_says_on_the_phone(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    said = await asked(desk)
    path = f"/staff/hosting/{said.hosting_id}"
    assert (await public.get(path)).status_code == 401
    headers = {"Authorization": desk.client.headers["Authorization"]}
    assert "U vult dit in voor" in (await public.get(path, headers=headers)).text
    sent = await public.post(path, data={"answer": "yes", "ask": "1"}, headers=headers)
    assert (sent.status_code, httpx.URL(sent.headers["location"]).path) == (303, path)
    [told] = await desk.said("host-answered", hosting_id=said.hosting_id)
    assert (told["answer"], told["person_id"]) == ("yes", said.person_id)


async def test_a_page_that_was_open_when_the_session_moved(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    said = await asked(desk)
    await public.get(await desk.link(said.person_id))
    await desk.hear(said.model_copy(update={"ask": 2}), 2)
    late = await public.post(f"/hosting/{said.hosting_id}", data={"answer": "yes", "ask": "1"})
    assert late.status_code == 409
    assert "De sessie heeft nu een andere tijd." in late.text


async def test_a_page_that_has_nothing_left_to_ask(desk: Desk, public: httpx.AsyncClient) -> None:
    said = await asked(desk, state="replaced")
    await public.get(await desk.link(said.person_id))
    page = await public.get(f"/hosting/{said.hosting_id}")
    assert "Iemand anders leidt deze sessie." in page.text
    assert "<button" not in page.text


async def test_what_somebody_answered_is_forgotten(desk: Desk) -> None:
    said = await asked(desk)
    await answer(desk, said.hosting_id, "yes")
    erased = await desk.client.post(f"/persons/{said.person_id}/erase")
    assert erased.status_code == 202
    assert (await desk.client.get(f"/hostings/{said.hosting_id}")).status_code == 404
    rows = {"topic": "host-answered", "key": said.hosting_id}
    gone = await desk.service.mongo["outbox"].find(rows)
    assert [(one["version"], one["payload"]) for one in gone] == [(2, None)]
    await desk.hear(said.model_copy(update={"ask": 2}), 2)
    assert (await desk.client.get(f"/hostings/{said.hosting_id}")).status_code == 404
