"""Limits how often the same person can be entered in public forms.
Refuses a script that repeats a name or an address; people in one hall differ in both."""

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
    """Counts the name and each address per client, so that a stranger elsewhere cannot block
    somebody from entering their own; raises TooMany."""
    if staff:
        return
    for one in (key_of(name), *addresses):
        if one:
            await limit_same(request, staff, f"{form} by", client_of(request), one)
