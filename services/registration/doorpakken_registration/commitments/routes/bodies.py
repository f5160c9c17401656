"""What requests about commitments carry. Public text holds no address and no number."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from doorpakken_registration.common.model.amounts import AMOUNT_MAX
from doorpakken_registration.web.fields import Body, Day, Id, LongText, Title, require_public

Amount = Annotated[int, Field(strict=True, gt=0, le=AMOUNT_MAX)]
Publication = Literal["with_name", "without_name", "none"]


class PromiseBody(Body):
    """What is promised, by whom and by when. A promise names its need, with an amount in its unit;
    an action names none. A visitor promises for themselves, unless they name their organisation."""

    what: Title
    due: Day
    how: LongText = ""
    need_id: Id | None = None
    amount: Amount | None = None
    unit: str | None = Field(default=None, max_length=40)
    person_id: Id | None = None
    organisation_id: Id | None = None
    offer_id: Id | None = None
    endorsement_id: Id | None = None
    session_id: Id | None = None
    agreement_id: Id | None = None
    publication: Publication

    @model_validator(mode="after")
    def check_kind(self) -> "PromiseBody":
        given = (self.need_id, self.amount, self.unit)
        if any(given) and not all(given):
            raise ValueError("name a need with an amount and its unit, or none of the three")
        return self

    def require_public(self) -> None:
        require_public((("what", self.what), ("how", self.how)))


class AcceptBody(Body):
    """Yes, or yes but otherwise. Without an amount it is what was written down."""

    amount: Amount | None = None
    due: Day
    how: LongText | None = None
    publication: Publication

    def require_public(self) -> None:
        require_public([("how", self.how)])


class UntilBody(Body):
    """Until when they deliberate"""

    until: Day


class SomebodyBody(Body):
    """Who decides, or who takes it over: a person known here"""

    person_id: Id


class TakeOverBody(Body):
    """Whether they take it over"""

    is_taken: bool


class ReasonBody(Body):
    """Why, in their words"""

    reason: Title


class MaybeReasonBody(Body):
    """Why, if they say so"""

    reason: Title | None = None


class ReplanBody(ReasonBody):
    """The new day and why"""

    due: Day


class ProgressBody(Body):
    """How far it is; `done` is the amount so far"""

    note: Title
    done: Amount | None = None


class AmountBody(Body):
    """How much; without it, all of it"""

    amount: Amount | None = None


class PublicationBody(Body):
    """What everybody may read of it"""

    publication: Publication


class CorrectionBody(ReasonBody):
    """What it should have said; without an amount, that stays"""

    what: Title
    how: LongText
    due: Day
    amount: Amount | None = None

    def require_public(self) -> None:
        require_public((("what", self.what), ("how", self.how)))


class SettleBody(ReasonBody):
    """How staff settle what is disputed: so much came, it goes on until a day, or neither"""

    received: Amount | None = None
    due: Day | None = None

    @model_validator(mode="after")
    def check_outcome(self) -> "SettleBody":
        if self.received and self.due:
            raise ValueError("say what came or the new day, not both")
        return self
