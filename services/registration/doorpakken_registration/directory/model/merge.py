"""When two people cannot be one. Conflicts are returned, not raised."""

from doorpakken_registration.seats.model.sign_up import Calendar, Entry


def both_at_once(one: Calendar, other: Calendar) -> Entry | None:
    """The first seat in `other` that overlaps a seat or a led session in `one`."""
    for entry in other.entries:
        if entry.is_taken and not one.is_free(entry.starts_at, entry.ends_at):
            return entry
    return None
