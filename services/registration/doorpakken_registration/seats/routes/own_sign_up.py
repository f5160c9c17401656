"""The seat or place in line that the holder of a link asks about."""

from doorpakken_plumbing.service import ServiceDep

from doorpakken_registration.people.model.person import Person
from doorpakken_registration.people.routes.visitor import nobody
from doorpakken_registration.seats import sign_ups
from doorpakken_registration.seats.model.sign_up import SignUp


async def own_sign_up(here: ServiceDep, sign_up_id: str, visitor: Person) -> SignUp:
    """The visitor's own seat or place in line; raises Unauthorised for anybody else."""
    sign_up = await sign_ups.get(here.mongo, sign_up_id)
    if sign_up.person_id != visitor.id:
        raise nobody()
    return sign_up
