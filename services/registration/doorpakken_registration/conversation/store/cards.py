"""Paper cards that staff entered, in `cards`."""

from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import DESCENDING, Documents

from doorpakken_registration.common.store.documents import all_from, from_document, to_document
from doorpakken_registration.conversation.model.card import Card


async def put_card(tx: Transaction, card: Card) -> None:
    await tx["cards"].replace_one({"_id": card.id}, to_document(card), upsert=True)


async def find_card(documents: Documents, card_id: str) -> Card | None:
    document = await documents["cards"].find_one({"_id": card_id})
    return from_document(Card, document) if document else None


async def list_last_cards(documents: Documents, gathering_id: str, limit: int) -> list[Card]:
    wanted = {"gathering_id": gathering_id, "is_undone": False}
    sort = [("entered_at", DESCENDING), ("_id", DESCENDING)]
    return all_from(Card, await documents["cards"].find(wanted, sort=sort, limit=limit))


async def count_cards(documents: Documents, gathering_id: str) -> int:
    return await documents["cards"].count({"gathering_id": gathering_id, "is_undone": False})
