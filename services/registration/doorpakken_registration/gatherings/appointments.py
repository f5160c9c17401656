"""The calendar entries of gatherings."""

from doorpakken_plumbing.texts.calendar_ids import uid_of

from doorpakken_registration.gatherings.model.calendar import Appointment
from doorpakken_registration.gatherings.model.gathering import Gathering
from doorpakken_registration.settings import Settings


def of_gathering(gathering: Gathering, settings: Settings) -> Appointment:
    """Also for a cancelled gathering, so that calendars show the cancellation."""
    return Appointment(
        uid=uid_of(f"gathering:{gathering.id}", settings.mail_domain),
        version=gathering.version,
        title=gathering.title,
        text=gathering.ambition,
        starts_at=gathering.starts_at,
        ends_at=gathering.ends_at,
        place=", ".join(filter(None, (gathering.venue_name, gathering.venue_address))),
        url=f"{settings.registration_url}/g/{gathering.id}",
        status="CANCELLED" if gathering.is_cancelled else "CONFIRMED",
    )
