"""Who may act for an organisation: its contact persons, and people who attended for it. Only a
contact person's statement counts as the organisation's own."""

from typing import Protocol

from doorpakken_plumbing.http.errors import Forbidden
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Documents

from doorpakken_registration.gatherings.store import attendees as attendees_store
from doorpakken_registration.organisations.store import organisations as organisations_store
from doorpakken_registration.people import mail_requests
from doorpakken_registration.people.model.person import Organisation
from doorpakken_registration.people.store import persons as persons_store


class Asked(Protocol):
    """What a contact is asked to confirm: support, an offer or a promise."""

    @property
    def id(self) -> str: ...
    @property
    def gathering_id(self) -> str: ...
    @property
    def pitch_id(self) -> str | None: ...


class NotOfOrganisation(Forbidden):
    """They do not belong to the organisation they speak for."""

    slug = "not-of-this-organisation"
    dutch = "Deze persoon hoort niet bij deze organisatie."


async def require_member(documents: Documents, person_id: str, organisation: Organisation) -> None:
    """Raises NotOfOrganisation unless the person is a contact or attended for it."""
    if person_id in organisation.contacts:
        return
    attended = await attendees_store.list_attendances(documents, person_id)
    if organisation.id not in {one.organisation_id for one in attended}:
        raise NotOfOrganisation("This person is not known as somebody of this organisation.")


async def is_contact(documents: Documents, person_id: str, organisation_id: str | None) -> bool:
    if organisation_id is None:
        return False
    organisation = await organisations_store.find_organisation(documents, organisation_id)
    return organisation is not None and person_id in organisation.contacts


async def ask_contacts(
    tx: Transaction,
    organisation: Organisation,
    kind: str,
    said: Asked,
    *,
    from_person_id: str | None,
) -> None:
    """By mail, or by a call of staff to who has no e-mail address."""
    for person in await persons_store.list_persons(tx, organisation.contacts):
        await mail_requests.request(
            tx,
            person.id,
            kind,
            said.id,
            gathering_id=said.gathering_id,
            pitch_id=said.pitch_id,
            organisation_id=organisation.id,
            from_person_id=from_person_id,
        )


async def list_organisations_of(documents: Documents, person_id: str) -> list[Organisation]:
    attended = await attendees_store.list_attendances(documents, person_id)
    ids = {one.organisation_id for one in attended if one.organisation_id}
    answered_for = await organisations_store.list_organisations_of_contact(documents, person_id)
    came_for = await organisations_store.list_organisations(documents, ids)
    by_id = {one.id: one for one in (*came_for, *answered_for)}
    return sorted(by_id.values(), key=lambda one: one.name_key)
