"""One of everything that a route of registration may be about, and who may come for it."""

from dataclasses import dataclass
from datetime import timedelta

import httpx
from doorpakken_plumbing.identity.links import DOOR, Link, make_link
from doorpakken_plumbing.time import clock

from services.registration.tests.component.accepted import accepted_pitch
from services.registration.tests.component.at_tables import portrait_at, table_at
from services.registration.tests.component.desk import Desk, Json, begun, session_of, somebody
from services.registration.tests.component.everything import HELP, Everything
from tests.names import new_word

Ids = dict[str, str]


@dataclass(frozen=True)
class Around:
    """Everything of one person, and three others: at their gathering, known from elsewhere, and a
    member of an organisation that the person answers for."""

    desk: Desk
    visitor: httpx.AsyncClient
    whole: Everything
    other: Json
    third: Json

    @classmethod
    async def of(cls, desk: Desk, visitor: httpx.AsyncClient) -> "Around":
        whole = await Everything.of(desk, visitor)
        other = await desk.attendee(whole.gathering_id)
        return cls(desk, visitor, whole, other, await desk.attendee(await desk.gathering()))

    async def cookie_of(self, person_id: str) -> str:
        """Of somebody who opened their personal link."""
        self.visitor.cookies.clear()
        answer = await self.visitor.get(await self.desk.link(person_id))
        self.visitor.cookies.clear()
        return f"visitor={answer.cookies['visitor']}"

    async def gatherings(self) -> list[str]:
        """That the objects are of."""
        return [
            self.whole.gathering_id,
            await self._find("claims", "gathering_id", person_id=self.whole.person_id),
        ]

    async def ids(self) -> Ids:
        """By path parameter."""
        here, mine = self.whole.gathering_id, self.whole.person_id
        attendee_id = self.whole.attendee["id"]
        return {
            "gathering_id": here,
            "attendee_id": attendee_id,
            "person_id": self.third["person_id"],
            "gone": self.third["person_id"],
            "stays": self.other["person_id"],
            "staff_id": await self._find("staff", person_id=mine),
            "organisation_id": self.whole.attendee["organisation_id"],
            "session_id": await self.desk.session(here),
            "sign_up_id": await self._find("sign_ups", attendee_id=attendee_id),
            "handover_id": await self._find("handovers", person_id=mine),
            "wave_id": await self._find("waves", gathering_id=here),
            "hosting_id": await self._find("hostings", person_id=mine),
            "pitch_id": await self._find("pitches", pitchers=mine),
            "need_id": await self._need_of(mine),
            "offer_id": await self._find("offers", person_id=mine),
            "commitment_id": await self._find("commitments", person_id=mine),
            "endorsement_id": await self._find("endorsements", person_id=mine),
            "persona_id": await portrait_at(self.desk, here),
            "perspective_id": await self._find("perspectives", gathering_id=here),
            "card_id": await self._find("cards", gathering_id=here),
            "claim_id": await self._find("claims", person_id=mine),
            "code": (await table_at(self.desk, here))["code"],
            "number": "K7-4QX",
            "token": "k.none",
            "verb": "close",
            "move": "accept",
            "path": "doorpakken.css",
            "message_id": "none",
        }

    async def ids_of(self) -> dict[str, Ids]:
        """By the beginning of paths where another one of these is meant."""
        organisation_id = self.whole.attendee["organisation_id"]
        pitch = {"pitch_id": (await accepted_pitch(self.desk, self.whole.gathering_id))["id"]}
        ours = await self._find("organisations", contacts=self.whole.person_id)
        supported = {"endorsement_id": await self._find("endorsements", organisation_id=ours)}
        offered = {"offer_id": await self._offer_of(ours)}
        written = await self._outcome(pitch["pitch_id"])
        promised = {"commitment_id": await self._promised_to_them()}
        return {
            "/staff/g/{gathering_id}/claims/": {"claim_id": await self._claim()},
            "/staff/organisations/{gone}/": {"gone": organisation_id, "stays": organisation_id},
            "/outcome/": written,
            "/staff/outcome/": written,
            "/me/organisations/": {"organisation_id": ours},
            "/pitches/": pitch,
            "/p/": pitch,
            "/d/": {"token": self._door_token()},
            "/api/v1/pitches/{pitch_id}/endorsements": pitch,
            "/endorsements/": supported,
            "/api/v1/endorsements/{endorsement_id}/confirm": supported,
            "/offers/": offered,
            "/api/v1/offers/{offer_id}/confirm": offered,
            "/api/v1/offers/{offer_id}/decline": offered,
            "/api/v1/commitments/{commitment_id}/confirm": promised,
            "/api/v1/commitments/{commitment_id}/dispute": promised,
            "/api/v1/commitments/{commitment_id}/release": promised,
            "/api/v1/commitments/{commitment_id}/take-over": {
                "commitment_id": await self._find("commitments", hand_over_to=self.whole.person_id)
            },
        }

    def _door_token(self) -> str:
        attendee_id, until = self.whole.attendee["id"], clock.now() + timedelta(days=1)
        link = Link(DOOR, self.whole.person_id, attendee_id, 0, until)
        return make_link(self.desk.settings.links, link)

    async def _offer_of(self, organisation_id: str) -> str:
        """Made by a member; the person answers for it."""
        here = self.whole.gathering_id
        member = await self._find("attendees", "person_id", organisation_id=organisation_id)
        answer = await self.visitor.post(
            f"/api/v1/gatherings/{here}/offers",
            json=HELP | {"organisation_id": organisation_id},
            headers={"Cookie": await self.cookie_of(member)},
        )
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    async def _promised_to_them(self) -> str:
        """To a pitch of theirs, by somebody who is known from elsewhere."""
        pitch_id = await self._find("pitches", pitchers=self.whole.person_id)
        due = (clock.now() + timedelta(days=40)).date().isoformat()
        said = {"what": "Koffie", "due": due, "publication": "none"}
        answer = await self.desk.client.post(
            f"/pitches/{pitch_id}/commitments", json=said | {"person_id": self.third["person_id"]}
        )
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    async def _outcome(self, pitch_id: str) -> Ids:
        """Of a session that they led, with a line."""
        here, mine = self.whole.gathering_id, self.whole.person_id
        planned = session_of(here, f"s-{new_word()}", pitch_id=pitch_id, host=mine)
        await self.desk.hear(begun(planned), 1)
        due = (clock.now() + timedelta(days=40)).date().isoformat()
        line = {"act": "line", "owner": f"person:{mine}", "agreed": "Koffie", "due": due}
        path, headers = f"/staff/outcome/{planned.session_id}", self.desk.client.headers
        answer = await self.visitor.post(path, data=line, headers=headers)
        assert answer.status_code == 303, answer.text
        line_id = await self._find("commitments", session_id=planned.session_id)
        return {"session_id": planned.session_id, "commitment_id": line_id}

    async def _need_of(self, person_id: str) -> str:
        pitch = await self.desk.service.mongo["pitches"].find_one({"pitchers": person_id})
        assert pitch
        return str(pitch["needs"][0]["need_id"])

    async def _claim(self) -> str:
        """In the name of somebody who is known from elsewhere."""
        who = somebody("Joke Kattenstaart")
        await self.desk.attendee(await self.desk.gathering(), **who)
        path = f"/api/v1/gatherings/{self.whole.gathering_id}/attendees"
        await self.visitor.post(path, json=who)
        return await self._find("claims", gathering_id=self.whole.gathering_id)

    async def _find(self, collection: str, field: str = "_id", **wanted: str) -> str:
        found = await self.desk.service.mongo[collection].find_one(wanted)
        assert found is not None, f"none in {collection}"
        return str(found[field])
