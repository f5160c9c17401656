"""The wave: drafts until staff release it, then exactly one invitation for everybody present."""

import asyncio

import pytest
from doorpakken_events.registration import AttendeeCancelled, PersonContact
from doorpakken_notification import waves
from doorpakken_notification.waves import HostsMissing, WaveIncomplete

from services.notification.tests.component.conftest import OpenDesk
from services.notification.tests.component.desk import Desk
from services.notification.tests.component.gathering import Gathering
from tests.probe import becomes

PEOPLE = ("gladys", "kwame", "imane")


async def test_everybody_gets_one_invitation_after_the_release(
    desk: Desk, gathering: Gathering
) -> None:
    await desk.hear(*gathering.told(*PEOPLE))
    async with desk.delivering():
        assert set((await desk.states()).values()) == {"draft"}
        wave = await desk.release(gathering.run)
        assert wave.by_state == {"queued": 3}
        await desk.settles("sent", 3)
        await desk.release(gathering.run)
    for name in PEOPLE:
        mails = await desk.mails(gathering.address(name))
        assert [mail["subject"] for mail in mails] == [
            f"{name.capitalize()} Waterlelie, aan welke werksessie doet u mee? "
            "Kies vóór woensdag 11 oktober"
        ]
    said = await desk.said("mail-sent")
    assert sorted(one["attendee_id"] for one in said) == sorted(
        f"{gathering.id}-{n}" for n in PEOPLE
    )
    assert {(one["kind"], one["wave_id"], one["version"]) for one in said} == {
        ("invitation", gathering.run, 1)
    }


async def test_a_wave_with_too_few_recommendations_stays(desk: Desk, gathering: Gathering) -> None:
    *rest, _ = gathering.told("gladys")
    await desk.hear(*rest, gathering.plan(recommendations=2))
    with pytest.raises(WaveIncomplete, match="1 of 2"):
        await desk.release(gathering.run)
    assert set((await desk.states()).values()) == {"draft"}


async def test_a_wave_waits_for_everybody_who_leads_a_session(
    desk: Desk, gathering: Gathering
) -> None:
    await desk.hear(*gathering.told("gladys"))
    for version, state in enumerate(("asked", "no", "other_slot", "replaced"), start=2):
        await desk.hear(gathering.host(version, state=state))
        with pytest.raises(HostsMissing) as refused:
            await desk.release(gathering.run)
        assert refused.value.extra == {"session_ids": [gathering.session]}
    await desk.hear(gathering.host(1, hosting_id=f"{gathering.id}-second", state="yes"))
    unasked = f"{gathering.id}-unasked"
    await desk.hear(gathering.scheduled(session_id=unasked))
    wave = await waves.get_wave(desk.mongo, gathering.run)
    assert (wave.state, wave.without_host) == ("complete", (unasked,))
    await desk.hear(gathering.called_off(2, session_id=unasked))
    assert (await desk.release(gathering.run)).state == "released"
    # What was released stays so, whoever changes their mind.
    await desk.hear(gathering.host(2, hosting_id=f"{gathering.id}-second", state="no"))
    assert (await desk.release(gathering.run)).without_host == (gathering.session,)


async def test_a_wave_whose_sessions_were_not_all_heard_stays(
    desk: Desk, gathering: Gathering
) -> None:
    await desk.hear(*gathering.told("gladys")[:-1], gathering.plan(1, sessions=2))
    with pytest.raises(WaveIncomplete):
        await desk.release(gathering.run)


async def test_the_rule_waits_for_hosts_too(open_desk: OpenDesk, gathering: Gathering) -> None:
    desk = await open_desk(wave_release="when_complete")
    await desk.hear(*gathering.told("gladys"), gathering.host(2))
    await desk.hear(gathering.contact("host"))
    async with desk.delivering():
        await desk.settles("sent", 1)
        await asyncio.sleep(1.2)  # long enough for the rule to look again, and to do nothing
        key = f"invitation:{gathering.id}:{gathering.id}-gladys"
        assert (await desk.stored(key))["state"] == "draft"
        await desk.hear(gathering.host(3, state="yes"))
        await desk.settles("sent", 2)


async def test_a_complete_wave_goes_by_itself_where_the_rule_says_so(
    open_desk: OpenDesk, gathering: Gathering
) -> None:
    desk = await open_desk(wave_release="when_complete")
    events = gathering.told("gladys", "kwame")
    late = events.pop(-2)
    await desk.hear(*events)
    async with desk.delivering():
        await becomes(lambda: _drafts(desk), 1)
        await desk.hear(late)
        await desk.settles("sent", 2)


async def _drafts(desk: Desk) -> int:
    return list((await desk.states()).values()).count("draft")


async def test_who_is_recommended_after_the_release_is_invited_directly(
    desk: Desk, gathering: Gathering
) -> None:
    await desk.hear(*gathering.told("gladys"))
    await desk.release(gathering.run)
    async with desk.delivering():
        await desk.hear(
            gathering.contact("kwame"), gathering.present("kwame"), gathering.recommended("kwame")
        )
        await desk.settles("sent", 2)


