"""Mail about a full gathering: on the waitlist, and a place that came free, for as long as it is
kept."""

from datetime import timedelta

from doorpakken_plumbing.time import clock

from services.notification.tests.component.desk import Desk
from services.notification.tests.component.gathering import Gathering


async def test_who_waits_is_told_so(desk: Desk, gathering: Gathering) -> None:
    for name, language in (("gladys", "nl"), ("kwame", "en")):
        await desk.hear(gathering.published(), gathering.contact(name, language=language))
        await desk.hear(gathering.link(name, "waitlisted"))
    async with desk.delivering():
        await desk.settles("sent", 2)
    (mail,) = await desk.mails(gathering.address("gladys"))
    (english,) = await desk.mails(gathering.address("kwame"))
    assert mail["subject"] == "U staat op de wachtlijst voor Derde bijeenkomst"
    for form in ("text", "html"):
        assert "De bijeenkomst is vol. U staat op de wachtlijst." in mail[form]
        assert "U bent aangemeld." not in mail[form]
        assert "The gathering is full. You are on the waitlist." in english[form]


async def test_a_free_place_is_offered_once(desk: Desk, gathering: Gathering) -> None:
    until = clock.now() + timedelta(hours=40)
    offered = {"state": "offered", "hold_until": until}
    await desk.hear(gathering.published())
    for name, language in (("gladys", "nl"), ("kwame", "en"), ("imane", "nl")):
        await desk.hear(gathering.contact(name, language=language))
        await desk.hear(gathering.present(name, 2, **offered))
    # She said yes before her mail left; the others' offer is said again.
    await desk.hear(gathering.present("imane", 3, state="registered"))
    await desk.hear(gathering.present("gladys", 3, interests=("koken",), **offered))
    async with desk.delivering():
        await desk.settles("sent", 2)
    (mail,) = await desk.mails(gathering.address("gladys"))
    (english,) = await desk.mails(gathering.address("kwame"))
    assert await desk.mails(gathering.address("imane")) == []
    assert mail["subject"].startswith("Er is plaats voor u op de bijeenkomst Derde")
    for form in ("text", "html"):
        assert "Evenementenhal De Dreef, Dreef 1, Amsterdam" in mail[form]
        assert "Antwoordt u niet? Dan is de volgende aan de beurt." in mail[form]
        assert "No answer from you? Then it is the next person" in english[form]
    link = desk.link_in(mail["text"])
    assert (link.purpose, link.object_id) == ("me", gathering.id)
