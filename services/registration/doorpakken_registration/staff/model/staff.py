"""Staff accounts, their sessions, and their links to choose a password."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

EVERYWHERE = "*"
ADMINISTRATOR = "administrator"
# By what a link is for: how long it works.
LINK_LASTS = {"staff_invite": timedelta(days=7), "staff_recover": timedelta(hours=4)}


@dataclass(frozen=True)
class EndedSession:
    """A session that was signed out; kept until its last token has expired."""

    session_id: str
    until: datetime


@dataclass(frozen=True)
class Account:
    """A staff account; roles by gathering id, `*` is every gathering. Without `password_hash` the
    person was invited and did not choose a password yet."""

    id: str
    version: int
    email: str
    password_hash: str | None
    roles: Mapping[str, str]
    active: bool
    revoked_sessions: tuple[EndedSession, ...] = ()
    # Empty in accounts from before accounts referred to people, until the next start.
    person_id: str = ""

    @property
    def may_work(self) -> bool:
        return self.active and self.password_hash is not None

    @property
    def state(self) -> Literal["invited", "active", "blocked"]:
        if not self.active:
            return "blocked"
        return "invited" if self.password_hash is None else "active"

    @property
    def is_administrator(self) -> bool:
        return self.may_work and self.roles.get(EVERYWHERE) == ADMINISTRATOR

    def with_ended(self, session_ids: Iterable[str], until: datetime) -> "Account":
        ended = (EndedSession(one, until) for one in session_ids)
        return replace(self, revoked_sessions=(*self.revoked_sessions, *ended))

    def next_state(self, now: datetime) -> "Account":
        """The next version, without ended sessions whose tokens have all expired."""
        kept = tuple(one for one in self.revoked_sessions if one.until > now)
        return replace(self, version=self.version + 1, revoked_sessions=kept)


@dataclass(frozen=True)
class StaffSession:
    """A session that renews tokens until it expires; its secret is stored as a hash."""

    id: str
    staff_id: str
    secret_hash: str
    expires_at: datetime


@dataclass(frozen=True)
class PasswordLink:
    """A link that was mailed to choose a password, by its request; deleted when used. `goes_at` is
    real time."""

    id: str
    staff_id: str
    ends_at: datetime
    goes_at: datetime
