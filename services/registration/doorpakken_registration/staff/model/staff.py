"""Staff accounts and their sessions."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class EndedSession:
    """A session that was signed out; kept until its last token has expired."""

    session_id: str
    until: datetime


@dataclass(frozen=True)
class Account:
    """A staff account; roles by gathering id, `*` is every gathering."""

    id: str
    version: int
    email: str
    password_hash: str
    roles: dict[str, str]
    active: bool
    revoked_sessions: tuple[EndedSession, ...] = ()


@dataclass(frozen=True)
class StaffSession:
    """A session that renews tokens until it expires; its secret is stored as a hash."""

    id: str
    staff_id: str
    secret_hash: str
    expires_at: datetime
