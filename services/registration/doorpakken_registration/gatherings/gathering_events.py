"""The events of gatherings, each with its whole state."""

from doorpakken_events.catalogue import event_of_move
from doorpakken_events.registration import EarlierMoment, GatheringState, Venue

from doorpakken_registration.gatherings.model.gathering import Earlier, Gathering


def event_of(before: Gathering, gathering: Gathering) -> GatheringState:
    kind = event_of_move(GatheringState, before.state, gathering.state)
    return kind(
        gathering_id=gathering.id,
        title=gathering.title,
        ambition=gathering.ambition,
        theme=gathering.theme,
        continues=gathering.continues,
        starts_at=gathering.starts_at,
        ends_at=gathering.ends_at,
        venue=Venue(name=gathering.venue_name, address=gathering.venue_address),
        earlier=tuple(_earlier(one) for one in gathering.earlier),
        capacity=gathering.capacity,
        registration_opens_at=gathering.registration_opens_at,
        registration_closes_at=gathering.registration_closes_at,
        follow_up_from=gathering.follow_up_from,
        follow_up_until=gathering.follow_up_until,
        state=gathering.state,
        reason=gathering.reason,
    )


def _earlier(one: Earlier) -> EarlierMoment:
    venue = Venue(name=one.venue_name, address=one.venue_address)
    return EarlierMoment(
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        venue=venue,
        until=one.until,
        reason=one.reason,
    )
