"""A person of whom registration keeps something in every collection."""

from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import timedelta

import httpx
from doorpakken_events.matching import HostAsked, SessionsRecommended
from doorpakken_events.notification import MailSent
from doorpakken_plumbing.identity.door_codes import door_code
from doorpakken_plumbing.time import clock
from doorpakken_registration.following import following
from doorpakken_registration.people.model.person import Introduction
from doorpakken_registration.seats import handovers, session_contacts, sign_ups

from services.registration.tests.component.accepted import accepted_pitch, answers_for
from services.registration.tests.component.at_tables import table_at
from services.registration.tests.component.desk import (
    Desk,
    Json,
    begun,
    plan_for_work,
    session_of,
    somebody,
)
from services.registration.tests.component.merging import seat
from tests.names import new_email, new_word

HELP = {"category": "space", "amount": 3, "unit": "day_part"}


@dataclass
class Everything:
    """Does what one person can do; `visitor` is their browser."""

    desk: Desk
    visitor: httpx.AsyncClient
    gathering_id: str
    attendee: Json
    who: Json

    @classmethod
    async def of(cls, desk: Desk, visitor: httpx.AsyncClient) -> "Everything":
        gathering_id = await desk.gathering()
        who = somebody(
            "Sjaan Lisdodde",
            organisation=f"Stichting {new_word()}",
            note="graag vooraan",
            on_participant_list=True,
        )
        attendee = await desk.attendee(gathering_id, **who)
        made = cls(desk, visitor, gathering_id, attendee, who)
        await made._enter_by_link()
        await made._come()
        await made._take_part()
        await made._pitch()
        await made._support()
        await made._promise()
        await made._sit()
        await made._lead()
        await made._be_there()
        await made._claim()
        await made._work()
        return made

    @property
    def person_id(self) -> str:
        person_id: str = self.attendee["person_id"]
        return person_id

    async def _enter_by_link(self) -> None:
        await self._done(
            self.visitor.get(await self.desk.link(self.person_id), follow_redirects=True)
        )
        await self.desk.service.transact(
            lambda tx: following.follow(tx, self.person_id, "Ik wil mail.", is_confirmed=True)
        )

    async def _come(self) -> None:
        code = door_code(self.desk.settings.links, self.attendee["id"])
        now = clock.now().isoformat()
        body = {"sent_at": now, "scans": [{"code": code, "scanned_at": now}]}
        path = f"/gatherings/{self.gathering_id}/scans"
        await self._done(self.desk.client.post(path, json=body))

    async def _take_part(self) -> None:
        pitch = await accepted_pitch(self.desk, self.gathering_id)
        table = await table_at(self.desk, self.gathering_id, pitch_id=pitch["id"])
        path = f"/api/v1/tables/{table['code']}/perspectives"
        await self._done(self.visitor.post(path, json={"text": "Een cursus op zaterdag"}))
        card = {"who": "sjaan", "numbers": "1"}
        path, headers = f"/staff/g/{self.gathering_id}/cards", self.desk.client.headers
        await self._done(self.visitor.post(path, data=card, headers=headers))

    async def _pitch(self) -> None:
        plan = plan_for_work(person_id=self.person_id, name=None, email=None)
        path = f"/gatherings/{self.gathering_id}"
        await self._done(self.desk.client.post(f"{path}/pitches", json=plan))
        help_ = HELP | {"person_id": self.person_id}
        await self._done(self.desk.client.post(f"{path}/offers", json=help_))
        draft = {"title": "Buurtkas"}
        await self._done(self.visitor.post(f"/g/{self.gathering_id}/pitch/draft", data=draft))

    async def _support(self) -> None:
        """For themselves, for their organisation with another contact, and as such a contact."""
        pitch = await accepted_pitch(self.desk, self.gathering_id, "Steun")
        path = f"/api/v1/pitches/{pitch['id']}/endorsements"
        contact = await self.desk.attendee(await self.desk.gathering())
        await answers_for(self.desk, self.attendee["organisation_id"], contact["person_id"])
        ours = {"stance": "joins", "organisation_id": self.attendee["organisation_id"]}
        for said in ({"stance": "joins"}, ours):
            await self._done(self.visitor.post(path, json=said))
        member = await self.desk.attendee(self.gathering_id, organisation=f"Bank {new_word()}")
        await answers_for(self.desk, member["organisation_id"], self.person_id)
        cookies = dict(self.visitor.cookies)
        await self.visitor.get(await self.desk.link(member["person_id"]))
        theirs = {"stance": "joins", "organisation_id": member["organisation_id"]}
        await self._done(self.visitor.post(path, json=theirs))
        self.visitor.cookies.clear()
        self.visitor.cookies.update(cookies)

    async def _promise(self) -> None:
        pitch = await accepted_pitch(self.desk, self.gathering_id, "Zaal")
        due = (clock.now() + timedelta(days=40)).date().isoformat()
        said = {"what": "De zaal regelen", "due": due, "publication": "none"}
        path = f"/pitches/{pitch['id']}/commitments"
        await self._done(self.visitor.post(f"/api/v1{path}", json=said))
        other = {"person_id": (await self.desk.attendee(await self.desk.gathering()))["person_id"]}
        me = {"person_id": self.person_id}
        for body, move, to in ((said | me, "pass-on", other), (said | other, "hand-over", me)):
            made = (await self.desk.client.post(path, json=body)).json()
            await self._done(self.desk.client.post(f"/commitments/{made['id']}/{move}", json=to))

    async def _sit(self) -> None:
        session_id = await self.desk.session(self.gathering_id)
        await self._answer_invitation()
        mine = (await seat(self.desk, session_id, self.attendee["id"])).json()["id"]
        other = await self.desk.attendee(self.gathering_id)
        theirs = (await seat(self.desk, session_id, other["id"])).json()["id"]
        await self.desk.service.transact(
            lambda tx: session_contacts.say(tx, mine, "Mag dat?", is_given=True)
        )
        await self._hand_over(mine, Introduction("Buur Kade", new_email(), None, "nl"))
        me = Introduction(self.who["name"], self.who["email"], None, "nl")
        await self._hand_over(theirs, me)

    async def _answer_invitation(self) -> None:
        wave_id = await self.desk.wave(self.gathering_id)
        ids = {"attendee_id": self.attendee["id"], "gathering_id": self.gathering_id}
        await self.desk.recommend(SessionsRecommended(**ids, run_id=wave_id))
        sent = MailSent(
            mail_id=f"mail-{new_word()}",
            person_id=self.person_id,
            wave_id=wave_id,
            kind="invitation",
            channel="mail",
            state="sent",
            at=clock.now(),
            **ids,
        )
        await self.desk.hear(sent, 1)
        no = {"attendee_id": self.attendee["id"], "answer": "declined"}
        await self._done(self.desk.client.post(f"/waves/{wave_id}/answers", json=no))

    async def _hand_over(self, sign_up_id: str, taker: Introduction) -> None:
        sign_up = await sign_ups.get(self.desk.service.mongo, sign_up_id)
        await self.desk.service.transact(lambda tx: handovers.ask(tx, sign_up, taker))

    async def _lead(self) -> None:
        """They are asked to, and do not want it."""
        starts_at = clock.now() + timedelta(days=30)
        asked = HostAsked(
            hosting_id=f"h-{new_word()}",
            gathering_id=self.gathering_id,
            session_id=await self.desk.session(self.gathering_id, day=30),
            person_id=self.person_id,
            ask=1,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=2),
            other_slots=(),
            state="asked",
            asked_at=clock.now(),
        )
        await self.desk.hear(asked, 1)
        path = f"/hostings/{asked.hosting_id}/answers"
        await self._done(self.desk.client.post(path, json={"answer": "no"}))
        await self.desk.hear(asked.model_copy(update={"state": "no"}), 2)

    async def _be_there(self) -> None:
        """They had a seat in a session, and came."""
        session_id = f"s-{new_word()}"
        planned = session_of(self.gathering_id, session_id, day=40)
        await self.desk.hear(planned, 1)
        await self._done(seat(self.desk, session_id, self.attendee["id"]))
        await self.desk.hear(begun(planned), 2)
        came = {"act": "people", "came": self.attendee["id"]}
        path, headers = f"/staff/outcome/{session_id}", self.desk.client.headers
        await self._done(self.visitor.post(path, data=came, headers=headers))

    async def _claim(self) -> None:
        """Somebody signs up in their name."""
        path = f"/api/v1/gatherings/{await self.desk.gathering()}/attendees"
        self.visitor.cookies.clear()
        await self._done(self.visitor.post(path, json=self.who))

    async def _work(self) -> None:
        """They become a colleague, whom an administrator alone may change."""
        self.desk.client.headers.update(self.desk.bearer("administrator"))
        who = {"name": self.who["name"], "email": self.who["email"], "roles": {"*": "door"}}
        await self._done(self.desk.client.post("/staff/accounts", json=who))
        same = {"name": self.who["name"], "email": self.who["email"]}
        await self._done(self.desk.client.put(f"/persons/{self.person_id}", json=same))

    async def _done(self, asked: Awaitable[httpx.Response]) -> None:
        answer = await asked
        assert answer.status_code < 400, answer.text
