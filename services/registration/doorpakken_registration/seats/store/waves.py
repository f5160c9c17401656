"""Plans and invitations as received (`waves`, `recommendations`, `invitations`), and what people
answered (`answers`)."""

from collections.abc import Iterable

from doorpakken_events import states
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import (
    ASCENDING,
    DESCENDING,
    Document,
    Documents,
    ReplaceOne,
)

from doorpakken_registration.common.store.documents import all_from, from_document, to_document
from doorpakken_registration.seats.model.answer import InvitationAnswer, Wave


async def put_wave(tx: Transaction, wave: Wave) -> None:
    await tx["waves"].replace_one({"_id": wave.id}, to_document(wave), upsert=True)


async def find_wave(documents: Documents, wave_id: str) -> Wave | None:
    document = await documents["waves"].find_one({"_id": wave_id})
    return from_document(Wave, document) if document else None


async def find_latest_wave(documents: Documents, gathering_id: str) -> Wave | None:
    document = await documents["waves"].find_one(
        {"gathering_id": gathering_id}, sort=[("published_at", DESCENDING)]
    )
    return from_document(Wave, document) if document else None


async def put_recommendation(tx: Transaction, attendee_id: str, document: Document) -> None:
    await tx["recommendations"].replace_one(
        {"_id": attendee_id}, {**document, "_id": attendee_id}, upsert=True
    )


async def find_recommendation(documents: Documents, attendee_id: str) -> Document | None:
    return await documents["recommendations"].find_one({"_id": attendee_id})


async def list_unheld(
    documents: Documents, run_id: str, *, most: int, but: Iterable[str]
) -> list[Document]:
    unheld = {"run_id": run_id, "is_held": False, "_id": {"$nin": [*but]}}
    return await documents["recommendations"].find(unheld, sort=[("_id", ASCENDING)], limit=most)


async def mark_held(tx: Transaction, attendee_ids: Iterable[str]) -> None:
    """Also for attendees for whom no seat was free."""
    await tx["recommendations"].update_many(
        {"_id": {"$in": [*attendee_ids]}}, {"$set": {"is_held": True}}
    )


async def put_invitation(tx: Transaction, mail_id: str, document: Document) -> None:
    await tx["invitations"].replace_one({"_id": mail_id}, {**document, "_id": mail_id}, upsert=True)


async def invitation_states(
    documents: Documents, gathering_id: str, attendee_ids: Iterable[str]
) -> dict[str, str]:
    """By attendee id; attendees without an invitation are missing."""
    found = await documents["invitations"].find(
        {
            "gathering_id": gathering_id,
            "attendee_id": {"$in": [*attendee_ids]},
            "kind": "invitation",
        },
        projection={"attendee_id": 1, "state": 1},
    )
    return {row["attendee_id"]: row["state"] for row in found}


async def has_invitations(documents: Documents, gathering_id: str) -> bool:
    """Whether one was sent by mail."""
    wanted = {"gathering_id": gathering_id, "kind": "invitation", "state": states.Mail.SENT}
    return await documents["invitations"].find_one(wanted, projection={"_id": 1}) is not None


async def list_answers(documents: Documents, attendee_ids: Iterable[str]) -> list[InvitationAnswer]:
    wanted = [*attendee_ids]
    if not wanted:
        return []
    return all_from(
        InvitationAnswer, await documents["answers"].find({"attendee_id": {"$in": wanted}})
    )


async def find_answer(
    documents: Documents, wave_id: str, attendee_id: str
) -> InvitationAnswer | None:
    document = await documents["answers"].find_one({"wave_id": wave_id, "attendee_id": attendee_id})
    return from_document(InvitationAnswer, document) if document else None


async def count_answered(documents: Documents, wave_id: str) -> int:
    said = [states.Answer.ACCEPTED, states.Answer.DECLINED, states.Answer.MAYBE]
    return await documents["answers"].count({"wave_id": wave_id, "answer": {"$in": said}})


async def put_answers(tx: Transaction, answers: Iterable[InvitationAnswer]) -> None:
    await tx["answers"].bulk_write(
        [ReplaceOne({"_id": one.id}, to_document(one), upsert=True) for one in answers]
    )
