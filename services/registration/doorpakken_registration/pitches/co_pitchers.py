"""Limits how many co-pitchers one person names in a day: each of them is sent a mail."""

from datetime import timedelta

from doorpakken_plumbing.http.errors import Conflict
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.time import clock

from doorpakken_registration.pitches.store import pitches as store

NAMED_PER_DAY = 10


class TooManyNamed(Conflict):
    """They named enough people for one day."""

    slug = "too-many-named"
    dutch = "U noemde vandaag genoeg mensen. Laat ze nu weg, of wacht tot morgen."


async def require_few(tx: Transaction, pitchers: tuple[str, ...]) -> None:
    """Raises TooManyNamed if the first pitcher named more than `NAMED_PER_DAY` others in 24
    hours."""
    first, *others = pitchers
    if not others:
        return
    since = clock.now() - timedelta(days=1)
    today = [one for one in await store.list_pitches_by(tx, first) if one.submitted_at > since]
    named = {*others, *(one for pitch in today for one in pitch.pitchers)} - {first}
    if len(named) > NAMED_PER_DAY:
        raise TooManyNamed("You named enough people today. Name the next one tomorrow.")
