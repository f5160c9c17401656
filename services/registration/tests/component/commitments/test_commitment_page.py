"""The page of a promise: who sees it, what each of them may do, and what comes of it."""

import httpx
import pytest

from services.registration.tests.component.commitments.pages import (
    done,
    done_by_staff,
    kept,
    moves_on,
    opened,
    press,
    text_of,
)
from services.registration.tests.component.commitments.test_commitments import Table, day
from services.registration.tests.component.desk import Desk, Json
from tests.names import new_email

ASKED = ["accept", "consult", "decline", "deliver", "hand-over", "pass-on", "publish"]
YES = {"amount": "5", "due": day(80), "publication": "none"}


@pytest.mark.parametrize(
    ("move", "fields", "expected"),
    [
        ("accept", YES, ("accepted", 5, day(80), None)),
        ("accept", YES | {"amount": "3", "due": day(9)}, ("accepted", 3, day(9), None)),
        ("consult", {"until": day(20)}, ("consulting", None, day(90), day(20))),
        (
            "pass-on",
            {"name": "Marloes Vlier", "phone": "06 55501234"},
            ("proposed", None, day(90), None),
        ),
        ("decline", {"reason": "Er is geen begeleider"}, ("ended", None, day(90), None)),
    ],
)
async def test_who_is_asked_answers_in_five_ways(
    desk: Desk, public: httpx.AsyncClient, move: str, fields: Json, expected: tuple[object, ...]
) -> None:
    table = await Table.of(desk, public)
    made = await table.written_down()
    page = await opened(table, made["id"], table.contact["person_id"])
    assert moves_on(page) == ASKED
    assert "Klopt deze toezegging?" in page.text
    # What everybody may read is asked with nothing chosen.
    assert ('name="publication"' in page.text, "checked" in page.text) == (True, False)
    after = await done(table, made["id"], move, **fields)
    names = ("state", "amount", "due", "consult_until")
    assert tuple(after[name] for name in names) == expected
    shown = await public.get(f"/commitments/{made['id']}?done={move}")
    assert (shown.status_code, "Bewaard." in shown.text) == (200, True)
    assert fields.get("reason", "") in text_of(shown)


