"""What the door needs of the participants of a gathering, without anybody's address."""

from collections.abc import Iterable, Mapping, Sequence

from doorpakken_plumbing.mongo.database import Document, Documents, UpdateOne

_FIELDS = {"person_id": 1, "kind": 1, "state": 1}


async def list_rows(documents: Documents, gathering_id: str) -> list[Document]:
    """`_id`, `person_id`, `kind` and `state` of each, also of those who cancelled."""
    return await documents["attendees"].find({"gathering_id": gathering_id}, projection=_FIELDS)


async def list_rows_with_code(
    documents: Documents, gathering_id: str, codes: Sequence[str]
) -> list[Document]:
    """As `list_rows`, of those whose code was kept and is one of these."""
    wanted = {"gathering_id": gathering_id, "door.codes": {"$in": [*codes]}}
    return await documents["attendees"].find(wanted, projection=_FIELDS)


async def list_without_codes(documents: Documents, gathering_id: str, mark: str) -> list[str]:
    """The ids of attendees whose codes were not kept since their document was written, or not with
    the keys of this mark."""
    wanted = {"gathering_id": gathering_id, "door.mark": {"$ne": mark}}
    return [one["_id"] for one in await documents["attendees"].find(wanted, projection={"_id": 1})]


async def keep_codes(documents: Documents, codes: Mapping[str, Sequence[str]], mark: str) -> None:
    """By attendee id; not for one who is gone."""
    await documents["attendees"].bulk_write(
        [
            UpdateOne({"_id": id_}, {"$set": {"door": {"mark": mark, "codes": [*theirs]}}})
            for id_, theirs in codes.items()
        ]
    )


async def list_names(documents: Documents, person_ids: Iterable[str]) -> dict[str, str]:
    """By person id."""
    found = await documents["persons"].find({"_id": {"$in": [*person_ids]}}, projection={"name": 1})
    return {one["_id"]: one["name"] for one in found}


async def list_ids_named(
    documents: Documents, gathering_id: str, begins: Sequence[str], most: int
) -> list[str]:
    """The ids of those whose search words, from names and addresses, begin like all of these."""
    rows = await list_rows(documents, gathering_id)
    people = await documents["persons"].find(
        {"_id": {"$in": [one["person_id"] for one in rows]}}, projection={"words": 1}
    )
    words = {one["_id"]: one.get("words", ()) for one in people}
    named = [one["_id"] for one in rows if _begin(words.get(one["person_id"], ()), begins)]
    return named[:most]


def _begin(words: Sequence[str], begins: Sequence[str]) -> bool:
    return all(any(word.startswith(begin) for word in words) for begin in begins)
