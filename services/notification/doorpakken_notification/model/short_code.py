"""A code short enough to read out on the telephone, for one invitation on paper. Has no letters or
digits that look alike."""

from hashlib import sha256

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 6


def short_code_of(mail_id: str) -> str:
    """Such as `K7-4QXM`; always the same for the same mail."""
    number = int.from_bytes(sha256(mail_id.encode()).digest()[:8])
    letters = []
    for _ in range(LENGTH):
        number, rest = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[rest])
    return f"{''.join(letters[:2])}-{''.join(letters[2:])}"
