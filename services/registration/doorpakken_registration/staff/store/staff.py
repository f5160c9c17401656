"""Staff accounts and sessions, in `staff` and `staff_sessions`."""

from collections.abc import Iterable

from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import ASCENDING, Documents

from doorpakken_registration.common.store.documents import all_from, from_document, to_document
from doorpakken_registration.common.store.paging import Page, Part, read_page
from doorpakken_registration.staff.model.staff import Account, StaffSession

# Written by every transaction after which there may be fewer administrators.
_GUARD = {"_id": "administrators"}


async def has_staff(documents: Documents) -> bool:
    return await documents["staff"].find_one({}) is not None


async def find_account(documents: Documents, staff_id: str) -> Account | None:
    document = await documents["staff"].find_one({"_id": staff_id})
    return from_document(Account, document) if document else None


async def find_account_by_email(documents: Documents, email: str) -> Account | None:
    document = await documents["staff"].find_one({"email": email})
    return from_document(Account, document) if document else None


async def list_accounts(documents: Documents, staff_ids: Iterable[str]) -> list[Account]:
    return all_from(Account, await documents["staff"].find({"_id": {"$in": [*staff_ids]}}))


async def list_accounts_of(documents: Documents, person_ids: Iterable[str]) -> list[Account]:
    found = await documents["staff"].find({"person_id": {"$in": [*person_ids]}})
    return all_from(Account, found)


async def list_accounts_without_person(documents: Documents) -> list[Account]:
    return all_from(Account, await documents["staff"].find({"person_id": None}))


async def page_accounts(documents: Documents, part: Part) -> Page[Account]:
    order = [("email", ASCENDING), ("_id", ASCENDING)]
    return await read_page(documents["staff"], {}, order, part, Account)


async def hold_account(tx: Transaction, account: Account) -> bool:
    """Writes to the account without changing it, so that a concurrent change conflicts. False if
    the password is another one by now, or the account is blocked or gone."""
    same = {"_id": account.id, "password_hash": account.password_hash, "active": True}
    return await tx["staff"].find_one_and_update(same, {"$inc": {"held": 1}}) is not None


async def hold_administrators(tx: Transaction) -> None:
    """Of two concurrent transactions that call it, one runs again."""
    await tx["staff_guard"].update_one(_GUARD, {"$inc": {"changes": 1}}, upsert=True)


async def has_other_administrator(documents: Documents, staff_id: str) -> bool:
    found = await documents["staff"].find({"is_administrator": True}, projection={"_id": 1})
    return any(one["_id"] != staff_id for one in found)


async def put_account(tx: Transaction, account: Account) -> None:
    document = to_document(account) | {"is_administrator": account.is_administrator}
    await tx["staff"].replace_one({"_id": account.id}, document, upsert=True)


async def remove_account(tx: Transaction, staff_id: str) -> None:
    await tx["staff"].delete_one({"_id": staff_id})


async def add_session(tx: Transaction, session: StaffSession) -> None:
    await tx["staff_sessions"].insert_one(to_document(session))


async def find_session_by_secret(documents: Documents, secret_hash: str) -> StaffSession | None:
    document = await documents["staff_sessions"].find_one({"secret_hash": secret_hash})
    return from_document(StaffSession, document) if document else None


async def list_sessions(documents: Documents, staff_id: str) -> list[StaffSession]:
    return all_from(StaffSession, await documents["staff_sessions"].find({"staff_id": staff_id}))


async def remove_sessions(tx: Transaction, session_ids: Iterable[str]) -> None:
    await tx["staff_sessions"].delete_many({"_id": {"$in": [*session_ids]}})
