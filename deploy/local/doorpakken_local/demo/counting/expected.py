"""The table of expected counts beside a story, valid for any published plan.
The number of seats depends on the plan and is derived in `outcome`."""

from typing import ClassVar

from pydantic import BaseModel, ConfigDict


class Table(BaseModel):
    """Counts that nobody changes afterwards."""

    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True, extra="forbid")


class Answers(Table):
    """How those who were present answered; `none` did not."""

    accepted: int
    declined: int
    maybe: int
    none: int


class Support(Table):
    """Support by what became of it; together it is what was recorded."""

    confirmed: int
    pending: int
    withdrawn: int


class Insights(Table):
    """Insights by what staff decided; `pending` ones they did not read yet."""

    approved: int
    hidden: int
    pending: int


class Expected(Table):
    """Counts that follow from what people do; `needs_left` is what is still needed of each need,
    and what is offered beyond it, in the need's unit."""

    attendees: int
    checked_in: int
    people_by_kind: dict[str, tuple[int, int]]
    languages: dict[str, int]
    organisations: int
    pitches: int
    needs: int
    needs_left: dict[str, tuple[int, int]]
    needs_with_offer: int
    offers: int
    portraits: int
    insights: Insights
    support: Support
    people_with_wishes: int
    wishes: int
    sessions: int
    hosts_yes: int
    invitations_sent: int
    invitations_on_paper: int
    mails: dict[str, int]
    answers: Answers
    sign_ups: int
    over_asked: dict[str, int]
