"""Attendees as staff see them: with names, addresses, organisation and invitation.
Refuses nothing; it only reads."""

from collections.abc import Sequence

from doorpakken_plumbing.mongo import Documents

from doorpakken_registration.model.attendee import Attendee
from doorpakken_registration.store import attendees as store
from doorpakken_registration.store import organisations as organisations_store
from doorpakken_registration.store import persons as persons_store
from doorpakken_registration.store import waves as waves_store
from doorpakken_registration.store.paging import Page, Part


async def page(
    documents: Documents, gathering_id: str, part: Part, **fields: str | None
) -> Page[dict[str, object]]:
    """Some attendees, who have these fields, as `list_shown` gives them."""
    found = await store.page_attendees(documents, gathering_id, part, **fields)
    return Page(await list_shown(documents, gathering_id, found.items), found.last)


async def list_shown(
    documents: Documents, gathering_id: str, found: Sequence[Attendee]
) -> list[dict[str, object]]:
    """Attendees of a gathering with names, addresses, organisation and invitation."""
    people = await persons_store.list_persons(documents, {one.person_id for one in found})
    by_id = {person.id: person for person in people}
    organisations = await organisations_store.list_organisations(
        documents, {one.organisation_id for one in found if one.organisation_id}
    )
    names = {one.id: one.name for one in organisations}
    invitations = await waves_store.invitation_states(
        documents, gathering_id, [one.id for one in found]
    )
    return [
        {
            **vars(one),
            "name": by_id[one.person_id].name,
            "email": by_id[one.person_id].email,
            "phone": by_id[one.person_id].phone,
            "organisation": names.get(one.organisation_id or ""),
            "invitation": invitations.get(one.id),
        }
        for one in found
    ]
