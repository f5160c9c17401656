"""What came of a work session, and whether who leads it is asked to write that down."""

from dataclasses import dataclass

from doorpakken_events import states
from doorpakken_events.matching import SessionState
from doorpakken_events.registration import Asking, SessionReported

FIRST = "morning_after"


@dataclass(frozen=True)
class Outcome:
    """The form belongs to who leads the session now."""

    state: SessionReported
    session: SessionState

    @property
    def asked(self) -> str | None:
        """Who is asked, as long as they have to be."""
        is_open = self.state.state == states.Outcome.OPEN and bool(self.state.told)
        is_off = self.session.state == states.Session.CANCELLED
        return self.session.host if is_open and not is_off else None

    @property
    def again(self) -> Asking | None:
        """The newest time they were asked, if it was not the first."""
        last = self.state.told[-1] if self.asked else None
        return last if last and last.what != FIRST else None
