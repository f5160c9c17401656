"""Which calendar entry is meant, the same in a mail and in a feed: a program that knows both shows
one appointment and not two."""

from uuid import NAMESPACE_URL, uuid5


def seat_uid(session_id: str, attendee_id: str, domain: str) -> str:
    """A seat; stable for session and attendee, so that a later message changes the same entry."""
    return uid_of(f"seat:{session_id}:{attendee_id}", domain)


def uid_of(key: str, domain: str) -> str:
    """Whatever has this key for ever; `domain` is that of our mails."""
    return f"{uuid5(NAMESPACE_URL, f'doorpakken:{key}')}@{domain}"
