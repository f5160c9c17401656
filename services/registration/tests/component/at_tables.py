"""Portraits, tables and insights, for tests of what becomes of them."""

from services.registration.tests.component.desk import Desk, Json


async def portrait_at(desk: Desk, gathering_id: str, title: str = "Dit is Gladys") -> str:
    """The id of a portrait."""
    made = await desk.client.post(f"/gatherings/{gathering_id}/personas", json={"title": title})
    assert made.status_code == 201, made.text
    persona_id: str = made.json()["id"]
    return persona_id


async def table_at(desk: Desk, gathering_id: str, **about: str) -> Json:
    """A table as the API shows it, about a new portrait unless told otherwise."""
    about = about or {"persona_id": await portrait_at(desk, gathering_id)}
    made = await desk.client.post(
        f"/gatherings/{gathering_id}/tables", json={"label": "Tafel 1", **about}
    )
    assert made.status_code == 201, made.text
    table: Json = made.json()
    return table


async def insight_at(desk: Desk, code: str, text: str, decision: str = "") -> Json:
    """An insight as the API shows it, moderated if a decision is given."""
    made = await desk.client.post(f"/tables/{code}/perspectives", json={"text": text})
    assert made.status_code == 201, made.text
    shown: Json = made.json()
    if decision:
        path = f"/perspectives/{shown['id']}/moderate"
        shown = (await desk.client.post(path, json={"decision": decision})).json()
    return shown
