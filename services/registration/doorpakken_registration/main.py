"""Composes registration: its routes, event handlers, timers, indexes and start tasks."""

from doorpakken_plumbing import app as plumbing
from doorpakken_plumbing.messaging.staff_work import saying
from doorpakken_plumbing.service import Parts, Service
from fastapi import FastAPI

from doorpakken_registration.attendance import places, private_details
from doorpakken_registration.claims import claims
from doorpakken_registration.commitments import reminding
from doorpakken_registration.conversation import table_wishes
from doorpakken_registration.following import following
from doorpakken_registration.gatherings import gatherings
from doorpakken_registration.indexes import INDEXES
from doorpakken_registration.outcomes import asking
from doorpakken_registration.people import lost_links, name_keys, old_requests, search_words
from doorpakken_registration.pitches import counting
from doorpakken_registration.privacy import erasure, expire_followers
from doorpakken_registration.privacy import handlers as privacy_handlers
from doorpakken_registration.routers import EXAMPLES, ROUTERS
from doorpakken_registration.seats import handlers as seats_handlers
from doorpakken_registration.seats import holds, session_contacts, waves
from doorpakken_registration.settings import Settings
from doorpakken_registration.staff import first_account, password_links
from doorpakken_registration.work import handlers as work_handlers
from doorpakken_registration.work import today


async def make_first_account(service: Service) -> None:
    assert isinstance(service.settings, Settings)
    await first_account.give_persons(service.transact)
    await first_account.make(service.transact, service.settings)


async def remake_name_keys(service: Service) -> None:
    await name_keys.remake(service.mongo, service.transact)


PARTS = Parts(
    routers=ROUTERS,
    handlers={**seats_handlers.HANDLERS, **privacy_handlers.HANDLERS, **work_handlers.HANDLERS},
    tombstones=seats_handlers.TOMBSTONES,
    timers={
        **gatherings.TIMERS,
        **private_details.TIMERS,
        **holds.TIMERS,
        **erasure.TIMERS,
        **places.TIMERS,
        **lost_links.TIMERS,
        **old_requests.TIMERS,
        **following.TIMERS,
        **session_contacts.TIMERS,
        **expire_followers.TIMERS,
        **table_wishes.TIMERS,
        **claims.TIMERS,
        **reminding.TIMERS,
        **asking.TIMERS,
        **password_links.TIMERS,
    },
    indexes=INDEXES,
    examples=EXAMPLES,
    on_start=[
        make_first_account,
        gatherings.begin,
        remake_name_keys,
        old_requests.begin,
        counting.begin,
        search_words.begin,
    ],
    tasks=[saying(today.list_current, today.LOOKS)],
)


def create_app(settings: Settings) -> FastAPI:
    app = plumbing.create_app(settings, PARTS)
    # Path parameters that may name a part of a link's object instead of the object itself.
    app.state.parts_of_objects = {"sign_up_id": waves.is_about_sign_up}
    return app