async def test_no_address_means_paper_and_is_said_once(desk: Desk, gathering: Gathering) -> None:
    await desk.hear(*gathering.told("gladys"), gathering.contact("gladys", 2, email=None))
    await desk.release(gathering.run)
    async with desk.delivering():
        await desk.settles("on_paper", 1)
    assert [
        (one["state"], one["channel"], one["kind"], one["version"])
        for one in await desk.said("mail-waiting")
    ] == [("on_paper", "paper", "invitation", 1)]
    assert await desk.said("mail-sent") == []


async def test_who_cancels_before_the_release_is_stopped(desk: Desk, gathering: Gathering) -> None:
    await desk.hear(*gathering.told("gladys", "kwame"))
    present, version = gathering.present("kwame", 3, state="cancelled")
    await desk.hear((AttendeeCancelled(**present.model_dump()), version))
    await desk.release(gathering.run)
    async with desk.delivering():
        await desk.settles("sent", 1)
    assert await desk.mails(gathering.address("kwame")) == []
    waiting = await desk.said("mail-waiting")
    assert [(one["state"], one["reason"]) for one in waiting] == [("stopped", "attendee_cancelled")]


async def test_a_later_plan_takes_over_drafts_but_invites_nobody_twice(
    desk: Desk, gathering: Gathering
) -> None:
    await desk.hear(*gathering.told("gladys"))
    await desk.release(gathering.run)
    async with desk.delivering():
        await desk.settles("sent", 1)
        later = f"{gathering.id}-later"
        await desk.hear(
            gathering.contact("kwame"),
            gathering.present("kwame"),
            gathering.recommended("gladys", 2, run_id=later),
            gathering.recommended("kwame", run_id=later),
            gathering.plan(2, run_id=later),
        )
        assert (await desk.release(later)).by_state == {"queued": 1}
        await desk.settles("sent", 2)
    assert len(await desk.mails(gathering.address("gladys"))) == 1


async def test_drafts_of_an_unreleased_plan_move_to_the_later_one(
    desk: Desk, gathering: Gathering
) -> None:
    await desk.hear(*gathering.told("gladys"))
    later = f"{gathering.id}-later"
    await desk.hear(
        gathering.recommended("gladys", 2, run_id=later), gathering.plan(1, run_id=later)
    )
    with pytest.raises(WaveIncomplete):
        await desk.release(gathering.run)
    assert (await desk.release(later)).by_state == {"queued": 1}


async def test_a_row_waits_for_what_was_not_heard_yet(desk: Desk, gathering: Gathering) -> None:
    events = gathering.told("gladys")
    missing = [event for event in events if isinstance(event[0], PersonContact)]
    await desk.hear(*(event for event in events if event not in missing), gathering.link("gladys"))
    await desk.release(gathering.run)
    async with desk.delivering():
        waits = desk.mongo["mails"]
        parent = f"contact/{gathering.id}-gladys-person"
        await becomes(lambda: waits.count({"waits_for": parent}), 2)
        await desk.hear(*missing)
        await desk.settles("sent", 2)


async def test_an_erased_person_gets_nothing_more(desk: Desk, gathering: Gathering) -> None:
    await desk.hear(*gathering.told("gladys"), gathering.joined("gladys"))
    await desk.hear_gone(PersonContact, f"{gathering.id}-gladys-person", 2)
    assert set((await desk.states()).values()) == {"stopped"}
    await desk.hear(gathering.link("gladys"), gathering.recommended("gladys", 2))
    assert set((await desk.states()).values()) == {"stopped"}


async def test_who_leads_the_only_session_is_told_when_and_where(
    desk: Desk, gathering: Gathering
) -> None:
    host = f"{gathering.id}-gladys-person"
    await desk.hear(*gathering.told("gladys", "kwame"))
    await desk.hear(gathering.contact("kwame", 2, email=None, language="en"))
    await desk.hear(gathering.scheduled(2, host=host), gathering.host(2, person_id=host))
    await desk.hear(gathering.host(3, person_id=host, state="yes"))
    await desk.release(gathering.run)
    async with desk.delivering():
        await desk.settles("on_paper", 1)
        await desk.settles("sent", 1)
    mail = await desk.mail_of(gathering.address("gladys"), "invitation")
    assert mail["subject"] == "Gladys Waterlelie, u leidt een werksessie"
    for words in (
        "U leidt deze sessie:",
        "Donderdag 26 oktober, 15.00–17.00 uur",
        "Zaal Reiger, Reigerlaan 10, Amsterdam",
        "Kunt u toch niet? Laat het ons weten.",
    ):
        assert words in mail["text"]
        assert words in mail["html"]
    assert "Kies uw sessie" not in mail["text"]
