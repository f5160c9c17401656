"""Links that were mailed to choose a password and are not used yet, in `staff_links`."""

from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Documents

from doorpakken_registration.common.store.documents import from_document, to_document
from doorpakken_registration.staff.model.staff import PasswordLink


async def add_link(tx: Transaction, link: PasswordLink) -> None:
    await tx["staff_links"].insert_one(to_document(link))


async def find_link(documents: Documents, link_id: str) -> PasswordLink | None:
    document = await documents["staff_links"].find_one({"_id": link_id})
    return from_document(PasswordLink, document) if document else None


async def remove_links_of(tx: Transaction, staff_id: str) -> None:
    await tx["staff_links"].delete_many({"staff_id": staff_id})
