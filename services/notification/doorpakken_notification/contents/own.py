"""The mail with somebody's own link. Refuses to say more than why they get it."""

from doorpakken_events.registration import GatheringState, LinkRequested

from doorpakken_notification import wording
from doorpakken_notification.contents.writer import OWN_PAGE, Values, Writer, Written


async def personal_link(writer: Writer) -> Written:
    """The way to somebody's own page, and why they get it."""
    request = await writer.require(LinkRequested, writer.row["object_id"])
    values: Values = {
        "purpose": request.purpose,
        "gathering": None,
        "url": writer.url(OWN_PAGE, request.gathering_id or ""),
    }
    if request.gathering_id:
        values["gathering"] = await gathering_line(writer, request.gathering_id)
    return Written(values)


async def gathering_line(writer: Writer, gathering_id: str) -> Values:
    """A gathering in words: what, when and where."""
    gathering = await writer.require(GatheringState, gathering_id)
    return {
        "title": gathering.title,
        "when": wording.period(gathering.starts_at, gathering.ends_at, writer.language),
        "where": ", ".join(filter(None, (gathering.venue.name, gathering.venue.address))),
    }
