"""The raw bytes of every header of every kind of mail, in both languages and with the longest and
oddest names there may be: what a mail program is to act on stands there as it is."""

import re
from email import message_from_bytes
from email.header import decode_header, make_header
from email.policy import default

from doorpakken_notification.model.mail_kinds import MAIL_KINDS

from services.notification.tests.component.conftest import OpenDesk
from services.notification.tests.component.desk import Desk
from services.notification.tests.component.gathering import Gathering
from services.notification.tests.component.kinds import KINDS, WHO, Parents, bring_about, parents_of

ENCODED = re.compile(rb"=\?[^?]+\?[bBqQ]\?[^?]*\?=")
WRITTEN_BY_PEOPLE = {b"subject", b"from", b"to"}
# Kinds whose subject names no plan.
NAMELESS = (
    "invitation",
    "new_gathering",
    "gathering_invitation",
    "personal_link",
    "place_offered",
    "offer_request",
    "staff_invite",
    "staff_recover",
)
WITH_A_WAY_TO_STOP = ("invitation", "new_gathering", "gathering_invitation", "plan_news")
NAMES = {
    "nl": ('Noa "Zoë" d’Ancona, van der =?utf-8?q?B=C3=A9?= ' + "Lange " * 24).strip(),
    "en": "Plain Waterlelie, (of the =?utf-8?q?house?=) \\ " + "Long " * 25 + "Name",
}
TITLE = "Wij doen =?utf-8?q?het?= samen: één plek voor " + "iedereen " * 16 + "nu"
# As long as a host name of ours may get.
PUBLIC = f"https://{'doorpakken-' * 5}oost.{'wijk' * 12}.example"


async def test_what_programs_act_on_stands_there_as_it_is(open_desk: OpenDesk) -> None:
    desk = await open_desk(registration_url=PUBLIC, notification_url=f"{PUBLIC}/notification")
    told = []
    async with desk.delivering():
        for language, name in NAMES.items():
            for kind in KINDS:
                gathering = Gathering(title=TITLE)
                await bring_about(desk, gathering, kind, _odd(gathering, kind, language, name))
                told.append((gathering, kind, language))
        await desk.settles("sent", len(told) + 2 * sum(_has_before(kind) for kind in KINDS))
    for gathering, kind, language in told:
        row = await desk.mongo["mails"].find_one({"gathering_id": gathering.id, "kind": kind})
        assert row
        _judge(desk, bytes(row["content"]), gathering, kind, NAMES[language])


def _has_before(kind: str) -> bool:
    return bool(KINDS[kind].before(Gathering()))


def _odd(gathering: Gathering, kind: str, language: str, name: str) -> Parents:
    parents = parents_of(gathering, kind)
    for parent in ("pitch", "gathering"):
        event, version = parents[parent]
        parents[parent] = (event.model_copy(update={"title": TITLE}), version)
    email = _address(gathering)
    parents["contact"] = gathering.contact(WHO, name=name, email=email, language=language)
    return parents


def _address(gathering: Gathering) -> str:
    """64 letters before the @, and a domain of its own that is nearly as long as it may be."""
    return f"{'x' * 64}@{gathering.id}.{'bücher' * 5}.{'a' * 60}.example"


def _judge(desk: Desk, content: bytes, gathering: Gathering, kind: str, name: str) -> None:
    head = content.partition(b"\r\n\r\n")[0]
    assert all(len(line) <= 998 for line in head.split(b"\r\n"))
    assert b"\n" not in head.replace(b"\r\n", b"")
    raw = {}
    for field in re.split(rb"\r\n(?![ \t])", head):
        key, _, value = field.partition(b": ")
        assert key.lower() not in raw, (kind, key)
        raw[key.lower()] = value
        words = ENCODED.findall(value)
        assert not words or key.lower() in WRITTEN_BY_PEOPLE, (kind, key)
        assert all(len(word) <= 75 for word in words), (kind, key)
    wire = _address(gathering).replace("bücher" * 5, ("bücher" * 5).encode("idna").decode())
    assert f"<{wire}>".encode() in raw[b"to"]
    assert raw[b"reply-to"] == f"<{desk.settings.mail_reply_to}>".encode()
    assert raw[b"auto-submitted"] == b"auto-generated"
    assert re.fullmatch(rb"<[0-9a-f-]{36}@[a-z.]+>", raw[b"message-id"])
    if b"list-unsubscribe" in raw:
        assert raw[b"list-unsubscribe-post"] == b"List-Unsubscribe=One-Click"
        assert re.fullmatch(rb"<https://[!-;=?-~]+>", raw[b"list-unsubscribe"])
    assert (b"list-unsubscribe" in raw) == (kind in WITH_A_WAY_TO_STOP)
    # What a reader sees is what was typed.
    mail = message_from_bytes(content, policy=default)
    assert mail["To"].addresses[0].addr_spec == wire
    shown = raw[b"to"].decode().rpartition("<")[0].rstrip()
    assert str(make_header(decode_header(shown))) == ("" if MAIL_KINDS[kind].is_nameless else name)
    if kind not in NAMELESS:
        assert TITLE in mail["Subject"], kind
