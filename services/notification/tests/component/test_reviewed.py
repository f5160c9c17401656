"""Who pitch something hear by mail what staff decided or ask, in their words, once."""

from services.notification.tests.component.desk import Desk
from services.notification.tests.component.gathering import Gathering
from tests.probe import becomes

WORDS = "Hoeveel stageplekken hebt u nu al?\nEn wie begeleidt de jongeren?"


async def test_a_question_is_mailed_in_the_words_of_staff(desk: Desk, gathering: Gathering) -> None:
    about = f"{gathering.id}-pitch"
    request = gathering.mail_request("pitch_question", "kwame", about, pitch_id=about, text=WORDS)
    await desk.hear(gathering.pitch(state="submitted"), gathering.published())
    await desk.hear(gathering.contact("kwame"), request)
    async with desk.delivering():
        await desk.settles("sent", 1)
    (mail,) = await desk.mails(gathering.address("kwame"))
    assert mail["subject"] == "Wij hebben een vraag over uw plan OCTA"
    for words in (*WORDS.splitlines(), "Bekijk en verander uw plan", "Derde bijeenkomst"):
        assert words in mail["text"]
        assert words in mail["html"]
    link = desk.link_in(mail["text"])
    assert (link.purpose, link.object_id) == ("pitch", about)


async def test_a_question_about_a_reviewed_pitch_is_not_asked_any_more(
    desk: Desk, gathering: Gathering
) -> None:
    about = f"{gathering.id}-pitch"
    await desk.hear(gathering.pitch(), gathering.published(), gathering.contact("kwame"))
    await desk.hear(gathering.mail_request("pitch_question", "kwame", about, pitch_id=about))
    async with desk.delivering():
        await desk.settles("stopped", 1)
    assert await desk.mails(gathering.address("kwame")) == []


async def test_the_mail_of_a_review_waits_for_the_review_and_comes_once(
    desk: Desk, gathering: Gathering
) -> None:
    about = f"{gathering.id}-pitch"
    asked, _ = gathering.mail_request("pitch_accepted", "imane", about, pitch_id=about)
    await desk.hear((asked, 1), (asked, 2))
    await desk.hear(gathering.contact("imane", language="en"), gathering.published())
    await desk.hear(gathering.pitch(1, state="submitted"))
    async with desk.delivering():
        waits = desk.mongo["mails"]
        await becomes(lambda: waits.count({"waits_for": f"pitch/{about}"}), 1)
        await desk.hear(gathering.pitch())
        await desk.settles("sent", 1)
    (mail,) = await desk.mails(gathering.address("imane"))
    assert mail["subject"] == "Your pitch OCTA is part of the gathering"
    assert "We wrote with it" not in mail["text"]
    key = f"pitch_accepted:{about}:{gathering.id}-imane-person"
    assert await desk.states() == {key: "sent"}


async def test_a_declined_pitch_is_told_with_the_reason(desk: Desk, gathering: Gathering) -> None:
    about = f"{gathering.id}-pitch"
    await desk.hear(gathering.pitch(state="declined"), gathering.published())
    text = "Wij hebben nu <geen> plaats."
    await desk.hear(
        gathering.contact("kwame"),
        gathering.mail_request("pitch_declined", "kwame", about, pitch_id=about, text=text),
    )
    async with desk.delivering():
        await desk.settles("sent", 1)
    (mail,) = await desk.mails(gathering.address("kwame"))
    assert mail["subject"] == "Uw plan OCTA past nu niet"
    assert text in mail["text"]
    assert "Wij hebben nu &lt;geen&gt; plaats." in mail["html"]
