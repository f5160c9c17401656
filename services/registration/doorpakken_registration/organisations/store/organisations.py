"""Organisations in `organisations`, found by name; a merged one stays and points to its target.
Pages hold those whose name contains all words of a search, by name, without merged ones."""

from collections.abc import Iterable

from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import ASCENDING, Document, Documents

from doorpakken_registration.common.model.search import words_in, words_of
from doorpakken_registration.common.store.documents import (
    all_from,
    from_document,
    matching,
    to_document,
)
from doorpakken_registration.common.store.paging import Leaf, Page, Part, read_leaf, read_page
from doorpakken_registration.people.model.person import Organisation

_ORDER = [("name_key", ASCENDING), ("_id", ASCENDING)]


async def add_organisations(tx: Transaction, organisations: Iterable[Organisation]) -> None:
    await tx["organisations"].insert_many([_document(one) for one in organisations])


async def put_organisation(tx: Transaction, organisation: Organisation) -> None:
    await tx["organisations"].replace_one({"_id": organisation.id}, _document(organisation))


async def find_organisation(documents: Documents, organisation_id: str) -> Organisation | None:
    document = await documents["organisations"].find_one({"_id": organisation_id})
    return from_document(Organisation, document) if document else None


async def hold_organisations(tx: Transaction, ids: Iterable[str]) -> None:
    """Writes each without changing it, so that a merge at the same time conflicts."""
    wanted = [*ids]
    if wanted:
        await tx["organisations"].update_many({"_id": {"$in": wanted}}, {"$inc": {"held": 1}})


async def list_organisations(documents: Documents, ids: Iterable[str]) -> list[Organisation]:
    found = await documents["organisations"].find({"_id": {"$in": [*ids]}})
    return all_from(Organisation, found)


async def list_organisations_named(
    documents: Documents, name_keys: Iterable[str]
) -> list[Organisation]:
    """Includes merged ones."""
    wanted = [*name_keys]
    if not wanted:
        return []
    found = await documents["organisations"].find({"name_key": {"$in": wanted}})
    return all_from(Organisation, found)


async def list_merged_into(documents: Documents, organisation_id: str) -> list[Organisation]:
    found = await documents["organisations"].find({"merged_into": organisation_id})
    return all_from(Organisation, found)


async def list_organisations_of_contact(documents: Documents, person_id: str) -> list[Organisation]:
    found = await documents["organisations"].find({"contacts": person_id})
    return all_from(Organisation, found)


async def page_organisations_by_name(
    documents: Documents, search: str, part: Part
) -> Page[Organisation]:
    wanted = _unmerged(search)
    return await read_page(documents["organisations"], wanted, _ORDER, part, Organisation)


def _unmerged(search: str) -> Document:
    return {"merged_into": None, **matching(words_of(search))}


def _document(organisation: Organisation) -> Document:
    return {**to_document(organisation), "words": words_in([organisation.name_key])}


async def page_organisations(
    documents: Documents, search: str, *, skip: int, limit: int
) -> Leaf[Organisation]:
    wanted = _unmerged(search)
    return await read_leaf(documents["organisations"], wanted, _ORDER, skip, limit, Organisation)
