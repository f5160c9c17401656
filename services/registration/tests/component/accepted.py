"""Accepted pitches and contacts of organisations, for tests of what people do with them."""

from services.registration.tests.component.desk import Desk, Json, plan_for_work


async def submitted_pitch(desk: Desk, gathering_id: str, **more: str) -> Json:
    """A pitch as the API shows it, to be reviewed."""
    made = await desk.client.post(f"/gatherings/{gathering_id}/pitches", json=plan_for_work(**more))
    assert made.status_code == 201, made.text
    pitch: Json = made.json()
    return pitch


async def accepted_pitch(desk: Desk, gathering_id: str, title: str = "OCTA", **more: str) -> Json:
    """A pitch as the API shows it, accepted."""
    made = await submitted_pitch(desk, gathering_id, title=title, **more)
    answer = await desk.client.post(f"/pitches/{made['id']}/review", json={"decision": "accepted"})
    assert answer.status_code == 200, answer.text
    accepted: Json = answer.json()
    return accepted


async def accepted_pitches(desk: Desk, gathering_id: str, number: int) -> list[str]:
    """The ids of accepted pitches in order of handing in."""
    return [
        (await accepted_pitch(desk, gathering_id, f"Plan {at}"))["id"]
        for at in range(1, number + 1)
    ]


async def answers_for(desk: Desk, organisation_id: str, *person_ids: str) -> None:
    """These people become the organisation's contacts."""
    await desk.service.mongo["organisations"].update_one(
        {"_id": organisation_id}, {"$set": {"contacts": [*person_ids]}}
    )
