"""What arrives in the mailbox: an invitation with its reasons, a seat with its calendar, a link."""

from datetime import UTC, datetime

from doorpakken_events.registration import SessionLeft
from icalendar import Calendar

from services.notification.tests.component.desk import Desk
from services.notification.tests.component.gathering import Gathering


async def test_an_invitation_says_what_when_where_and_why(desk: Desk, gathering: Gathering) -> None:
    await desk.hear(*gathering.told("gladys"))
    await desk.release(gathering.run)
    async with desk.delivering():
        await desk.settles("sent", 1)
    (mail,) = await desk.mails(gathering.address("gladys"))
    for words in (
        "Fijn dat u er was op vrijdag 6 oktober.",
        "Een ondernemer vertelde wat er nodig is.",
        "Deze sessie past bij u:",
        "Donderdag 26 oktober, 15.00–17.00 uur",
        "Zaal Reiger, Reigerlaan 10, Amsterdam",
        "U kunt helpen met plekken voor werk of stage. Dit is nodig: 15 stageplekken.",
        "bel 020 555 0100",
    ):
        assert words in mail["text"]
        assert words in mail["html"]
    assert "houden" not in mail["text"]
    assert mail["calendar"] is None
    link = desk.link_in(mail["text"])
    assert (link.purpose, link.object_id) == ("answer", gathering.run)
    assert link.person_id == f"{gathering.id}-gladys-person"


async def test_an_invitation_says_until_when_a_place_is_held(
    desk: Desk, gathering: Gathering
) -> None:
    until = datetime(2023, 10, 11, 21, 59, tzinfo=UTC)
    await desk.hear(*gathering.told("gladys", "kwame", "imane"))
    await desk.hear(
        gathering.seat("gladys", "held", 1, hold_until=until), gathering.seat("kwame", "active", 1)
    )
    await desk.release(gathering.run)
    async with desk.delivering():
        await desk.settles("sent", 4)
    held = "Wij houden tot woensdag 11 oktober een plaats voor u vrij."
    taken = "U doet al mee aan deze sessie."
    for name, sentences in (("gladys", (held,)), ("kwame", (taken,)), ("imane", ())):
        mail = await desk.mail_of(gathering.address(name), "invitation")
        for form in ("text", "html"):
            assert tuple(said for said in (held, taken) if said in mail[form]) == sentences
            assert "Op de pagina kunt u een collega of buur uitnodigen." in mail[form]


async def test_without_any_reason_all_sessions_are_shown(desk: Desk, gathering: Gathering) -> None:
    *rest, _ = gathering.told("gladys")
    await desk.hear(*rest, gathering.plan(1), gathering.recommended("gladys", 2, seats=()))
    await desk.release(gathering.run)
    async with desk.delivering():
        await desk.settles("sent", 1)
    (mail,) = await desk.mails(gathering.address("gladys"))
    assert "Kies zelf wat bij u past." in mail["text"]
    assert "1. OCTA" in mail["text"]
    assert "Waarom u?" not in mail["text"]


async def test_english_is_for_who_reads_english(desk: Desk, gathering: Gathering) -> None:
    await desk.hear(*gathering.told("zoe"))
    await desk.hear(gathering.contact("zoe", 2, language="en", name='Zoë "🌱" Klaver, ليلى'))
    await desk.release(gathering.run)
    async with desk.delivering():
        await desk.settles("sent", 1)
    (mail,) = await desk.mails(gathering.address("zoe"))
    assert mail["subject"].endswith(
        "which work session will you join? Choose before Wednesday 11 October"
    )
    assert 'Dear Zoë "🌱" Klaver, ليلى,' in mail["text"]
    assert "Thursday 26 October, 15:00–17:00" in mail["html"]


