"""Members of staff and their sessions."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class EndedSession:
    """A sign-in that ended early; remembered until its last token has run out."""

    session_id: str
    until: datetime


@dataclass(frozen=True)
class Account:
    """Somebody who may sign in; roles by gathering id, `*` is every gathering."""

    id: str
    version: int
    email: str
    password_hash: str
    roles: dict[str, str]
    active: bool
    revoked_sessions: tuple[EndedSession, ...] = ()


@dataclass(frozen=True)
class StaffSession:
    """A sign-in that renews tokens until it expires; its secret is kept as a hash."""

    id: str
    staff_id: str
    secret_hash: str
    expires_at: datetime
