"""Lists of attendees for staff: with names, addresses, organisation and invitation. Read only."""

from collections.abc import Sequence

from doorpakken_plumbing.mongo.database import Documents

from doorpakken_registration.common.store.paging import Page, Part
from doorpakken_registration.gatherings.model.attendee import Attendee
from doorpakken_registration.gatherings.named_attendees import list_named
from doorpakken_registration.gatherings.store import attendees as store
from doorpakken_registration.seats.store import waves as waves_store


async def page(
    documents: Documents, gathering_id: str, part: Part, **fields: str | None
) -> Page[dict[str, object]]:
    found = await store.page_attendees(documents, gathering_id, part, **fields)
    return Page(await list_shown(documents, gathering_id, found.items), found.last)


async def list_shown(
    documents: Documents, gathering_id: str, found: Sequence[Attendee]
) -> list[dict[str, object]]:
    """The fields of `list_named` with the state of the invitation, None for one who has none."""
    ids = [one.id for one in found]
    invitations = await waves_store.invitation_states(documents, gathering_id, ids)
    named = await list_named(documents, found)
    return [
        each | {"invitation": invitations.get(one)} for one, each in zip(ids, named, strict=True)
    ]
