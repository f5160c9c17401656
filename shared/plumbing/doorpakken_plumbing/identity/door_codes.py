"""The code by which somebody is checked in at the door: short enough to say or type, derived from
the link keys, stored nowhere."""

from doorpakken_plumbing.identity.links import LinkKeys
from doorpakken_plumbing.identity.short_codes import ALPHABET, letters_of

LENGTH = 6
TYPED_LENGTH_MAX = 40


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
    return letters_of(key, "door", attendee_id, LENGTH)
