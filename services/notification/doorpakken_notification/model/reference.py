"""A short reference to a mail, by which staff find it in the outbox. It opens nothing."""

from hashlib import sha256

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 6


def reference_of(mail_id: str) -> str:
    """Such as `K7-4QXM`; always the same for the same mail."""
    number = int.from_bytes(sha256(mail_id.encode()).digest()[:8])
    letters = []
    for _ in range(LENGTH):
        number, rest = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[rest])
    return f"{''.join(letters[:2])}-{''.join(letters[2:])}"
