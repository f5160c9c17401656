"""How often one and the same person may be typed into forms that anybody can send.
Refuses a script that repeats a name or an address; a hall full of people differs in both."""

from doorpakken_plumbing.identity.clients import client_of
from doorpakken_plumbing.identity.limits import limit_same
from doorpakken_plumbing.identity.staff import Staff
from fastapi import Request

from doorpakken_registration.common.model.names import key_of


async def count_person(
    request: Request,
    staff: Staff | None,
    form: str,
    *,
    name: str = "",
    addresses: tuple[str | None, ...],
) -> None:
    """Counts a name and each address by machine, so that a stranger elsewhere keeps nobody from
    typing their own; raises TooMany."""
    if staff:
        return
    for one in (key_of(name), *addresses):
        if one:
            await limit_same(request, staff, f"{form} by", client_of(request), one)
