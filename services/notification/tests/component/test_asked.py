"""Mails that ask one thing: to lead a session, to confirm support, to take over a place."""

from datetime import UTC, datetime

from doorpakken_events.erasure import PersonErased
from doorpakken_events.matching import SlotChoice
from doorpakken_plumbing.time import clock

from services.notification.tests.component.desk import Desk
from services.notification.tests.component.gathering import Gathering
from tests.probe import becomes

SATURDAY = SlotChoice(
    slot_id="saturday",
    starts_at=datetime(2023, 10, 28, 8, 30, tzinfo=UTC),
    ends_at=datetime(2023, 10, 28, 10, 30, tzinfo=UTC),
)


async def test_a_host_is_asked_with_the_other_times_there_are(
    desk: Desk, gathering: Gathering
) -> None:
    await desk.hear(gathering.pitch(), gathering.scheduled(), gathering.contact("host"))
    await desk.hear(gathering.host(other_slots=(SATURDAY,)))
    async with desk.delivering():
        await desk.settles("sent", 1)
    (mail,) = await desk.mails(gathering.address("host"))
    assert mail["subject"] == ("Wilt u op donderdag 26 oktober de werksessie van OCTA leiden?")
    for words in (
        "Wij zoeken iemand die deze werksessie leidt.",
        "Donderdag 26 oktober, 15.00–17.00 uur",
        "Zaal Reiger, Reigerlaan 10, Amsterdam",
        "Zaterdag 28 oktober, 10.30–12.30 uur",
        "Ja, ik leid deze sessie",
        "Nee, ik kan niet",
    ):
        assert words in mail["text"]
        assert words in mail["html"]
    link = desk.link_in(mail["text"])
    assert (link.purpose, link.object_id) == ("hosting", f"{gathering.id}-hosting")
    assert link.person_id == f"{gathering.id}-host-person"


async def test_each_ask_is_one_mail_and_an_answer_needs_none(
    desk: Desk, gathering: Gathering
) -> None:
    await desk.hear(gathering.pitch(), gathering.scheduled(), gathering.contact("host"))
    await desk.hear(gathering.host())
    async with desk.delivering():
        await desk.settles("sent", 1)
        await desk.hear(gathering.host(2, state="no"), gathering.host(3, ask=2))
        await desk.settles("sent", 2)
    await desk.hear(gathering.host(4, ask=3), gathering.host(5, ask=3, state="yes"))
    hosting = f"{gathering.id}-hosting"
    assert await desk.states() == {
        f"host_request:{hosting}:1": "sent",
        f"host_request:{hosting}:2": "sent",
    }


async def test_support_of_an_organisation_is_asked_of_its_contact(
    desk: Desk, gathering: Gathering
) -> None:
    request = gathering.mail_request("endorsement_request", "nurse", f"{gathering.id}-endorsement")
    await desk.hear(request, gathering.contact("nurse"), gathering.published())
    async with desk.delivering():
        waits = desk.mongo["mails"]
        await becomes(
            lambda: waits.count({"waits_for": f"endorsement/{gathering.id}-endorsement"}), 1
        )
        await desk.hear(gathering.endorsed(), gathering.organisation(), gathering.pitch())
        await desk.settles("sent", 1)
    (mail,) = await desk.mails(gathering.address("nurse"))
    assert mail["subject"] == "Klopt het dat Gaaspziekenhuis steun geeft aan OCTA?"
    for words in (
        "Gaaspziekenhuis doet mee met OCTA.",
        "Het telt pas mee als u ja zegt.",
        "Vrijdag 6 oktober, 15.00–18.00 uur",
        "Evenementenhal De Dreef, Dreef 1, Amsterdam",
    ):
        assert words in mail["text"]
        assert words in mail["html"]
    link = desk.link_in(mail["text"])
    assert (link.purpose, link.object_id) == ("endorsement", f"{gathering.id}-endorsement")


async def test_support_that_was_confirmed_is_not_asked_about(
    desk: Desk, gathering: Gathering
) -> None:
    await desk.hear(gathering.endorsed(2, state="confirmed"), gathering.contact("nurse"))
    await desk.hear(
        gathering.mail_request("endorsement_request", "nurse", f"{gathering.id}-endorsement")
    )
    async with desk.delivering():
        await desk.settles("stopped", 1)
    assert await desk.mails(gathering.address("nurse")) == []


async def test_an_offer_in_an_organisations_name_is_asked_of_its_contact(
    desk: Desk, gathering: Gathering
) -> None:
    request = gathering.mail_request("offer_request", "nurse", f"{gathering.id}-offer")
    await desk.hear(request, gathering.contact("nurse"), gathering.published())
    async with desk.delivering():
        waits = desk.mongo["mails"]
        await becomes(lambda: waits.count({"waits_for": f"offer/{gathering.id}-offer"}), 1)
        await desk.hear(gathering.offered(), gathering.organisation(), gathering.pitch())
        await desk.settles("sent", 1)
    (mail,) = await desk.mails(gathering.address("nurse"))
    money = "€\N{NO-BREAK SPACE}7.500"
    assert mail["subject"] == f"Klopt het dat Gaaspziekenhuis dit aanbiedt: {money}?"
    for words in (f"biedt {money} aan, geld, voor OCTA.", "als u ja zegt"):
        assert words in mail["text"]
    link = desk.link_in(mail["text"])
    assert (link.purpose, link.object_id) == ("offer", f"{gathering.id}-offer")


async def test_a_place_is_handed_over_by_name(desk: Desk, gathering: Gathering) -> None:
    await desk.hear(*gathering.told("gladys"), gathering.contact("kwame", language="en"))
    await desk.hear(gathering.handover("kwame", from_person_id=f"{gathering.id}-gladys-person"))
    async with desk.delivering():
        await desk.settles("sent", 1)
    (mail,) = await desk.mails(gathering.address("kwame"))
    assert mail["subject"] == (
        "Gladys Waterlelie gives you a place at OCTA. Will you come on Thursday 26 October?"
    )
    for words in (
        "Gladys Waterlelie cannot come and thought of you.",
        "Thursday 26 October, 15:00–17:00",
        "Zaal Reiger, Reigerlaan 10, Amsterdam",
        "Do you say yes? Then the place is yours.",
    ):
        assert words in mail["text"]
        assert words in mail["html"]
    assert "Kwame Waterlelie" not in str(mail)
    link = desk.link_in(mail["text"])
    assert (link.purpose, link.object_id) == ("handover", f"{gathering.id}-handover")


async def test_nobody_erased_is_asked_anything(desk: Desk, gathering: Gathering) -> None:
    await desk.hear(gathering.host(), gathering.contact("host"))
    await desk.hear(gathering.mail_request("handover", "host", "h", session_id=gathering.session))
    assert len(await desk.states()) == 2
    person = PersonErased(person_id=f"{gathering.id}-host-person", erased_at=clock.now())
    await desk.hear((person, 1))
    assert await desk.states() == {}
    await desk.hear(gathering.host(2, ask=2))
    assert await desk.states() == {}


async def test_who_has_no_address_is_asked_by_telephone(desk: Desk, gathering: Gathering) -> None:
    await desk.hear(gathering.pitch(), gathering.scheduled())
    await desk.hear(gathering.contact("host", email=None), gathering.host())
    async with desk.delivering():
        await desk.settles("on_paper", 1)
    (told,) = await desk.said("mail-waiting")
    assert (told["kind"], told["state"], told["channel"]) == ("host_request", "on_paper", "paper")
