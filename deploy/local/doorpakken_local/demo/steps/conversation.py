"""The open conversation: portraits with the needs that would help, and the insights that tables
note. Staff decide which insights are public."""

from doorpakken_local.demo.play import Play
from doorpakken_local.demo.stories.parts import Insight, Portrait, TalkTable
from doorpakken_local.demo.visiting.crowd import each
from doorpakken_local.demo.visiting.web import API, Client, Json


async def hold(play: Play) -> None:
    made = await each(play.story.portraits, lambda portrait: _describe(play, portrait))
    play.tally.portraits = len(made)
    ids = {one["title"]: one["id"] for one in made}
    await each(play.story.tables, lambda table: _talk(play, table, ids[table.portrait]))


async def _describe(play: Play, portrait: Portrait) -> Json:
    needs = [play.need_ids[name] for name in portrait.needs]
    body = portrait.model_dump(mode="json", exclude={"needs"}) | {"need_ids": needs}
    return await play.desk.registration.post(f"{play.gathering_path}/personas", body)


async def _talk(play: Play, table: TalkTable, portrait_id: str) -> None:
    about = {"label": table.label, "persona_id": portrait_id}
    opened = await play.desk.registration.post(f"{play.gathering_path}/tables", about)
    phone = play.web.client(play.place.urls["registration"])
    for insight in table.insights:
        noted = await _note(phone, opened["code"], insight)
        path = f"{API}/perspectives/{noted['id']}/moderate"
        await play.desk.registration.post(path, {"decision": insight.becomes})
        play.tally.insights[insight.becomes] += 1


async def _note(phone: Client, code: str, insight: Insight) -> Json:
    return await phone.post(f"{API}/tables/{code}/perspectives", {"text": insight.text})
