"""Staff accounts and sessions, in `staff` and `staff_sessions`."""

from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Documents

from doorpakken_registration.common.store.documents import from_document, to_document
from doorpakken_registration.staff.model.staff import Account, StaffSession


async def has_staff(documents: Documents) -> bool:
    return await documents["staff"].find_one({}) is not None


async def find_account(documents: Documents, staff_id: str) -> Account | None:
    document = await documents["staff"].find_one({"_id": staff_id})
    return from_document(Account, document) if document else None


async def find_account_by_email(documents: Documents, email: str) -> Account | None:
    document = await documents["staff"].find_one({"email": email})
    return from_document(Account, document) if document else None


async def put_account(tx: Transaction, account: Account) -> None:
    await tx["staff"].replace_one({"_id": account.id}, to_document(account), upsert=True)


async def add_session(tx: Transaction, session: StaffSession) -> None:
    await tx["staff_sessions"].insert_one(to_document(session))


async def find_session_by_secret(documents: Documents, secret_hash: str) -> StaffSession | None:
    document = await documents["staff_sessions"].find_one({"secret_hash": secret_hash})
    return from_document(StaffSession, document) if document else None


async def remove_session(tx: Transaction, session_id: str) -> None:
    await tx["staff_sessions"].delete_one({"_id": session_id})
