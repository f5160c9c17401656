"""Staff choose another host: who may lead, who is asked, and who hears that they are not."""

from services.matching.tests.component.gathering import Gathering
from services.matching.tests.component.test_hosting import answered
from services.matching.tests.component.test_session_edits import publish, slug_of


async def test_another_host_is_asked_and_the_first_hears_that_they_are_not(
    gathering: Gathering,
) -> None:
    (session,) = await publish(gathering)
    (asked,) = await gathering.said("host-asked")
    await gathering.hear((answered(asked, "no"), 1))
    person_id = f"{gathering.id}-person-b"
    changed = await gathering.change(session["id"], "host", person_id=person_id)
    assert (changed.json()["host"], changed.json()["hosting"]["state"]) == (person_id, "asked")
    assert (await gathering.said("session-scheduled"))[-1]["host"] == person_id
    said = {
        one["person_id"]: (one["state"], one["ask"]) for one in await gathering.said("host-asked")
    }
    assert said == {asked["person_id"]: ("replaced", 1), person_id: ("asked", 1)}
    await gathering.hear((answered(asked, "yes"), 2))
    assert (await gathering.sessions())[0]["hosting"]["state"] == "asked"
    back = await gathering.change(session["id"], "host", person_id=asked["person_id"])
    assert (back.json()["hosting"]["state"], back.json()["hosting"]["ask"]) == ("asked", 2)


async def test_only_who_was_there_or_pitches_can_lead(gathering: Gathering) -> None:
    (session,) = await publish(gathering)
    await gathering.hear((gathering.registered("absent"), 1))
    for name in ("absent", "nobody"):
        answer = await gathering.change(
            session["id"], "host", person_id=f"{gathering.id}-person-{name}"
        )
        assert slug_of(answer) == (422, "host-not-present")


async def test_nobody_leads_two_sessions_at_once(gathering: Gathering) -> None:
    one, two = await publish(gathering, "one", "two")
    person_id = f"{gathering.id}-person-a"
    rooms = (await gathering.client.get(f"/gatherings/{gathering.id}/rooms")).json()["items"]
    free = next(room["id"] for room in rooms if room["id"] != one["room_id"])
    there = {"slot_id": one["slot_id"], "room_id": free}
    for session in (one, two):
        changed = await gathering.change(session["id"], "host", person_id=person_id)
        assert changed.status_code == 200
    assert slug_of(await gathering.change(two["id"], "reschedule", **there)) == (409, "host-busy")
    await gathering.change(two["id"], "host", person_id=two["host"])
    assert (await gathering.change(two["id"], "reschedule", **there)).status_code == 200
    answer = await gathering.change(two["id"], "host", person_id=person_id)
    assert slug_of(answer) == (409, "host-busy")
