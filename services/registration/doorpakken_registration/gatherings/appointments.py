"""The calendar entries of gatherings."""

from doorpakken_pages import gathering_news
from doorpakken_pages.gathering_news import Held
from doorpakken_plumbing.texts.calendar_ids import uid_of

from doorpakken_registration.gatherings.model.calendar import Appointment
from doorpakken_registration.gatherings.model.gathering import Earlier, Gathering
from doorpakken_registration.settings import Settings


def of_gathering(gathering: Gathering, settings: Settings, language: str) -> Appointment:
    """Also for a cancelled gathering, so that calendars show the cancellation."""
    return Appointment(
        uid=uid_of(f"gathering:{gathering.id}", settings.mail_domain),
        version=gathering.version,
        title=gathering.title,
        text="\n".join(filter(None, (*_news(gathering, language), gathering.ambition))),
        starts_at=gathering.starts_at,
        ends_at=gathering.ends_at,
        place=", ".join(filter(None, (gathering.venue_name, gathering.venue_address))),
        url=f"{settings.registration_url}/g/{gathering.id}",
        status="CANCELLED" if gathering.is_cancelled else "CONFIRMED",
    )


def _news(gathering: Gathering, language: str) -> tuple[str, ...]:
    """That it was cancelled or moved, and why."""
    if gathering.is_cancelled:
        reason = gathering.reason
        return gathering_news.cancelled(gathering.title, held(gathering), reason, language).lines
    was = gathering.last_move()
    if was is None:
        return ()
    return gathering_news.was_and_is(held(was), held(gathering), was.reason, language)


def held(one: Gathering | Earlier) -> Held:
    return Held(one.starts_at, one.ends_at, one.venue_name, one.venue_address)
