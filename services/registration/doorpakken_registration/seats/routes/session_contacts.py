"""HTTP API to see who takes part in a session, among people with a seat who agreed to be seen.
Refuses everybody else, staff included."""

from doorpakken_plumbing.http.openapi import problems
from doorpakken_plumbing.service import ServiceDep
from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from doorpakken_registration.people.routes.visitor import Visitor
from doorpakken_registration.seats import session_contacts
from doorpakken_registration.seats.routes.own_sign_up import own_sign_up
from doorpakken_registration.web.fields import Body
from doorpakken_registration.web.page import PAGES

router = APIRouter(prefix="/api/v1", tags=["sessions"])

# What people agree to; stored with their consent as it was shown to them.
WORDS = "Mogen anderen in deze sessie uw naam en e-mailadres zien?"


class ContactBody(Body):
    """Whether the others who said yes may see one's name and e-mail address."""

    is_given: bool


class Contact(BaseModel):
    """Somebody who said yes too."""

    name: str
    email: str | None


class ContactsView(BaseModel):
    """How many take part; the others and who leads it only for who lets themselves be seen."""

    taking_part: int
    is_given: bool
    host: str | None = Field(description="the name of who leads the session")
    others: list[Contact]


@router.get(
    "/sign-ups/{sign_up_id}/contacts",
    summary="See who takes part in a session",
    responses=problems(404, 409),
)
async def show(sign_up_id: str, here: ServiceDep, visitor: Visitor) -> ContactsView:
    """For who has this seat."""
    sign_up = await own_sign_up(here, sign_up_id, visitor)
    seen = await session_contacts.look(here.mongo, sign_up)
    others = [Contact(name=one.name, email=one.email) for one in seen.others]
    return ContactsView(
        taking_part=seen.taking_part, is_given=seen.is_given, host=seen.host, others=others
    )


@router.put(
    "/sign-ups/{sign_up_id}/contacts",
    summary="Let the others in a session see you, or not any more",
    responses=problems(404, 409),
)
async def say(
    sign_up_id: str, body: ContactBody, request: Request, here: ServiceDep, visitor: Visitor
) -> ContactsView:
    """Saying the same again changes nothing."""
    sign_up = await own_sign_up(here, sign_up_id, visitor)
    words = PAGES.text(request, WORDS)
    await here.transact(
        lambda tx: session_contacts.say(tx, sign_up.id, words, is_given=body.is_given)
    )
    return await show(sign_up_id, here, visitor)
