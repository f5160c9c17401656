"""The list of themes that a gathering may have: each once, and not too many to choose from."""

from doorpakken_plumbing.http.errors import Conflict
from doorpakken_plumbing.messaging.transaction import Transaction

from doorpakken_registration.gatherings.store import themes as store


class TooManyThemes(Conflict):
    """The list is full."""

    slug = "too-many-themes"
    dutch = "Er zijn al vijftig thema's. Haal er eerst een weg."


async def add(tx: Transaction, name: str) -> None:
    """Idempotent; raises TooManyThemes."""
    themes = await store.list_themes(tx)
    if name not in themes and len(themes) >= store.THEMES_MAX:
        raise TooManyThemes(f"There are {store.THEMES_MAX} themes. Take one away first.")
    await store.add_theme(tx, name)
