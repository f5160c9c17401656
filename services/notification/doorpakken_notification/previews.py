"""Renders one invitation of a wave, for staff to check before the release. Replaces the personal
link: whoever has it can act as that person."""

from dataclasses import dataclass, replace

from doorpakken_plumbing.http.errors import NotFound
from doorpakken_plumbing.mongo.database import Documents

from doorpakken_notification.compose import contents_of, words_of
from doorpakken_notification.model.contents import NotNow
from doorpakken_notification.settings import Settings
from doorpakken_notification.store import mails
from doorpakken_notification.store.reading import Reading

MOST_TRIED = 500


@dataclass(frozen=True)
class Preview:
    """A rendered mail."""

    subject: str
    text: str
    html: str


async def preview_of(
    documents: Documents, wave_id: str, language: str, settings: Settings
) -> Preview:
    """The first invitation in that language, of MOST_TRIED mails; one with nothing to choose, for
    who leads a session, only if there is no other. Raises NotFound if there is none."""
    reading, leading = Reading(documents), None
    for mail in await mails.list_of_wave(documents, wave_id, MOST_TRIED):
        try:
            contents = await contents_of(reading, mail, settings)
        except NotNow:
            continue
        if contents.recipient.language != language:
            continue
        values = {**contents.values, "url": settings.registration_url}
        preview = Preview(*words_of(replace(contents, values=values)))
        if not values["leads"]:
            return preview
        leading = leading or preview
    if leading:
        return leading
    raise NotFound("This wave has no invitation in that language yet.")
