"""Codes on letters, short enough to read out on the telephone, that open a person's own page
together with their name. Derived from the link keys; nothing is stored."""

import hmac

from doorpakken_plumbing.identity.links import LinkKeys

# Without letters and digits that look alike.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8
GROUP = 4


def short_code(keys: LinkKeys, person_id: str, generation: int) -> str:
    """Such as `K7Q4-XM2P`; a higher generation gives another one."""
    return _code(keys.keys[keys.signing], person_id, generation)


def is_code_of(keys: LinkKeys, typed: str, person_id: str, generation: int) -> bool:
    """In any spelling: small letters, spaces, no dash."""
    letters = "".join(one for one in typed.upper() if one.isalnum())
    codes = [_code(key, person_id, generation).replace("-", "") for key in keys.keys.values()]
    return any(hmac.compare_digest(code.encode(), letters.encode()) for code in codes)


def letters_of(key: bytes, purpose: str, text: str, length: int) -> str:
    """So many letters, which only a holder of the key can tell; another row for each purpose."""
    digest = hmac.digest(key, f"{purpose}\0{text}".encode(), "sha256")
    number = int.from_bytes(digest)
    letters = []
    for _ in range(length):
        number, rest = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[rest])
    return "".join(letters)


def _code(key: bytes, person_id: str, generation: int) -> str:
    letters = letters_of(key, "short code", f"{person_id}\0{generation}", LENGTH)
    return f"{letters[:GROUP]}-{letters[GROUP:]}"
