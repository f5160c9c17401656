"""The counts of one performance, as one source tells them. Refuses to fill in what a source does
not tell: that stays None and is not compared."""

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict


class Counts(BaseModel):
    """What was found; `answers` by word, those who gave none as `none`."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    attendees: int | None = None
    checked_in: int | None = None
    people_by_kind: dict[str, tuple[int, int]] | None = None
    organisations: int | None = None
    pitches: int | None = None
    needs: int | None = None
    endorsements: int | None = None
    sessions: int | None = None
    invitations_sent: int | None = None
    invitations_on_paper: int | None = None
    personal_links: int | None = None
    confirmations: int | None = None
    answers: dict[str, int] | None = None
    seats: int | None = None
    waitlisted: int | None = None
    parked: int | None = None
    consumer_lag: int | None = None
    duplicates: int | None = None


def with_none(answers: Mapping[str, int], present: int) -> dict[str, int]:
    """Answers by word, with those who were present and gave none."""
    given = {word: answers.get(word, 0) for word in ("accepted", "declined", "maybe")}
    return given | {"none": present - sum(given.values())}
