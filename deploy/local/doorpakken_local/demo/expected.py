"""The table of counts beside a story: what must be found whatever plan is published.
Refuses nothing; how many seats there are follows from the plan and is worked out in `outcome`."""

from typing import ClassVar

from pydantic import BaseModel, ConfigDict


class Answers(BaseModel):
    """How those who were present answered; `none` did not."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    accepted: int
    declined: int
    maybe: int
    none: int


class Expected(BaseModel):
    """Counts that follow from what people do."""

    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True, extra="forbid")
    attendees: int
    checked_in: int
    people_by_kind: dict[str, tuple[int, int]]
    languages: dict[str, int]
    organisations: int
    pitches: int
    needs: int
    endorsements: int
    sessions: int
    invitations_sent: int
    invitations_on_paper: int
    personal_links: int
    answers: Answers
    sign_ups: int
    over_asked: dict[str, int]
