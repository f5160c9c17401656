"""Who led a session writes what came of it: who was there, what was agreed line by line, or why
nothing was; each line once, and what others write meanwhile stays."""

import asyncio
from datetime import timedelta

import httpx
from doorpakken_events import states

from services.registration.tests.component.accepted import answers_for
from services.registration.tests.component.desk import Desk
from services.registration.tests.component.outcomes.held import (
    Held,
    day,
    sentence_in,
    somebody_else,
)
from tests.names import new_word


async def test_from_who_was_there_to_done(desk: Desk, public: httpx.AsyncClient) -> None:
    held = await Held.of(desk, public)
    ada, bo = held.guests
    page = sentence_in(await public.get(held.page))
    assert ("Ada Riet" in page, "Bo Kade" in page, "Nog niets opgeschreven." in page) == (True,) * 3
    came, others = [ada["id"], bo["id"]], "Cor Onbekend\r\nDaan Vreemd"
    assert (await held.write("people", came=came, others=others)).status_code == 303
    assert (await held.line()).status_code == 303
    action = {"need_id": "", "agreed": "De zaal regelen", "amount": ""}
    assert (await held.line(**action)).status_code == 303
    assert (await held.write("done", next_day=day(30))).status_code == 303
    promise, act = await held.lines()
    assert [promise[name] for name in ("kind", "state", "made_by", "asked_amount", "what")] == [
        "promise",
        "proposed",
        "host",
        5,
        "stageplekken",
    ]
    assert (act["kind"], act["what"], act["amount"]) == ("action", "De zaal regelen", None)
    said = await held.last()
    assert (said["state"], sorted(said["came"]), said["others"], said["next_day"]) == (
        "done",
        sorted([ada["id"], bo["id"]]),
        2,
        day(30),
    )
    assert said["commitment_ids"] == [promise["id"], act["id"]]
    assert [one["version"] for one in await held.reported()] == [1, 2, 3, 4]
    assert "Dank u. Alles is bewaard." in sentence_in(await public.get(held.page))


async def test_nothing_agreed_needs_a_reason(desk: Desk, public: httpx.AsyncClient) -> None:
    held = await Held.of(desk, public)
    refused = await held.write("done", why_nothing="")
    assert refused.status_code == 422
    assert "Schrijf kort waarom er niets is afgesproken." in refused.text
    for why, expected in (("bel 06 12345678", 422), ("Er kwam niemand van de bank", 303)):
        assert (await held.write("done", why_nothing=why)).status_code == expected
    said = await held.last()
    assert (said["state"], said["why_nothing"], said["version"]) == (
        "done",
        "Er kwam niemand van de bank",
        1,
    )
    await held.line()
    later = await held.last()
    assert (later["state"], later["why_nothing"], len(later["commitment_ids"])) == ("done", None, 1)


