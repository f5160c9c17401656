"""Requests one mail to a person that no state causes, such as a question to somebody else.
Refuses people who are not known (any more)."""

from collections.abc import Sequence

from doorpakken_events.registration import MailRequested
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.time import clock

from doorpakken_registration.people import persons
from doorpakken_registration.people.store import mail_requests as store


async def request(
    tx: Transaction,
    person_id: str,
    kind: str,
    object_id: str,
    *,
    gathering_id: str,
    mail_request_id: str | None = None,
    pitch_id: str | None = None,
    organisation_id: str | None = None,
    from_person_id: str | None = None,
    text: str | None = None,
) -> None:
    """A new id unless `mail_request_id` is given; raises NotFound."""
    await persons.hold(tx, person_id)
    said = MailRequested(
        mail_request_id=mail_request_id or tx.new_id(),
        person_id=person_id,
        kind=kind,
        object_id=object_id,
        gathering_id=gathering_id,
        pitch_id=pitch_id,
        organisation_id=organisation_id,
        from_person_id=from_person_id,
        text=text,
        requested_at=clock.now(),
    )
    await _put(tx, said, 1)


async def forget(tx: Transaction, person_id: str, attendee_ids: Sequence[str]) -> int:
    """Deletes requests to the person with tombstones, and removes their name from requests they
    made to others; returns the number of both."""
    found = await store.list_mail_requests_of(tx, person_id)
    theirs = [(said, version) for said, version in found if said.person_id == person_id]
    for said, version in theirs:
        tx.publish_tombstones(MailRequested, said.mail_request_id, version)
    await store.delete_mail_requests(tx, [said.mail_request_id for said, _ in theirs])
    for said, version in found:
        if said.person_id != person_id:
            await _put(tx, said.model_copy(update={"from_person_id": None}), version + 1)
    return len(found)


async def _put(tx: Transaction, said: MailRequested, version: int) -> None:
    await store.put_mail_request(tx, said, version)
    tx.publish(said, version)
