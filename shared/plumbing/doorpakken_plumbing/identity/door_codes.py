"""The code by which somebody is checked in at the door: short enough to say or type, derived from
the link keys, stored nowhere. Has no letters or digits that look alike."""

import hmac

from doorpakken_plumbing.identity.links import LinkKeys

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 6
TYPED_LENGTH_MAX = 40
_DOMAIN = b"door\0"


def door_code(keys: LinkKeys, attendee_id: str) -> str:
    """Such as `K7QXM2`, made with the key that signs."""
    return _code(keys.keys[keys.signing], attendee_id)


def door_codes(keys: LinkKeys, attendee_id: str) -> tuple[str, ...]:
    """Those of every key: a mail that was sent before a rotation has the code of an older one."""
    return tuple(_code(key, attendee_id) for key in keys.keys.values())


def read_code(typed: str) -> str | None:
    """As people type it: with spaces or dashes, in small letters. None if it cannot be a code."""
    code = "".join(one for one in typed[:TYPED_LENGTH_MAX].upper() if one not in " -")
    is_code = len(code) == LENGTH and all(one in ALPHABET for one in code)
    return code if is_code else None


def shown(code: str) -> str:
    """In two parts, as people read it out: `K7Q XM2`."""
    return f"{code[:3]} {code[3:]}"


def _code(key: bytes, attendee_id: str) -> str:
    digest = hmac.digest(key, _DOMAIN + attendee_id.encode(), "sha256")
    number = int.from_bytes(digest[:8])
    letters = []
    for _ in range(LENGTH):
        number, rest = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[rest])
    return "".join(letters)
