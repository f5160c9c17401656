"""Who waits for a session, as far as it was loaded. Refuses to pretend that there are no others."""

from dataclasses import dataclass


class LineTooShort(Exception):
    """More of a session's line has to be looked at than was loaded; decide again with more."""

    def __init__(self, session_id: str) -> None:
        super().__init__(session_id)
        self.session_id = session_id


@dataclass(frozen=True)
class Line:
    """The first of those who wait for a session, by place; `is_whole` when there are no others."""

    sign_up_ids: tuple[str, ...] = ()
    is_whole: bool = False
