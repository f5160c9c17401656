"""The gates of a gathering: everybody who comes in passes one, and publishing a plan closes all of
them first. So whoever arrives at that very moment is either in the plan or finds it published; two
transactions that only read each other's documents would both commit and lose somebody."""

from zlib import crc32

from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Documents, UpdateOne

GATES = "gates"
GATE_COUNT = 16  # so that people who come in together seldom wait for each other


def gate_of(gathering_id: str, attendee_id: str) -> str:
    """The gate this attendee always passes."""
    return f"{gathering_id}/{crc32(attendee_id.encode()) % GATE_COUNT}"


async def pass_gate(tx: Transaction, gathering_id: str, attendee_id: str) -> str | None:
    """Comes in; the run published by then, if there is one."""
    gate = await tx[GATES].find_one_and_update(
        {"_id": gate_of(gathering_id, attendee_id)},
        {"$inc": {"passed": 1}, "$set": {"gathering_id": gathering_id}},
        upsert=True,
    )
    return gate.get("run_id") if gate else None


async def close_gates(tx: Transaction, gathering_id: str, run_id: str) -> None:
    """From here on whoever comes in finds this run; those coming in now conflict and look again."""
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
    """The run that is in force."""
    # They are closed together, so any of them tells.
    gate = await docs[GATES].find_one({"_id": f"{gathering_id}/0"})
    return gate.get("run_id") if gate else None
