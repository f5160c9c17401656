"""Mail about new gatherings: first the question whether it was meant, then one mail a gathering,
which ends with one click and may be sent on."""

from doorpakken_events.registration import GatheringCancelled, GatheringPublished
from doorpakken_notification.store import suppressions
from doorpakken_plumbing.identity.links import read_link
from doorpakken_plumbing.time import clock

from services.notification.tests.component.desk import Desk
from services.notification.tests.component.gathering import Gathering, Said


async def test_the_question_leads_to_the_yes(desk: Desk, gathering: Gathering) -> None:
    for name, language in (("gladys", "nl"), ("kwame", "en")):
        await desk.hear(gathering.contact(name, language=language))
        await desk.hear(gathering.link(name, "follow", gathering_id=None))
    async with desk.delivering():
        await desk.settles("sent", 2)
    (mail,) = await desk.mails(gathering.address("gladys"))
    (english,) = await desk.mails(gathering.address("kwame"))
    assert mail["subject"] == "Wilt u een mail over nieuwe bijeenkomsten?"
    for form in ("text", "html"):
        assert "Klopt dat? Wij mailen u pas als u ja zegt." in mail[form]
        assert "Ja, houd mij op de hoogte" in mail[form]
        assert "Yes, keep me informed" in english[form]
        assert "Open uw pagina" not in mail[form]
    link = desk.link_in(mail["text"])
    assert (link.purpose, link.object_id) == ("follow", "")


async def test_a_new_gathering_is_told_with_a_way_to_stop(desk: Desk, gathering: Gathering) -> None:
    for name, language in (("gladys", "nl"), ("kwame", "en")):
        await desk.hear(gathering.contact(name, language=language), news(gathering, name))
    async with desk.delivering():
        # The mail waits for its gathering.
        await desk.hear(gathering.published())
        await desk.settles("sent", 2)
    mail = await desk.mail_of(gathering.address("gladys"), "new_gathering")
    english = await desk.mail_of(gathering.address("kwame"), "new_gathering")
    assert mail["subject"].endswith("komt u op vrijdag 6 oktober? Er is een nieuwe bijeenkomst")
    assert english["subject"].endswith("on Friday 6 October? There is a new gathering")
    stop = {name.lower(): text for name, text in mail["headers"].items()}
    start = f"{desk.settings.registration_url}/unfollow/"
    assert stop["list-unsubscribe-post"] == "List-Unsubscribe=One-Click"
    assert stop["list-unsubscribe"].startswith(f"<{start}")
    for form in ("text", "html"):
        assert f"{desk.settings.registration_url}/g/{gathering.id}" in mail[form]
        assert "Evenementenhal De Dreef, Dreef 1, Amsterdam" in mail[form]
        # Whoever it is sent on to cannot act as this person.
        assert "/l/" not in mail[form]
    token = mail["text"].split(start, 1)[1].split()[0]
    link = read_link(desk.settings.keys, token, clock.now())
    assert (link.purpose, link.person_id) == ("unfollow", f"{gathering.id}-gladys-person")


async def test_what_is_over_or_unwanted_is_not_mailed(desk: Desk, gathering: Gathering) -> None:
    other = Gathering()
    await desk.hear(gathering.published(), gathering.contact("gladys", email=None))
    await desk.hear(gathering.contact("kwame"), called_off(other), other.contact("imane"))
    person_id = f"{gathering.id}-kwame-person"
    await desk.service.transact(lambda tx: suppressions.unsubscribe(tx, person_id))
    await desk.hear(news(gathering, "gladys"), news(gathering, "kwame"), news(other, "imane"))
    async with desk.delivering():
        await desk.settles("stopped", 2)
        await desk.settles("suppressed", 1)
    found = {
        name: (await desk.stored(f"new_gathering:{one.id}:{one.id}-{name}-person"))["reason"]
        for one, name in ((gathering, "gladys"), (gathering, "kwame"), (other, "imane"))
    }
    assert found == {
        "gladys": "no_address",
        "kwame": "unsubscribed",
        "imane": "no_longer_owed",
    }


def news(gathering: Gathering, name: str) -> Said:
    """Somebody follows, and is to hear of this gathering."""
    request_id = f"{gathering.id}-{name}-news"
    return gathering.mail_request("new_gathering", name, gathering.id, mail_request_id=request_id)


def called_off(gathering: Gathering) -> Said:
    """A gathering that will not be."""
    published, version = gathering.published()
    assert isinstance(published, GatheringPublished)
    fields = published.model_dump() | {"state": "cancelled"}
    return GatheringCancelled.model_validate(fields), version + 1