async def test_headers_let_programs_know_what_it_is(desk: Desk, gathering: Gathering) -> None:
    await desk.hear(*gathering.told("gladys"), gathering.link("gladys"))
    await desk.release(gathering.run)
    async with desk.delivering():
        await desk.settles("sent", 2)
    mails = await desk.mails(gathering.address("gladys"))
    mails.sort(key=lambda mail: "aan welke" not in mail["subject"])
    wave, own = ({name.lower(): text for name, text in m["headers"].items()} for m in mails)
    assert wave["list-unsubscribe-post"] == "List-Unsubscribe=One-Click"
    assert wave["list-unsubscribe"].startswith(f"<{desk.settings.notification_url}/unsubscribe/")
    assert "list-unsubscribe" not in own
    for headers in (wave, own):
        assert headers["auto-submitted"] == "auto-generated"
        assert headers["reply-to"] == desk.settings.mail_reply_to
        assert headers["from"].endswith(f"<{desk.settings.mail_from}>")
    row = await desk.stored(f"invitation:{gathering.id}:{gathering.id}-gladys")
    assert wave["message-id"] == f"<{row['mail_id']}@zoiszuidoost.example>"


async def test_a_taken_seat_comes_with_a_calendar(desk: Desk, gathering: Gathering) -> None:
    await desk.hear(*gathering.told("gladys"), gathering.scheduled(version=4))
    await desk.release(gathering.run)
    async with desk.delivering():
        await desk.settles("sent", 1)
        await desk.hear(gathering.joined("gladys"))
        await desk.settles("sent", 2)
    mails = await desk.mails(gathering.address("gladys"))
    (mail,) = [mail for mail in mails if mail["calendar"]]
    assert mail["subject"] == "U doet mee op donderdag 26 oktober: OCTA"
    assert desk.link_in(mail["text"]).object_id == gathering.run
    assert [(a["filename"], a["content_type"]) for a in mail["attachments"]] == [
        ("invite.ics", "application/ics")
    ]
    calendar = Calendar.from_ical(mail["calendar"])
    (event,) = calendar.walk("VEVENT")
    assert str(calendar["method"]) == "REQUEST"
    assert (event.decoded("sequence"), str(event["status"])) == (4, "CONFIRMED")
    assert event.decoded("dtstart") == datetime(2023, 10, 26, 13, tzinfo=UTC)
    assert event["attendee"] == f"mailto:{gathering.address('gladys')}"
    assert event["attendee"].params["PARTSTAT"] == "ACCEPTED"
    assert event["organizer"] == f"mailto:{desk.settings.mail_reply_to}"


async def test_a_seat_given_up_in_time_is_not_confirmed(desk: Desk, gathering: Gathering) -> None:
    await desk.hear(*gathering.told("gladys"), gathering.joined("gladys"))
    joined, version = gathering.joined("gladys", 2, state="ended", reason="left")
    await desk.hear((SessionLeft(**joined.model_dump()), version), gathering.link("gladys"))
    async with desk.delivering():
        await desk.settles("sent", 1)
    assert (await desk.stored(f"confirmation:{gathering.id}-gladys-seat"))["state"] == "stopped"
    assert await desk.said("mail-waiting") == []


async def test_a_link_is_sent_at_once_also_before_a_wave(desk: Desk, gathering: Gathering) -> None:
    await desk.hear(gathering.published(), gathering.contact("gladys"))
    for purpose in ("registered", "pitched", "sign_in"):
        await desk.hear(gathering.link("gladys", purpose))
    async with desk.delivering():
        await desk.settles("sent", 3)
    mails = await desk.mails(gathering.address("gladys"))
    assert sorted(mail["subject"] for mail in mails) == [
        "Hier is uw persoonlijke link",
        "U bent aangemeld voor Derde bijeenkomst",
        "Wij hebben uw pitch ontvangen",
    ]
    # A stranger may have typed the address and the name.
    assert "Waterlelie" not in str(mails)
    link = desk.link_in(mails[0]["text"])
    assert (link.purpose, link.object_id) == ("me", gathering.id)


async def test_a_lost_link_is_of_no_gathering(desk: Desk, gathering: Gathering) -> None:
    for name, language in (("gladys", "nl"), ("kwame", "en")):
        await desk.hear(gathering.contact(name, language=language))
        await desk.hear(gathering.link(name, "sign_in", gathering_id=None))
    async with desk.delivering():
        await desk.settles("sent", 2)
    (mail,) = await desk.mails(gathering.address("gladys"))
    (english,) = await desk.mails(gathering.address("kwame"))
    for form in ("text", "html"):
        assert "U vroeg om uw persoonlijke link. Vroeg u dit niet?" in mail[form]
        assert "You asked for your personal link. Did you not ask for it?" in english[form]
    link = desk.link_in(mail["text"])
    assert (link.purpose, link.object_id) == ("me", "")
