"""A promise in two presses, what waits on one's own page, and what staff write down."""

from datetime import timedelta

import httpx
from doorpakken_plumbing.time import clock
from doorpakken_registration.commitments import somebody

from services.registration.tests.component.accepted import accepted_pitch
from services.registration.tests.component.commitments.pages import (
    done,
    done_by_staff,
    kept,
    opened,
    press_as_staff,
    text_of,
)
from services.registration.tests.component.commitments.test_commitments import Table, day
from services.registration.tests.component.desk import Desk, Json
from tests.names import new_email
from tests.probe import becomes

TOLD = {"what": "stageplekken", "due": day(60), "publication": "without_name"}


def made_by(answer: httpx.Response) -> str:
    """The id of the promise that a press led to."""
    assert answer.status_code == 303, text_of(answer)
    return answer.headers["location"].rpartition("/commitments/")[2].partition("?")[0]


async def test_a_promise_from_a_need_takes_two_presses(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    table = await Table.of(desk, public)
    path = f"/pitches/{table.pitch['id']}/promise"
    public.cookies.clear()
    asked = await public.get(f"{path}?need={table.need_id}")
    assert "U hebt uw persoonlijke link nodig." in asked.text
    assert (await public.post(path, data=TOLD)).status_code == 401
    await table.enter(table.contact["person_id"])
    for page in (f"/g/{table.pitch['gathering_id']}/needs", f"/p/{table.pitch['id']}"):
        assert f'href="{path}?need={table.need_id}"' in (await public.get(page)).text
    form = await public.get(f"{path}?need={table.need_id}")
    assert 'value="stageplekken"' in form.text
    assert "checked" not in form.text.partition("publication")[2]
    toward = {"toward": f"{table.pitch['id']} {table.need_id}"}
    wrong = await public.post(path, data=TOLD | toward | {"amount": "veel"})
    assert (wrong.status_code, 'value="veel"' in wrong.text) == (422, True)
    sent = TOLD | toward | {"amount": "4", "idempotency_key": "k-promise"}
    twice = [made_by(await public.post(path, data=sent)) for _ in range(2)]
    assert twice[0] == twice[1]
    made = await kept(desk, twice[0])
    names = ("state", "amount", "unit", "made_by", "publication", "person_id")
    owner = table.contact["person_id"]
    assert [made[one] for one in names] == ["accepted", 4, "place", "owner", "without_name", owner]


async def test_an_agreement_gives_nothing_toward_a_need(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    table = await Table.of(desk, public)
    await table.enter(table.contact["person_id"])
    told = TOLD | {"what": "Ik bel de gemeente", "toward": table.pitch["id"]}
    made = await kept(
        desk, made_by(await public.post(f"/pitches/{table.pitch['id']}/promise", data=told))
    )
    assert (made["kind"], made["amount"], made["state"]) == ("action", None, "accepted")
    after = await done(table, made["id"], "deliver")
    assert after["state"] == "confirmed"


async def test_a_promise_from_an_offer_has_its_amount_and_is_made_once(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    table = await Table.of(desk, public)
    await table.enter(table.contact["person_id"])
    offered = await public.post(
        f"/api/v1/gatherings/{table.pitch['gathering_id']}/offers",
        json={"need_id": table.need_id, "amount": 7, "unit": "place"},
    )
    path = f"/offers/{offered.json()['id']}/promise"
    assert f'href="{path}"' in (await public.get("/me/support")).text
    form = await public.get(path)
    assert 'name="amount" type="text" value="7"' in form.text
    sent = TOLD | {"toward": f"{table.pitch['id']} {table.need_id}", "amount": "7"}
    made = made_by(await public.post(path, data=sent))
    assert made_by(await public.post(path, data=sent)) == made
    assert (await kept(desk, made))["offer_id"] == offered.json()["id"]
    leads = await public.get(path)
    assert made_by(leads) == made
    stranger = (await desk.attendee(await desk.gathering()))["person_id"]
    await table.enter(stranger)
    assert (await public.get(path)).status_code == 403


async def test_the_contact_of_an_organisation_promises_from_its_support(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    table = await Table.of(desk, public)
    await table.enter(table.contact["person_id"])
    ours = {"organisation_id": table.contact["organisation_id"]}
    said = await public.post(
        f"/api/v1/pitches/{table.pitch['id']}/endorsements", json=ours | {"stance": "joins"}
    )
    path = f"/endorsements/{said.json()['id']}/promise"
    assert f'href="{path}"' in (await public.get("/me/support")).text
    form = await public.get(path)
    assert f'value="{ours["organisation_id"]}" checked' in form.text
    sent = TOLD | ours | {"toward": f"{table.pitch['id']} {table.need_id}", "amount": "2"}
    made = await kept(desk, made_by(await public.post(path, data=sent)))
    names = ("state", "organisation_id", "endorsement_id")
    assert [made[one] for one in names] == ["accepted", ours["organisation_id"], said.json()["id"]]


async def test_more_than_asked_is_taken_and_other_needs_of_its_kind_are_shown(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    table = await Table.of(desk, public)
    other = await accepted_pitch(desk, table.pitch["gathering_id"], "Mom Entrepreneur")
    await table.enter(table.contact["person_id"])
    sent = TOLD | {"toward": f"{table.pitch['id']} {table.need_id}", "amount": "20"}
    made = made_by(await public.post(f"/pitches/{table.pitch['id']}/promise", data=sent))
    page = await public.get(f"/commitments/{made}")
    assert "Er is meer toegezegd dan gevraagd." in page.text
    assert "Mom Entrepreneur: stageplekken, nog 15 plekken." in text_of(page)
    assert f'href="/pitches/{other["id"]}/promise?need=' in page.text


async def test_ones_own_page_shows_first_what_waits(desk: Desk, public: httpx.AsyncClient) -> None:
    table = await Table.of(desk, public)
    running, past, asked, ended = [await table.written_down() for _ in range(4)]
    yes = {"amount": "5", "publication": "none"}
    await done_by_staff(table, running["id"], "accept", due=day(2), **yes)
    await done_by_staff(table, past["id"], "accept", due=day(80), **yes)
    await done_by_staff(table, ended["id"], "decline", reason="Het past niet")
    over = {"$set": {"due": (clock.now().date() - timedelta(days=3)).isoformat()}}
    await desk.service.mongo["commitments"].update_one({"_id": past["id"]}, over)
    await table.enter(table.contact["person_id"])
    page = await public.get("/me")
    order = sorted((running, past, asked, ended), key=lambda one: page.text.index(one["id"]))
    assert {one["id"] for one in order[:2]} == {past["id"], asked["id"]}
    assert "Wij wachten op uw antwoord." in page.text
    assert "De datum is voorbij. Kies een nieuwe datum." in text_of(page)
    await done_by_staff(table, running["id"], "deliver", amount="5")
    await table.enter(table.pitch["pitchers"][0])
    page = await public.get("/me")
    assert f'href="/commitments/{running["id"]}"' in page.text
    assert "Is dit gedaan? Wij wachten op uw antwoord." in page.text
    assert past["id"] not in page.text


async def _staff_writes(table: Table, **fields: str) -> httpx.Response:
    path = f"/staff/g/{table.pitch['gathering_id']}/promise"
    told = {"what": "stageplekken", "amount": "6", "due": day(60)}
    toward = {"toward": f"{table.pitch['id']} {table.need_id}"}
    table.public.cookies.clear()
    return await table.public.post(
        path, data=told | toward | fields, headers=table.desk.bearer("organiser")
    )


async def test_staff_write_a_promise_down_and_make_each_move_by_telephone(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    table = await Table.of(desk, public)
    nobody = await _staff_writes(table)
    assert (nobody.status_code, "Kies wie het toezegt." in nobody.text) == (422, True)
    typed = await _staff_writes(table, name="Cas Kade")
    assert (typed.status_code, 'value="Cas Kade"' in typed.text) == (422, True)
    made = await kept(
        desk, made_by(await _staff_writes(table, name="Cas Kade", phone="020 555 0871"))
    )
    assert (made["state"], made["made_by"], made["asked_amount"]) == ("proposed", "staff", 6)
    page = await opened(table, made["id"], None)
    assert "U vult dit in voor Cas Kade." in page.text
    person = f"/staff/people/{made['person_id']}"
    page = await public.get(person, headers=desk.bearer("organiser"))
    assert f'href="/commitments/{made["id"]}"' in page.text
    yes = {"amount": "6", "due": day(60), "publication": "none"}
    await done_by_staff(table, made["id"], "accept", **yes)
    right = {
        "what": "werkplekken",
        "how": "",
        "due": day(61),
        "amount": "4",
        "reason": "Er stond 6",
    }
    after = await done_by_staff(table, made["id"], "correct", **right)
    assert [after[name] for name in ("what", "amount", "due", "replans")] == [
        "werkplekken",
        4,
        day(61),
        0,
    ]
    shown = text_of(await opened(table, made["id"], None))
    for act in ("toezegging ingevoerd", "ja gezegd op de toezegging", "fout in de toezegging"):
        assert act in shown
    assert "“Er stond 6”" in shown
    reader = await public.get(f"/commitments/{made['id']}", headers=desk.bearer("reader"))
    assert (reader.status_code, "/withdraw" in reader.text) == (200, False)


async def test_what_was_entered_wrongly_is_struck_out_before_any_answer(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    table = await Table.of(desk, public)
    wrong, answered = await table.written_down(), await table.written_down()
    after = await done_by_staff(table, wrong["id"], "strike")
    assert (after["state"], after["reason"]) == ("ended", "entered_wrongly")
    await table.enter(table.contact["person_id"])
    await done(table, answered["id"], "consult", until=day(9))
    refused = await press_as_staff(table, answered["id"], "strike")
    assert (refused.status_code, "Dat kan nu niet meer." in refused.text) == (409, True)


async def test_who_was_only_named_and_says_nothing_is_forgotten(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    table = await Table.of(desk, public)
    silent, speaks = await table.written_down(), await table.written_down()
    named = [await _passed_on(table, one) for one in (silent, speaks)]
    await table.enter(named[1])
    await done(table, speaks["id"], "consult", until=day(9))
    timers = desk.service.mongo["timers"]
    keys = [f"{somebody.LAPSES}/{one}" for one in named]
    assert await timers.update_many({"_id": {"$in": keys}}, {"$set": {"due": clock.now()}}) == 2

    async def known() -> list[int]:
        return [(await desk.client.get(f"/persons/{one}")).status_code for one in named]

    await becomes(known, [404, 200])
    left = await kept(desk, silent["id"])
    # Their organisation is asked again.
    assert (left["state"], left["person_id"]) == ("proposed", table.contact["person_id"])


async def _passed_on(table: Table, made: Json) -> str:
    await table.enter(table.contact["person_id"])
    after = await done(table, made["id"], "pass-on", name="Marloes Vlier", email=new_email())
    person_id: str = after["person_id"]
    return person_id
