"""Forgetting a person: what each service answered when it wiped what it knew of them."""

from doorpakken_events.erasure import ErasureConfirmed
from doorpakken_plumbing.transaction import Transaction


async def fold_answer(tx: Transaction, answer: ErasureConfirmed) -> None:
    """Keeps that a service wiped the person."""
    fields = {f"answers.{answer.service}": answer.confirmed_at}
    await tx["erasures"].update_one({"_id": answer.person_id}, {"$set": fields}, upsert=True)
