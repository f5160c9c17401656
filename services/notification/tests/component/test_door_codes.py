"""Who signed up gets a code for the door: as letters, and as a QR code with a link that is no
personal one."""

from email import message_from_bytes, policy
from email.message import EmailMessage

from doorpakken_notification.compose import compose
from doorpakken_notification.model.mail import Mail
from doorpakken_notification.store import mails
from doorpakken_notification.store.reading import Reading
from doorpakken_plumbing.identity.door_codes import door_code, shown

from services.notification.tests.component.desk import Desk
from services.notification.tests.component.gathering import Gathering


async def test_the_sign_up_mail_has_the_code_and_its_picture(
    desk: Desk, gathering: Gathering
) -> None:
    attendee_id = f"{gathering.id}-gladys"
    await desk.hear(gathering.published(), gathering.contact("gladys"))
    await desk.hear(gathering.link("gladys", attendee_id=attendee_id))
    code = shown(door_code(desk.settings.keys, attendee_id))
    async with desk.delivering():
        await desk.settles("sent", 1)
    mail = await desk.mail_of(gathering.address("gladys"), "personal_link")
    assert f"Uw code voor de deur: {code}" in mail["text"]
    assert desk.link_in(mail["text"]).purpose == "me"
    assert "/d/" not in mail["text"]


async def test_the_picture_is_in_the_mail_itself(desk: Desk, gathering: Gathering) -> None:
    await desk.hear(gathering.published(), gathering.contact("gladys"))
    await desk.hear(gathering.link("gladys", attendee_id=f"{gathering.id}-gladys"))
    page = (await whole(desk, f"{gathering.id}-gladys-registered")).get_body(("related",))
    assert isinstance(page, EmailMessage)
    html, picture = page.iter_parts()
    assert 'src="cid:door"' in html.get_content()
    assert (picture["Content-ID"], picture.get_content_type()) == ("<door>", "image/png")
    assert picture.get_content().startswith(b"\x89PNG")


async def test_other_mails_with_a_link_have_no_code(desk: Desk, gathering: Gathering) -> None:
    await desk.hear(gathering.published(), gathering.contact("gladys"))
    await desk.hear(gathering.link("gladys", "waitlisted"))
    mail = await whole(desk, f"{gathering.id}-gladys-waitlisted")
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert "code" not in str(mail)


async def whole(desk: Desk, request: str) -> EmailMessage:
    """The mail for a request, as it would be sent."""
    found: Mail | None = await mails.find_mail(desk.mongo, f"personal_link:{request}")
    assert found is not None
    _, content = await compose(found, Reading(desk.mongo), desk.settings)
    mail = message_from_bytes(content, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    return mail
