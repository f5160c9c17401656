"""Ids of calendar entries, the same in a mail and in a feed: a program that reads both shows one
appointment, not two."""

from uuid import NAMESPACE_URL, uuid5


def seat_uid(session_id: str, attendee_id: str, domain: str) -> str:
    """Stable for session and attendee, so that a later message changes the same entry."""
    return uid_of(f"seat:{session_id}:{attendee_id}", domain)


def uid_of(key: str, domain: str) -> str:
    return f"{uuid5(NAMESPACE_URL, f'doorpakken:{key}')}@{domain}"
