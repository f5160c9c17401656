"""People in more than twenty states of the flow who will leave, and a few who stay; brought there
through the doors that staff and visitors use."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from doorpakken_local.demo.counting.stores import opened_stores
from doorpakken_local.demo.play import Play
from doorpakken_local.demo.visiting.web import Json

from tests.e2e.gatherings import API, open_now
from tests.e2e.traces import Somebody
from tests.names import new_word

NEED: Json = {"category": "placement", "description": "Plek", "amount": 15, "unit": "place"}
# In the first gathering: not there yet, or not any more.
AWAY = ("registered", "cancelled", "link")
PRESENT = (
    "checked_in",
    "supporter",
    "contact",
    "offerer",
    "wisher",
    "held",
    "active",
    "maybe",
    "paper",
    "insight",
    "parked",
    "handover",
    "draft",
)
LEADING = ("pitcher", "co_pitcher", "host_yes")
# In the second: one seat, and a line for it. In the third: no place at all.
IN_LINE = ("declined", "offered", "waitlisted", "host_asked")
LEAVERS = "@wissen.example"  # the people of this test alone
STAYING = ("colleague", "mate", "neighbour", "first")


@dataclass
class Town:
    """Who there is by state: what registration told of each."""

    play: Play
    people: dict[str, Json] = field(default_factory=dict)
    gatherings: list[str] = field(default_factory=list)

    def body(self, state: str) -> Json:
        """How somebody introduces themselves; nobody else has these words."""
        body: Json = {
            "name": f"Wisser{state.replace('_', '').title()} Populier",
            "kind": "community_member",
            "offers": ["placement"],
        }
        if state in ("colleague", "contact"):
            body["organisation"] = "Bouwhuis De Kade"
        reach = {"phone": "+31205550871"} if state == "paper" else {"email": address_of(state)}
        return body | reach

    def somebody(self, state: str) -> Somebody:
        """What tells of them."""
        body, told = self.body(state), self.people[state]
        ids = (told.get("person_id"), told.get("id"))
        words = (body["name"], body.get("email") or body["phone"])
        return Somebody(words, tuple(one for one in ids if one))

    async def gathering(self, **more: Any) -> str:
        """One more gathering that is open now."""
        await open_now(self.play)
        if more:
            answer = await self.staff.session.patch(self.play.gathering_path, json=more)
            assert answer.status_code == 200, answer.text
        self.gatherings.append(self.play.gathering_id)
        return self.play.gathering_id

    @property
    def staff(self) -> Any:
        """The desk at registration."""
        return self.play.desk.registration

    async def register(self, *states: str) -> None:
        """Staff enter them at the gathering at hand."""
        for state in states:
            path = f"{self.play.gathering_path}/attendees"
            self.people[state] = await self.staff.post(path, self.body(state))

    async def check_in(self, *states: str) -> None:
        """They are there."""
        for state in states:
            await self.staff.post(f"{API}/attendees/{self.people[state]['id']}/check-in")

    async def pitch(self, state: str, *others: str) -> Json:
        """An accepted pitch of theirs, with co-pitchers who are named by how they are reached."""
        mates = [{one: self.body(other)[one] for one in ("name", "email")} for other in others]
        body = {"kind": "project", "title": f"Plan {state}", "summary": "Samen", "needs": [NEED]}
        who = {"person_id": self.people[state]["person_id"], "co_pitchers": mates}
        made: Json = await self.staff.post(f"{self.play.gathering_path}/pitches", body | who)
        await self.staff.post(f"{API}/pitches/{made['id']}/review", {"decision": "accepted"})
        return made

    async def plan(self, seats: int, days: Sequence[str]) -> str:
        """A published plan with a session for each pitch; its wave."""
        matching, path = self.play.desk.matching, self.play.gathering_path
        await matching.post(f"{path}/rooms", {"name": "Zaal", "capacity": seats})
        for day in days:
            slot = {"starts_at": f"{day}T10:00:00+02:00", "ends_at": f"{day}T12:00:00+02:00"}
            await matching.post(f"{path}/slots", slot)
        await self.play.settled()
        run_id: str = (await matching.post(f"{path}/plans"))["run_id"]
        await matching.post(f"{API}/plans/{run_id}/publish")
        await self.play.settled()
        return run_id

    async def answer(self, state: str, wave_id: str, answer: str, *sessions: str) -> None:
        """What they say to the invitation, entered by staff."""
        body = {"answer": answer, "sessions": sessions, "attendee_id": self.people[state]["id"]}
        await self.staff.post(f"{API}/waves/{wave_id}/answers", body)

    async def lead(self, *states: str) -> None:
        """They will lead the session that they were asked to lead."""
        async with opened_stores(self.play.place) as stores:
            asked = await stores["registration"]["hostings"].find({}).to_list()
        by_person = {one["person_id"]: one["_id"] for one in asked}
        for state in states:
            hosting_id = by_person[self.people[state]["person_id"]]
            await self.staff.post(f"{API}/hostings/{hosting_id}/answers", {"answer": "yes"})


def address_of(state: str) -> str:
    """An address that only this person has."""
    return f"{state.replace('_', '.')}{LEAVERS}"


async def fill_first(town: Town) -> str:
    """The gathering with nearly everything; its wave, not yet released."""
    await town.gathering()
    await town.register(*AWAY[:2], *PRESENT, *LEADING, "colleague", "neighbour")
    # Signing up oneself: the same answer for everybody, and a mail with the personal link.
    open_door = town.play.web.client(town.play.place.urls["registration"])
    await open_door.post(f"{town.play.gathering_path}/attendees", town.body("link"))
    await town.staff.delete(f"{API}/attendees/{town.people['cancelled']['id']}")
    await town.check_in(*PRESENT, "colleague", "neighbour")
    pitches = [await town.pitch("pitcher"), await town.pitch("co_pitcher", "mate")]
    pitches.append(await town.pitch("host_yes"))
    await _support(town, pitches)
    start = (await town.staff.get(town.play.gathering_path))["follow_up_from"]
    wave_id = await town.plan(30, [start, _later(start, 1), _later(start, 2)])
    await town.lead(*LEADING)
    sessions = [one["id"] for one in await town.play.sessions()]
    await town.answer("active", wave_id, "accepted", sessions[0])
    await town.answer("maybe", wave_id, "maybe")
    await town.answer("handover", wave_id, "accepted", sessions[1])
    await _hand_over(town, sessions[1])
    return wave_id


async def _support(town: Town, pitches: Sequence[Json]) -> None:
    """Everything that is said of a pitch."""
    staff, path = town.staff, f"{API}/pitches/{pitches[2]['id']}/endorsements"
    who = {"person_id": town.people["supporter"]["person_id"]}
    await staff.post(path, {"stance": "joins", "reason": "Ik ken dit plan", **who})
    organisation = town.people["colleague"]["organisation_id"]
    contacts = {"person_ids": [town.people["contact"]["person_id"]]}
    await staff.put(f"{API}/organisations/{organisation}/contacts", contacts)
    await staff.post(path, {"stance": "believes", "organisation_id": organisation})
    given = {"category": "space", "amount": 2, "unit": "day_part"}
    giver = {"person_id": town.people["offerer"]["person_id"]}
    await staff.post(f"{town.play.gathering_path}/offers", given | giver)
    wished = {"pitch_ids": [pitches[0]["id"], pitches[2]["id"]]}
    await staff.put(f"{API}/attendees/{town.people['wisher']['id']}/wishes", wished)


async def _hand_over(town: Town, session_id: str) -> None:
    attendee_id = town.people["handover"]["id"]
    async with opened_stores(town.play.place) as stores:
        found = await stores["registration"]["sign_ups"].find_one(
            {"attendee_id": attendee_id, "session_id": session_id, "is_open": True}
        )
    assert found
    colleague = {"name": f"Buur {new_word()[:12]}", "email": f"{new_word()}{LEAVERS}"}
    await town.staff.post(f"{API}/sign-ups/{found['_id']}/handovers", colleague)


async def fill_second(town: Town) -> None:
    """One seat, given up; the next in line is offered it, and one more waits."""
    await town.gathering()
    await town.register(*IN_LINE)
    await town.check_in("declined")
    await town.pitch("host_asked")
    start = (await town.staff.get(town.play.gathering_path))["follow_up_from"]
    wave_id = await town.plan(1, [_later(start, 5)])
    [session] = await town.play.sessions()
    await town.answer("declined", wave_id, "accepted", session["id"])
    for state in ("offered", "waitlisted"):
        body = {"attendee_id": town.people[state]["id"]}
        made = await town.staff.post(f"{API}/sessions/{session['id']}/sign-ups", body)
        assert made["state"] == "waitlisted"
    await town.answer("declined", wave_id, "declined")
    await town.play.settled()


async def fill_third(town: Town) -> None:
    """A gathering that is full."""
    await town.gathering(capacity=1)
    await town.register("first", "gathering_waitlisted")
    assert town.people["gathering_waitlisted"]["state"] == "waitlisted"


def _later(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()
