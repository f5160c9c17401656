"""The part of a session's waiting line that was loaded, and whether that is all of it."""

from dataclasses import dataclass


class LineTooShort(Exception):
    """A decision needs more of a session's line than was loaded; load more and decide again."""

    def __init__(self, session_id: str) -> None:
        super().__init__(session_id)
        self.session_id = session_id


@dataclass(frozen=True)
class Line:
    """The first who wait for a session, by place; `is_whole` when there are no others."""

    sign_up_ids: tuple[str, ...] = ()
    is_whole: bool = False
