"""A promise from its first word to its confirmation, over HTTP and in what is said of it."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx
from doorpakken_events.coverage import Share, covered
from doorpakken_plumbing.time import clock

from services.registration.tests.component.accepted import accepted_pitch, answers_for
from services.registration.tests.component.desk import Desk, Json
from tests.names import new_word


@dataclass
class Table:
    """A pitch that asks fifteen places, who pitched it, and an organisation with its contact."""

    desk: Desk
    public: httpx.AsyncClient
    pitch: Json
    contact: Json

    @classmethod
    async def of(cls, desk: Desk, public: httpx.AsyncClient) -> "Table":
        gathering_id = await desk.gathering()
        pitch = await accepted_pitch(desk, gathering_id)
        contact = await desk.attendee(gathering_id, organisation=f"Bank {new_word()}")
        await answers_for(desk, contact["organisation_id"], contact["person_id"])
        return cls(desk, public, pitch, contact)

    @property
    def need_id(self) -> str:
        need_id: str = self.pitch["needs"][0]["need_id"]
        return need_id

    def asked(self, amount: int = 5, **more: Any) -> Json:
        return {
            "what": "stageplekken",
            "due": day(90),
            "need_id": self.need_id,
            "amount": amount,
            "unit": "place",
            "publication": "none",
            **more,
        }

    async def written_down(self, amount: int = 5, **more: Any) -> Json:
        """By staff, for the organisation and its contact."""
        whose = {key: self.contact[key] for key in ("person_id", "organisation_id")}
        body = self.asked(amount, **whose, **more)
        answer = await self.desk.client.post(f"/pitches/{self.pitch['id']}/commitments", json=body)
        assert answer.status_code == 201, answer.text
        made: Json = answer.json()
        return made

    async def enter(self, person_id: str) -> None:
        """The browser becomes theirs."""
        self.public.cookies.clear()
        await self.public.get(await self.desk.link(person_id))

    async def move(self, commitment_id: str, move: str, **body: Any) -> httpx.Response:
        """By who has the browser."""
        return await self.public.post(f"/api/v1/commitments/{commitment_id}/{move}", json=body)


def day(ahead: int) -> str:
    return (clock.now().date() + timedelta(days=ahead)).isoformat()


async def test_from_what_the_host_wrote_down_to_what_was_confirmed(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    table = await Table.of(desk, public)
    made = await table.written_down(5)
    assert (made["state"], made["asked_amount"], made["amount"]) == ("proposed", 5, None)
    await table.enter(table.contact["person_id"])
    yes = await table.move(made["id"], "accept", amount=3, due=day(80), publication="with_name")
    assert (yes.json()["state"], yes.json()["amount"], yes.json()["first_due"]) == (
        "accepted",
        3,
        day(80),
    )
    await table.move(made["id"], "progress", note="Een begint maandag", done=1)
    moved = await table.move(made["id"], "replan", due=day(100), reason="docent ziek")
    assert (moved.json()["due"], moved.json()["first_due"], moved.json()["replans"]) == (
        day(100),
        day(80),
        1,
    )
    done = await table.move(made["id"], "deliver", amount=3)
    assert done.json()["state"] == "delivered"
    await table.enter(table.pitch["pitchers"][0])
    no = await table.move(made["id"], "dispute", reason="Wij zien er twee")
    assert no.json()["state"] == "disputed"
    settled = await desk.client.post(
        f"/commitments/{made['id']}/settle", json={"received": 2, "reason": "Beiden gebeld"}
    )
    assert (settled.json()["state"], settled.json()["confirmed_amount"]) == ("confirmed", 2)
    said = [
        topic
        for topic in ("made", "answered", "progressed", "replanned", "delivered", "disputed")
        if await desk.said(f"commitment-{topic}", commitment_id=made["id"])
    ]
    assert len(said) == 6
    [confirmed] = await desk.said("commitment-confirmed", commitment_id=made["id"])
    assert (confirmed["version"], confirmed["how"]) == (7, "")


async def test_how_far_a_need_came_is_said_wherever_it_stands(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    table = await Table.of(desk, public)
    gathering_id = table.pitch["gathering_id"]
    made = await table.written_down(4)
    path = f"/commitments/{made['id']}"
    await desk.client.post(f"{path}/accept", json={"due": day(80), "publication": "none"})
    await desk.client.post(f"{path}/deliver", json={"amount": 3})
    await desk.client.post(f"{path}/confirm", json={"amount": 2})
    need = (await public.get(f"/api/v1/gatherings/{gathering_id}/needs")).json()["items"][0]
    names = ("asked", "offered", "open", "committed", "to_promise", "delivered", "confirmed")
    assert [need[name] for name in names] == [15, 2, 13, 2, 13, 2, 2]
    assert need["status"] == "partly_covered"
    for page in (f"/g/{gathering_id}/needs", f"/p/{table.pitch['id']}"):
        text = " ".join((await public.get(page)).text.split())
        assert "Toegezegd: 2 plekken. Gedaan: 2 plekken. Bevestigd: 2 plekken." in text


async def test_an_owner_and_a_contact_promise_at_once_and_a_member_asks_them(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    table = await Table.of(desk, public)
    path = f"/api/v1/pitches/{table.pitch['id']}/commitments"
    ours = {"organisation_id": table.contact["organisation_id"]}
    member = await desk.attendee(table.pitch["gathering_id"])
    await desk.service.mongo["attendees"].update_one({"_id": member["id"]}, {"$set": ours})
    states = {}
    for name, person_id, body in (
        ("alone", member["person_id"], {}),
        ("contact", table.contact["person_id"], ours),
        ("member", member["person_id"], ours),
    ):
        await table.enter(person_id)
        answer = await public.post(path, json=table.asked(2, **body))
        states[name] = (answer.json()["state"], answer.json()["made_by"])
    assert states == {
        "alone": ("accepted", "owner"),
        "contact": ("accepted", "member"),
        "member": ("proposed", "member"),
    }
    (request,) = await desk.said("mail-requested", kind="commitment_request", **ours)
    assert request["person_id"] == table.contact["person_id"]


async def test_what_is_refused_writes_nothing(desk: Desk, public: httpx.AsyncClient) -> None:
    table = await Table.of(desk, public)
    path = f"/pitches/{table.pitch['id']}/commitments"
    owner = {"person_id": table.contact["person_id"]}
    for body, refusal in (
        (table.asked(5, due=day(0), **owner), (422, "day-out-of-reach")),
        (table.asked(5, due=day(800), **owner), (422, "day-out-of-reach")),
        (table.asked(5, **owner) | {"unit": "hour"}, (422, "other-unit")),
        (table.asked(5), (422, "nobody-promises")),
        (table.asked(5, how="bel 06 12345678", **owner), (422, "contact-details-in-public-text")),
    ):
        answer = await desk.client.post(path, json=body)
        assert (answer.status_code, answer.json()["slug"]) == refusal
    listed = await desk.client.get(f"/gatherings/{table.pitch['gathering_id']}/commitments")
    assert listed.json()["items"] == []


async def test_what_its_state_does_not_allow_is_refused(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    table = await Table.of(desk, public)
    made = await table.written_down()
    await table.enter(table.contact["person_id"])
    for move, body in (
        ("replan", {"due": day(99), "reason": "later"}),
        ("progress", {"note": "bijna"}),
        ("withdraw", {"reason": "nee"}),
    ):
        answer = await table.move(made["id"], move, **body)
        assert (answer.status_code, answer.json()["slug"]) == (409, "not-in-this-state")
    kept = await desk.client.get(f"/commitments/{made['id']}")
    assert kept.json()["version"] == 1


async def test_nobody_confirms_their_own_promise(desk: Desk, public: httpx.AsyncClient) -> None:
    table = await Table.of(desk, public)
    pitcher = table.pitch["pitchers"][0]
    await table.enter(pitcher)
    path = f"/api/v1/pitches/{table.pitch['id']}/commitments"
    mine = (await public.post(path, json=table.asked(2))).json()
    await table.move(mine["id"], "deliver")
    refused = await table.move(mine["id"], "confirm")
    assert (refused.status_code, refused.json()["slug"]) == (403, "not-yours-to-confirm")
    confirmed = await desk.client.post(f"/commitments/{mine['id']}/confirm", json={})
    assert (confirmed.json()["state"], confirmed.json()["confirmed_amount"]) == ("confirmed", 2)


async def test_a_promise_is_its_owners_until_somebody_takes_it_over(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    table = await Table.of(desk, public)
    made, owner = await table.written_down(), table.contact["person_id"]
    other = (await desk.attendee(await desk.gathering()))["person_id"]
    await table.enter(owner)
    handed = await table.move(made["id"], "hand-over", person_id=other)
    assert handed.json()["person_id"] == owner
    refused = await table.move(made["id"], "take-over", is_taken=True)
    assert (refused.status_code, refused.json()["slug"]) == (403, "not-your-commitment")
    await table.enter(other)
    taken = await table.move(made["id"], "take-over", is_taken=True)
    assert (taken.json()["person_id"], taken.json()["state"]) == (other, "proposed")
    again = await table.move(made["id"], "take-over", is_taken=False)
    assert (again.status_code, again.json()["slug"]) == (409, "not-handed-over")


async def test_one_offer_pressed_fifty_times_is_one_promise(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    table = await Table.of(desk, public)
    await table.enter(table.contact["person_id"])
    offered = await public.post(
        f"/api/v1/gatherings/{table.pitch['gathering_id']}/offers",
        json={"need_id": table.need_id, "amount": 4, "unit": "place"},
    )
    path = f"/api/v1/pitches/{table.pitch['id']}/commitments"
    body = table.asked(4, offer_id=offered.json()["id"])
    answers = await asyncio.gather(*(public.post(path, json=body) for _ in range(50)))
    assert len({answer.json()["id"] for answer in answers}) == 1


async def test_two_hundred_at_once_on_one_need_add_up(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    table = await Table.of(desk, public)
    made = await asyncio.gather(*(table.written_down(1) for _ in range(100)))

    async def answer(number: int, commitment_id: str) -> None:
        path = f"/commitments/{commitment_id}"
        yes = {"amount": 2, "due": day(80), "publication": "none"}
        if number % 3 == 0:
            await desk.client.post(f"{path}/decline", json={})
            return
        await desk.client.post(f"{path}/accept", json=yes)
        if number % 3 == 1:
            await desk.client.post(f"{path}/deliver", json={})

    await asyncio.gather(
        *(answer(number, one["id"]) for number, one in enumerate(made)),
        *(table.written_down(1) for _ in range(100)),
    )
    rows = await desk.service.mongo["commitments"].find({"need_id": table.need_id})
    stored = covered(15, {}, map(_share, rows))
    assert (stored.committed, stored.delivered, stored.confirmed) == (132, 66, 0)
    newest: dict[str, Json] = {}
    for topic in ("made", "answered", "delivered"):
        for said in await desk.said(f"commitment-{topic}", need_id=table.need_id):
            known = newest.get(said["commitment_id"])
            if known is None or known["version"] < said["version"]:
                newest[said["commitment_id"]] = said
    assert covered(15, {}, map(_share, newest.values())) == stored


def _share(row: Json) -> Share:
    return Share(row["state"], row["amount"] or 0, row["delivered_amount"] or 0)
