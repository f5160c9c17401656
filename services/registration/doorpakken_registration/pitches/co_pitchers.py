"""Whom somebody names to pitch with them: each is sent a mail, so they are few in a day.
Refuses more."""

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
    """Raises TooManyNamed when the first of these pitchers names the others beyond the limit."""
    first, *others = pitchers
    if not others:
        return
    since = clock.now() - timedelta(days=1)
    today = [one for one in await store.list_pitches_by(tx, first) if one.submitted_at > since]
    named = {*others, *(one for pitch in today for one in pitch.pitchers)} - {first}
    if len(named) > NAMED_PER_DAY:
        raise TooManyNamed("You named enough people today. Name the next one tomorrow.")