async def test_one_line_sent_twenty_times_is_one_promise(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    held = await Held.of(desk, public)
    same = {"line_id": "made-on-the-phone", "due": day(60)}
    answers = await asyncio.gather(*(held.line(**same) for _ in range(10)))
    # The link is opened anew: another cookie, and no key that would be known.
    await held.enter()
    answers += await asyncio.gather(*(held.line(**same) for _ in range(10)))
    assert [one.status_code for one in answers] == [303] * 20
    assert len(await held.lines()) == 1
    assert len(await desk.said("commitment-made", session_id=held.session_id)) == 1


async def test_lines_of_one_agreement_belong_together(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    held = await Held.of(desk, public)
    await held.line()
    first = (await held.lines())[0]["agreement_id"]
    await held.line(agreement_id=first, owner=f"person:{held.guests[1]['person_id']}")
    await held.line()
    found = [one["agreement_id"] for one in await held.lines()]
    assert (found[1], len({*found})) == (first, 2)


async def test_who_is_not_signed_up_is_named_and_nobody_known_is_changed(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    held = await Held.of(desk, public)
    bank = f"Bank {new_word()}"
    cor = somebody_else(owner_organisation=bank)
    assert (await held.line(**cor)).status_code == 303
    known = await desk.attendee(await desk.gathering(), name="Eva Bekend", email=cor["contact"])
    before = await desk.said("person-contact", person_id=known["person_id"])
    await held.line(**somebody_else("Eva Bekend", contact=cor["contact"]))
    first, second = await held.lines()
    assert second["person_id"] == known["person_id"]
    assert await desk.said("person-contact", person_id=known["person_id"]) == before
    [organisation] = await desk.said("organisation-described", name=bank)
    assert first["organisation_id"] == organisation["organisation_id"]
    for missing in ("owner_name", "contact"):
        refused = await held.line(**somebody_else() | {missing: ""})
        assert (refused.status_code, f'id="{missing}-error"' in refused.text) == (422, True)
    refused = await held.line(owner="person:somewhere-else")
    assert (refused.status_code, "Kies iemand uit de lijst." in refused.text) == (422, True)


async def test_what_the_host_promises_alone_counts_at_once(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    held = await Held.of(desk, public)
    mine = held.host["person_id"]
    member = await desk.attendee(held.pitch["gathering_id"], organisation=f"Bank {new_word()}")
    bank = member["organisation_id"]
    await held.line(owner=f"person:{mine}")
    await held.line(owner=f"organisation:{bank}")
    await answers_for(desk, bank, mine)
    await held.line(owner=f"organisation:{bank}")
    own, asked, ours = await held.lines()
    assert [one["state"] for one in (own, asked, ours)] == ["accepted", "proposed", "accepted"]
    assert (asked["organisation_id"], asked["person_id"], ours["person_id"]) == (bank, None, mine)


async def test_a_line_is_changed_or_struck_out_until_it_is_answered(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    held = await Held.of(desk, public)
    for _ in range(2):
        await held.line()
    path, form = await held.line_form()
    changed = await public.post(path, data={**form, "amount": "4", "agreed": "plekken"})
    assert changed.status_code == 303, changed.text
    [said] = await desk.said("commitment-updated", session_id=held.session_id)
    assert (said["asked_amount"], said["what"], said["version"]) == (4, "plekken", 2)
    other = {**form, "idempotency_key": "of-another-window"}
    stale = await public.post(path, data={**other, "amount": "3"})
    assert (stale.status_code, "Iemand anders veranderde dit intussen." in stale.text) == (
        412,
        True,
    )
    path, form = await held.line_form()
    assert (await public.post(path, data={**form, "act": "strike"})).status_code == 303
    struck, kept = await held.lines()
    assert (struck["state"], struck["reason"]) == ("ended", "entered_wrongly")
    assert (await held.last())["commitment_ids"] == [kept["id"]]
    path, form = await held.line_form(1)
    yes = {"amount": 5, "due": day(50), "publication": "none"}
    await desk.client.post(f"/commitments/{kept['id']}/accept", json=yes)
    late = await public.post(path, data={**form, "seen": "", "amount": "2"})
    assert (late.status_code, "Er is al op geantwoord." in late.text) == (409, True)


async def test_host_and_staff_fill_the_form_at_once(desk: Desk, public: httpx.AsyncClient) -> None:
    held = await Held.of(desk, public)
    (ada, bo), staff = held.guests, f"/staff{held.page}"
    await held.line()
    own, mine = await held.line_form()
    as_staff = desk.client.headers
    there = {"act": "people", "came": [ada["id"]], "others": "Cor Onbekend"}
    theirs = {"act": "people", "came": [bo["id"]], "others": "Daan Vreemd"}
    await public.post(staff, data=theirs, headers=as_staff)
    await public.post(held.page, data=there)
    line = {"act": "line", "owner": f"person:{bo['person_id']}", "agreed": "Bellen"}
    await public.post(staff, data=line | {"due": day(20), "line_id": "by-staff"}, headers=as_staff)
    assert (await public.post(own, data={**mine, "amount": "7"})).status_code == 303
    first, second = await held.lines()
    assert (first["asked_amount"], second["what"], second["made_by"]) == (7, "Bellen", "staff")
    said = await held.last()
    assert (sorted(said["came"]), said["others"]) == (sorted([ada["id"], bo["id"]]), 2)
    drop = {"act": "people", "was": [ada["id"]], "listed": ["Cor Onbekend"]}
    await public.post(held.page, data=drop)
    said = await held.last()
    assert (said["came"], said["others"]) == ([bo["id"]], 1)
    acts = await desk.service.mongo["acts"].find({"gathering_id": held.pitch["gathering_id"]})
    did = [one["did"] for one in acts if one["object_id"] == held.session_id]
    assert sorted(did) == ["commitment_entered", "outcome_people"]


async def test_the_form_belongs_to_who_leads_now_and_its_lines_stay(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    held = await Held.of(desk, public)
    await held.line()
    other = held.guests[1]["person_id"]
    await held.asked(other)
    await held.move(timedelta(hours=3), host=other)
    for old in (await public.get(held.page), await held.line()):
        assert (old.status_code, "Iemand anders leidt deze sessie nu." in old.text) == (409, True)
    await held.enter(other)
    assert "stageplekken" in (await public.get(held.page)).text
    path, form = await held.line_form()
    assert (await public.post(path, data={**form, "amount": "6"})).status_code == 303
    assert [one["asked_amount"] for one in await held.lines()] == [6]
    await held.enter(held.guests[0]["person_id"])
    assert (await public.get(held.page)).status_code == 404


async def test_a_session_that_moves_or_is_cancelled_keeps_its_lines(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    held = await Held.of(desk, public)
    await held.line()
    await held.move(-timedelta(days=3))
    refused = await held.line()
    assert (refused.status_code, "nog niet begonnen" in refused.text) == (409, True)
    assert "stageplekken" in (await public.get(held.page)).text
    await desk.cancel_session(held.session_id, held.version)
    refused = await held.line()
    assert (refused.status_code, "gaat niet door" in refused.text) == (409, True)
    assert "stageplekken" in (await public.get(held.page)).text
    assert len(await held.lines()) == 1


async def test_what_is_mistyped_stays_in_the_form(desk: Desk, public: httpx.AsyncClient) -> None:
    held = await Held.of(desk, public)
    for wrong, field in (
        ({"due": "ooit"}, "due"),
        ({"due": day(0)}, "due"),
        ({"amount": ""}, "amount"),
        ({"owner": ""}, "owner"),
        ({"need_id": "", "agreed": ""}, "agreed"),
        ({"how": "bel 06 12345678"}, "how"),
    ):
        refused = await held.line(**{"how": "Via de afdeling", **wrong})
        assert (refused.status_code, f'id="{field}-error"' in refused.text) == (422, True), wrong
        kept = wrong.get("how", "Via de afdeling")
        assert f">{kept}</textarea>" in refused.text
    stranger = await desk.attendee(held.pitch["gathering_id"])
    nobody = await held.write("people", came=[stranger["id"]])
    assert nobody.status_code == 422
    assert await held.lines() == []


async def test_who_is_erased_was_there_without_a_name(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    held = await Held.of(desk, public)
    ada, bo = held.guests
    await held.write("people", came=[ada["id"], bo["id"]])
    assert (await desk.client.post(f"/persons/{ada['person_id']}/erase")).status_code < 300
    said = await held.last()
    assert (said["came"], said["others"], said["state"]) == ([bo["id"]], 1, states.Outcome.OPEN)
