"""Finds a sign-up for the holder of a personal link."""

from doorpakken_plumbing.service import ServiceDep

from doorpakken_registration.people.model.person import Person
from doorpakken_registration.people.routes.visitor import nobody
from doorpakken_registration.seats import sign_ups
from doorpakken_registration.seats.model.sign_up import SignUp


async def own_sign_up(here: ServiceDep, sign_up_id: str, visitor: Person) -> SignUp:
    """Raises NotFound, or Unauthorised when the sign-up is somebody else's."""
    sign_up = await sign_ups.get(here.mongo, sign_up_id)
    if sign_up.person_id != visitor.id:
        raise nobody()
    return sign_up
