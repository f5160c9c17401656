"""Makes check-ins conflict with the publishing of a plan: each check-in writes one of the
gathering's gates, publishing writes them all. So an attendee who checks in then is in the plan or
finds it published; with reads alone both transactions would commit and miss the attendee."""

from zlib import crc32

from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Documents, UpdateOne

GATES = "gates"
GATE_COUNT = 16  # so that concurrent check-ins seldom conflict


def gate_of(gathering_id: str, attendee_id: str) -> str:
    return f"{gathering_id}/{crc32(attendee_id.encode()) % GATE_COUNT}"


async def pass_gate(tx: Transaction, gathering_id: str, attendee_id: str) -> str | None:
    """Writes the attendee's gate; returns the run that is published by now, if any."""
    gate = await tx[GATES].find_one_and_update(
        {"_id": gate_of(gathering_id, attendee_id)},
        {"$inc": {"passed": 1}, "$set": {"gathering_id": gathering_id}},
        upsert=True,
    )
    return gate.get("run_id") if gate else None


async def close_gates(tx: Transaction, gathering_id: str, run_id: str) -> None:
    """Later check-ins find this run; concurrent ones conflict and are retried."""
    await tx[GATES].bulk_write(
        [
            UpdateOne(
                {"_id": f"{gathering_id}/{number}"},
                {"$set": {"run_id": run_id, "gathering_id": gathering_id}},
                upsert=True,
            )
            for number in range(GATE_COUNT)
        ]
    )


async def find_published_run(docs: Documents, gathering_id: str) -> str | None:
    # All gates are written together, so reading one is enough.
    gate = await docs[GATES].find_one({"_id": f"{gathering_id}/0"})
    return gate.get("run_id") if gate else None
