"""Outcomes of sessions in the collection `outcomes`, under the id of their session."""

from collections.abc import Iterable

from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Documents

from doorpakken_registration.common.store.documents import all_from, from_document, to_document
from doorpakken_registration.outcomes.model.outcome import Outcome, State


async def put_outcome(tx: Transaction, outcome: Outcome) -> None:
    await tx["outcomes"].replace_one({"_id": outcome.id}, to_document(outcome), upsert=True)


async def find_outcome(documents: Documents, session_id: str) -> Outcome | None:
    document = await documents["outcomes"].find_one({"_id": session_id})
    return from_document(Outcome, document) if document else None


async def list_outcomes(documents: Documents, session_ids: Iterable[str]) -> list[Outcome]:
    found = await documents["outcomes"].find({"_id": {"$in": [*session_ids]}})
    return all_from(Outcome, found)


async def list_open(documents: Documents, gathering_id: str) -> list[Outcome]:
    wanted = {"gathering_id": gathering_id, "state": State.OPEN}
    return all_from(Outcome, await documents["outcomes"].find(wanted))


async def list_with(documents: Documents, attendee_ids: Iterable[str]) -> list[Outcome]:
    """Of the sessions where one of these came."""
    wanted = {"came": {"$in": [*attendee_ids]}}
    return all_from(Outcome, await documents["outcomes"].find(wanted))
