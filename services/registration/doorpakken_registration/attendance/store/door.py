"""What the door needs of the participants of a gathering, without anybody's address."""

from collections.abc import Iterable, Sequence

from doorpakken_plumbing.mongo.database import Document, Documents


async def list_rows(documents: Documents, gathering_id: str) -> list[Document]:
    """`_id`, `person_id`, `kind` and `state` of each, also of those who cancelled."""
    fields = {"person_id": 1, "kind": 1, "state": 1}
    return await documents["attendees"].find({"gathering_id": gathering_id}, projection=fields)


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