async def test_each_sees_what_they_may_do_and_nobody_else_sees_anything(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    table = await Table.of(desk, public)
    made = await table.written_down()
    owner, pitcher = table.contact["person_id"], table.pitch["pitchers"][0]
    stranger = (await desk.attendee(await desk.gathering()))["person_id"]
    running = ["deliver", "hand-over", "progress", "publish", "replan", "withdraw"]
    found = {"asked pitcher": moves_on(await opened(table, made["id"], pitcher))}
    found["asked staff"] = moves_on(await opened(table, made["id"], None))
    await opened(table, made["id"], owner)
    await done(table, made["id"], "accept", **YES)
    for name, person_id in (("owner", owner), ("pitcher", pitcher), ("staff", None)):
        found[f"running {name}"] = moves_on(await opened(table, made["id"], person_id))
    await opened(table, made["id"], owner)
    await done(table, made["id"], "deliver", amount="5")
    for name, person_id in (("owner", owner), ("pitcher", pitcher)):
        found[f"done {name}"] = moves_on(await opened(table, made["id"], person_id))
    assert found == {
        "asked pitcher": ["release"],
        "asked staff": sorted([*ASKED, "correct", "release", "strike"]),
        "running owner": running,
        "running pitcher": ["release"],
        "running staff": sorted([*running, "correct", "release"]),
        "done owner": ["hand-over", "publish"],
        "done pitcher": ["confirm", "dispute"],
    }
    refused = await opened(table, made["id"], stranger)
    assert (refused.status_code, "Deze toezegging is van iemand anders." in refused.text) == (
        403,
        True,
    )
    assert (await press(table, made["id"], "accept", **YES)).status_code == 403
    public.cookies.clear()
    assert (await public.get(f"/commitments/{made['id']}")).status_code == 401


async def test_what_is_wrong_keeps_what_was_typed(desk: Desk, public: httpx.AsyncClient) -> None:
    table = await Table.of(desk, public)
    made = await table.written_down()
    await table.enter(table.contact["person_id"])
    typed = {"amount": "drie", "due": "morgen", "how": "Via <b>opleiding</b>"}
    again = await press(table, made["id"], "accept", **typed)
    assert again.status_code == 422
    for said in ("Schrijf een getal boven 0", "Schrijf een datum zo", 'value="morgen"'):
        assert said in again.text
    assert "Via &lt;b&gt;opleiding&lt;/b&gt;" in again.text
    chosen = await press(table, made["id"], "accept", amount="3", due=day(80))
    assert (chosen.status_code, "Kies wat iedereen mag lezen." in chosen.text) == (422, True)
    public_words = {**YES, "how": "Bel 06 12345678"}
    told = await press(table, made["id"], "accept", **public_words)
    assert (told.status_code, "Iedereen kan dit lezen." in told.text) == (422, True)
    over = await press(table, made["id"], "accept", **{**YES, "due": "1-1-2020"})
    assert (over.status_code, "Kies een dag na vandaag" in over.text) == (422, True)
    assert (await kept(desk, made["id"]))["version"] == 1


async def test_the_same_press_twice_is_one_answer(desk: Desk, public: httpx.AsyncClient) -> None:
    table = await Table.of(desk, public)
    made = await table.written_down()
    await table.enter(table.contact["person_id"])
    for _ in range(2):
        await done(
            table,
            made["id"],
            "pass-on",
            name="Marloes Vlier",
            email="m.vlier@werk.example",
            idempotency_key="k-1",
        )
    after = await kept(desk, made["id"])
    assert (after["version"], after["state"]) == (2, "proposed")


async def test_what_its_state_does_not_allow_is_said_in_words(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    table = await Table.of(desk, public)
    made = await table.written_down()
    await table.enter(table.contact["person_id"])
    early = await press(table, made["id"], "replan", due=day(99), reason="docent ziek")
    assert (early.status_code, "Dat kan nu niet meer." in early.text) == (409, True)
    assert 'value="docent ziek"' in early.text
    leads = await public.get(f"/commitments/{made['id']}/replan")
    assert (
        leads.status_code,
        leads.headers["location"].endswith(f"/commitments/{made['id']}"),
    ) == (
        303,
        True,
    )
    assert (await public.get(f"/commitments/{made['id']}/dance")).status_code == 404
    other = await press(table, made["id"], "confirm", amount="5")
    assert (other.status_code, "Alleen wie het plan vertelde" in other.text) == (403, True)
    await table.enter(table.pitch["pitchers"][0])
    not_theirs = await press(table, made["id"], "accept", **YES)
    assert (not_theirs.status_code, "van iemand anders" in not_theirs.text) == (403, True)
    assert (await kept(desk, made["id"]))["version"] == 1


async def test_a_link_for_one_promise_opens_that_alone_and_says_whom_it_is_for(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    table = await Table.of(desk, public)
    made, other = await table.written_down(), await table.written_down()
    public.cookies.clear()
    link = await desk.link(table.contact["person_id"], "commitment", made["id"])
    page = await public.get(link, follow_redirects=True)
    assert page.url.path == f"/commitments/{made['id']}"
    assert f'href="/commitments/{made["id"]}/pass-on">Ik ben iemand anders' in page.text
    assert (await public.get(f"/commitments/{other['id']}")).status_code == 401
    assert (await public.get("/me")).status_code == 403
    after = await done(table, made["id"], "pass-on", name="Wie Deelde", email=new_email())
    assert (after["state"], after["person_id"] != table.contact["person_id"]) == ("proposed", True)


async def test_who_decides_is_found_or_made_and_asked_once_more(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    table = await Table.of(desk, public)
    made = await table.written_down()
    known = {"name": "Marloes Vlier", "email": new_email()}
    before = await desk.attendee(await desk.gathering(), **known)
    await table.enter(table.contact["person_id"])
    after = await done(table, made["id"], "pass-on", **known, phone="06 55501999")
    assert after["person_id"] == before["person_id"]
    person = (await desk.client.get(f"/persons/{before['person_id']}")).json()
    assert person["phone"] is None
    [said] = await desk.said("commitment-answered", commitment_id=made["id"])
    assert (said["asks"], said["person_id"]) == (2, before["person_id"])
    assert moves_on(await opened(table, made["id"], before["person_id"])) == ASKED
    back = await press(table, made["id"], "pass-on", name="Marloes Vlier", email=known["email"])
    assert (back.status_code, "zei al dat iemand anders beslist" in back.text) == (409, True)


async def test_less_than_promised_asks_what_becomes_of_the_rest(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    table = await Table.of(desk, public)
    later, less = await table.written_down(), await table.written_down()
    await table.enter(table.contact["person_id"])
    for one in (later, less):
        await done(table, one["id"], "accept", **YES)
    asked = await press(table, later["id"], "deliver", amount="2")
    assert (asked.status_code, "Zeg of de rest nog komt." in asked.text) == (422, True)
    comes = {"amount": "2", "rest": "comes", "due": day(120), "reason": "docent ziek"}
    after = await done(table, later["id"], "deliver", **comes)
    names = ("state", "amount", "delivered_amount", "due", "replans")
    assert [after[name] for name in names] == ["accepted", 5, 2, day(120), 1]
    after = await done(table, less["id"], "deliver", amount="2", rest="none")
    assert [after[name] for name in names] == ["delivered", 5, 2, day(80), 0]


async def test_who_pitched_says_what_came_and_the_reason_is_read_by_who_may(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    table = await Table.of(desk, public)
    fine, wrong = await table.written_down(), await table.written_down()
    for one in (fine, wrong):
        await done_by_staff(table, one["id"], "accept", **YES)
        await done_by_staff(table, one["id"], "deliver", amount="5")
    await table.enter(table.pitch["pitchers"][0])
    after = await done(table, fine["id"], "confirm", amount="4")
    assert (after["state"], after["confirmed_amount"]) == ("confirmed", 4)
    after = await done(table, wrong["id"], "dispute", reason="Wij zien er twee")
    assert after["state"] == "disputed"
    for person_id in (table.contact["person_id"], table.pitch["pitchers"][0], None):
        assert "“Wij zien er twee”" in (await opened(table, wrong["id"], person_id)).text
    settled = {"outcome": "goes_on", "due": day(60), "reason": "Beiden gebeld"}
    after = await done_by_staff(table, wrong["id"], "settle", **settled)
    assert (after["state"], after["due"]) == ("accepted", day(60))


async def test_a_promise_is_handed_over_and_taken_over_on_its_page(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    table = await Table.of(desk, public)
    made, owner = await table.written_down(), table.contact["person_id"]
    known = {"name": "Marloes Vlier", "email": new_email()}
    heir = (await desk.attendee(await desk.gathering(), **known))["person_id"]
    for answer, expected in (("no", owner), ("yes", heir)):
        await table.enter(owner)
        after = await done(table, made["id"], "hand-over", **known)
        assert after["person_id"] == owner
        page = await opened(table, made["id"], heir)
        assert (moves_on(page), "Neemt u dit over?" in page.text) == (["take-over"], True)
        after = await done(table, made["id"], "take-over", answer=answer)
        assert after["person_id"] == expected
        # Who said something of it still sees how it stands.
        assert (await public.get(f"/commitments/{made['id']}")).status_code == 200


async def test_what_is_on_the_website_is_kept_with_the_words_they_read(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    table = await Table.of(desk, public)
    made = await table.written_down()
    await table.enter(table.contact["person_id"])
    await done(table, made["id"], "accept", **{**YES, "publication": "with_name"})
    await done(table, made["id"], "publish", publication="none")
    row = await desk.service.mongo["commitments"].find_one({"_id": made["id"]})
    assert row
    words = [step["words"] for step in row["history"] if step["what"] == "published"]
    question = "Mogen we dit op de website zetten?"
    assert words == [f"{question} Ja, met naam", f"{question} Nee"]


async def test_an_offer_goes_with_a_no_only_where_they_say_so(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    table = await Table.of(desk, public)
    await table.enter(table.contact["person_id"])
    for takes, state in (("keep", "offered"), ("withdraw", "withdrawn")):
        offered = await public.post(
            f"/api/v1/gatherings/{table.pitch['gathering_id']}/offers",
            json={"need_id": table.need_id, "amount": 4, "unit": "place"},
        )
        offer_id = offered.json()["id"]
        body = table.asked(4, offer_id=offer_id, person_id=table.contact["person_id"])
        path = f"/pitches/{table.pitch['id']}/commitments"
        made = (await desk.client.post(path, json=body)).json()
        await done(table, made["id"], "decline", reason="Het past niet", offer=takes)
        assert (await desk.client.get(f"/offers/{offer_id}")).json()["state"] == state
