"""What requests about an outcome carry. Public text holds no address and no number."""

from typing import Annotated

from pydantic import Field, model_validator

from doorpakken_registration.common.model.amounts import AMOUNT_MAX
from doorpakken_registration.outcomes.lines import Line, Owner
from doorpakken_registration.people.model.person import Introduction
from doorpakken_registration.web import fields
from doorpakken_registration.web.fields import (
    Body,
    Day,
    Email,
    Id,
    LongText,
    Name,
    Phone,
    require_public,
)

PEOPLE_MAX = 100


class LineBody(Body):
    """What was agreed. Toward a need with an amount in its unit, and then `what` may be left out;
    else it is an action. Lines with one `agreement_id` were agreed together."""

    what: fields.Line = ""
    due: Day
    how: LongText = ""
    need_id: Id | None = None
    amount: Annotated[int, Field(strict=True, gt=0, le=AMOUNT_MAX)] | None = None
    agreement_id: Id | None = None

    @model_validator(mode="after")
    def check_kind(self) -> "LineBody":
        if (self.need_id is None) != (self.amount is None):
            raise ValueError("name a need with an amount, or neither")
        return self

    def line(self) -> Line:
        """Raises ContactDetailsInPublicText."""
        require_public((("what", self.what), ("how", self.how)))
        return Line(
            due=self.due,
            what=self.what,
            how=self.how,
            need_id=self.need_id,
            amount=self.amount,
            agreement_id=self.agreement_id,
        )


class OwnerBody(Body):
    """Who does it: a person at the table, an organisation, or a name with one address, perhaps for
    the organisation of that name."""

    person_id: Id | None = None
    organisation_id: Id | None = None
    name: Name | None = None
    email: Email | None = None
    phone: Phone | None = None
    organisation: Name | None = None

    @model_validator(mode="after")
    def check_one(self) -> "OwnerBody":
        if sum(map(bool, (self.person_id, self.organisation_id, self.name))) != 1:
            raise ValueError("name one person or organisation")
        if self.name and not (self.email or self.phone):
            raise ValueError("give an address with the name")
        return self

    def owner(self, language: str) -> Owner:
        who = Introduction(self.name, self.email, self.phone, language) if self.name else None
        return Owner(self.person_id, self.organisation_id, who, self.organisation)


class NewLineBody(LineBody):
    """`line_id` is made by who sends it: the same again, however late, is the same line."""

    line_id: Id
    owner: OwnerBody


class PeopleBody(Body):
    """Who was there after all, or not: attendees with a seat, and names of others. Who is not named
    stays as they were."""

    came: Annotated[tuple[Id, ...], Field(max_length=PEOPLE_MAX)] = ()
    absent: Annotated[tuple[Id, ...], Field(max_length=PEOPLE_MAX)] = ()
    names: Annotated[tuple[Name, ...], Field(max_length=PEOPLE_MAX)] = ()
    dropped: Annotated[tuple[Name, ...], Field(max_length=PEOPLE_MAX)] = ()


class DoneBody(Body):
    """That all is written; where nothing was agreed, why, and a next day if there is one."""

    why_nothing: LongText | None = None
    next_day: Day | None = None

    def require_public(self) -> None:
        require_public([("why_nothing", self.why_nothing)])
