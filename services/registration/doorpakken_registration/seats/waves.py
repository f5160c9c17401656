"""Stores plans and invitations as received, so that people can answer and staff can see them."""

from typing import Any

from doorpakken_events.matching import PlanPublished, SessionsRecommended, Suggestion
from doorpakken_events.notification import MailState
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Documents

from doorpakken_registration.seats import holds
from doorpakken_registration.seats.model.answer import Wave
from doorpakken_registration.seats.store import sign_ups as sign_ups_store
from doorpakken_registration.seats.store import waves as store


async def fold_plan(tx: Transaction, plan: PlanPublished, version: int) -> None:
    wave = Wave(
        id=plan.run_id,
        version=version,
        gathering_id=plan.gathering_id,
        recommendations=plan.recommendations,
        sessions=plan.sessions,
        answer_by=plan.answer_by,
        published_at=plan.published_at,
    )
    await store.put_wave(tx, wave)
    await holds.owe(tx, wave.id)


async def fold_recommendation(
    tx: Transaction, recommended: SessionsRecommended, version: int
) -> None:
    before = await store.find_recommendation(tx, recommended.attendee_id) or {}
    is_anew = bool(before.get("is_taken_back") or before.get("is_anew"))
    document = {
        "version": version,
        "gathering_id": recommended.gathering_id,
        "run_id": recommended.run_id,
        "seats": _suggestions(recommended.seats),
        "alternatives": _suggestions(recommended.alternatives),
        "is_taken_back": recommended.is_taken_back,
        "is_anew": is_anew,
        "is_held": recommended.is_taken_back,
    }
    await store.put_recommendation(tx, recommended.attendee_id, document)
    if recommended.is_taken_back:
        await holds.give_back(tx, recommended.attendee_id)
    else:
        await holds.owe(tx, recommended.run_id)


async def fold_invitation(tx: Transaction, invitation: MailState, version: int) -> None:
    fields = invitation.model_dump(exclude={"mail_id"})
    await store.put_invitation(tx, invitation.mail_id, {**fields, "version": version})


async def is_about_sign_up(documents: Documents, sign_up_id: str, wave_id: str) -> bool:
    """An invitation covers all sign-ups at the gathering of its wave."""
    sign_up = await sign_ups_store.find_sign_up(documents, sign_up_id)
    wave = await store.find_wave(documents, wave_id)
    return bool(sign_up and wave and sign_up.gathering_id == wave.gathering_id)


def _suggestions(suggestions: tuple[Suggestion, ...]) -> list[dict[str, Any]]:
    return [suggestion.model_dump() for suggestion in suggestions]
