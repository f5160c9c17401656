"""Personal links in mails: signed tokens that contain their purpose; nothing is stored.
Refuses forged, foreign and expired ones; the caller still has to check `generation`."""

import base64
import binascii
import hmac
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID

from doorpakken_plumbing.http.errors import Refusal

# A token has the index of its purpose in here: add new ones at the end.
PURPOSES = (
    "answer",
    "me",
    "unsubscribe",
    "endorsement",
    "handover",
    "hosting",
    "calendar",
    "follow",
    "unfollow",
    "offer",
    "device",
    "visitor",
    "staff-password",
    "door",
    "pitch",
    "invited",
    "outcome",
    "commitment",
)
# The purpose of the link to one's own page, and its lifetime; other links have a setting.
OWN_PAGE = "me"
OWN_PAGE_DAYS = 60
# With this one staff choose a password, once.
PASSWORD = "staff-password"
# Purposes of tokens that are kept in a browser, never sent in a mail.
VISITOR, DEVICE = "visitor", "device"
# The purpose of the link in the QR code of a sign-up mail; it signs nobody in.
DOOR = "door"
KEY_BYTES_MIN = 32
MAC_BYTES = 16
TOKEN_LENGTH_MAX = 400
_HEAD = struct.Struct(">BIH")  # purpose, expiry in seconds since 1970, generation
_UUID_MARK = 0xFF


class LinkRefused(Refusal):
    """Not one of our links, or not any more."""

    status = 404
    slug = "link-refused"
    dutch = "Deze link werkt niet meer. Vraag een nieuwe."


class LinkExpired(Refusal):
    """One of our links, too old."""

    status = 410
    slug = "link-expired"
    dutch = "Deze link is te oud. Vraag een nieuwe."


@dataclass(frozen=True)
class Link:
    """What a link lets its holder do; ids have at most 254 bytes, `object_id` may be empty."""

    purpose: str
    person_id: str
    object_id: str
    generation: int
    expires_at: datetime


@dataclass(frozen=True)
class LinkKeys:
    """Signing keys by their short name; the first one signs, all are accepted."""

    keys: Mapping[str, bytes]

    @property
    def signing(self) -> str:
        return next(iter(self.keys))


def read_keys(text: str) -> LinkKeys:
    """From `kid:base64url[,kid:base64url…]`; raises ValueError for a short key or a bad name."""
    keys: dict[str, bytes] = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        kid, _, encoded = part.partition(":")
        key = _decode(encoded)
        if not kid.isalnum() or not kid.isascii() or len(kid) > 8:
            raise ValueError("the name of a link key is 1 to 8 letters and digits")
        if len(key) < KEY_BYTES_MIN:
            raise ValueError(f"link key {kid} needs {KEY_BYTES_MIN} bytes, in base64url")
        keys[kid] = key
    if not keys:
        raise ValueError("at least one link key is needed")
    return LinkKeys(keys)


def make_link(keys: LinkKeys, link: Link) -> str:
    """A token of about 85 characters: letters, digits, `-`, `_` and one dot."""
    body = (
        _HEAD.pack(PURPOSES.index(link.purpose), int(link.expires_at.timestamp()), link.generation)
        + _pack(link.person_id)
        + _pack(link.object_id)
    )
    kid = keys.signing
    return f"{kid}.{_encode(body + _mac(keys.keys[kid], kid, body))}"


def read_link(keys: LinkKeys, token: str, now: datetime) -> Link:
    """`now` is domain time. Raises LinkRefused or LinkExpired."""
    link = read_any_age(keys, token)
    if now >= link.expires_at:
        raise expired()
    return link


def expired() -> LinkExpired:
    return LinkExpired("This link has expired. Ask for a new one.")


def read_any_age(keys: LinkKeys, token: str) -> Link:
    """Also reads expired links; raises LinkRefused."""
    kid, _, encoded = token.partition(".")
    key = keys.keys.get(kid)
    if key is None or len(token) > TOKEN_LENGTH_MAX:
        raise _refused()
    try:
        signed = _decode(encoded)
    except ValueError:
        raise _refused() from None
    body, mac = signed[:-MAC_BYTES], signed[-MAC_BYTES:]
    # Another encoding of the same bytes is refused too: one link, one token.
    if not hmac.compare_digest(mac, _mac(key, kid, body)) or _encode(signed) != encoded:
        raise _refused()
    return _unpack_link(body)


def _unpack_link(body: bytes) -> Link:
    purpose, expires, generation = _HEAD.unpack_from(body)
    person_id, at = _unpack(body, _HEAD.size)
    object_id, _ = _unpack(body, at)
    return Link(
        PURPOSES[purpose], person_id, object_id, generation, datetime.fromtimestamp(expires, UTC)
    )


def _mac(key: bytes, kid: str, body: bytes) -> bytes:
    return hmac.new(key, kid.encode() + b"\0" + body, sha256).digest()[:MAC_BYTES]


def _pack(name: str) -> bytes:
    # A mark and 16 bytes for a canonical UUID, else a length byte and the text.
    try:
        if str(UUID(name)) == name:
            return bytes([_UUID_MARK]) + UUID(name).bytes
    except ValueError:
        pass
    text = name.encode()
    if len(text) >= _UUID_MARK:
        raise ValueError(f"an id in a link has fewer than {_UUID_MARK} bytes")
    return bytes([len(text)]) + text


def _unpack(body: bytes, at: int) -> tuple[str, int]:
    length = body[at]
    if length == _UUID_MARK:
        return str(UUID(bytes=body[at + 1 : at + 17])), at + 17
    return body[at + 1 : at + 1 + length].decode(), at + 1 + length


def _encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise ValueError("not base64url") from None


def _refused() -> LinkRefused:
    return LinkRefused("This link does not work. Ask for a new one.")
