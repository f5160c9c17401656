"""Who in a session may be seen by the others, in `seat_consents`, by the id of the sign-up."""

from collections.abc import Iterable

from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Documents

from doorpakken_registration.common.store.documents import all_from, from_document, to_document
from doorpakken_registration.people.model.consent import SeatConsent


async def put_seat_consent(tx: Transaction, consent: SeatConsent) -> None:
    document = to_document(consent)
    await tx["seat_consents"].replace_one({"_id": consent.id}, document, upsert=True)


async def find_seat_consent(documents: Documents, sign_up_id: str) -> SeatConsent | None:
    document = await documents["seat_consents"].find_one({"_id": sign_up_id})
    return from_document(SeatConsent, document) if document else None


async def list_given_for(documents: Documents, sign_up_ids: Iterable[str]) -> list[SeatConsent]:
    wanted = {"_id": {"$in": [*sign_up_ids]}, "is_given": True}
    return all_from(SeatConsent, await documents["seat_consents"].find(wanted))


async def delete_seat_consents(tx: Transaction, session_id: str) -> None:
    await tx["seat_consents"].delete_many({"session_id": session_id})
