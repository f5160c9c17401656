"""Assembles the notification service; connects to nothing before it is started."""

from doorpakken_pages import api_docs, static_files
from doorpakken_plumbing import app as plumbing
from doorpakken_plumbing.messaging.staff_work import saying
from doorpakken_plumbing.service import Parts, Service
from fastapi import FastAPI

from doorpakken_notification import reconcile, reconcile_promises, store, waiting
from doorpakken_notification.delivery import deliver
from doorpakken_notification.handlers import HANDLERS, TOMBSTONES
from doorpakken_notification.routes import calls, mails, outbox, unsubscribe, waves
from doorpakken_notification.settings import Settings


async def say_work(service: Service) -> None:
    assert isinstance(service.settings, Settings)
    await saying(waiting.list_current, waiting.looks_of(service.settings))(service)


PARTS = Parts(
    routers=(
        waves.router,
        mails.router,
        outbox.router,
        calls.router,
        unsubscribe.router,
        static_files(),
        api_docs,
    ),
    handlers=HANDLERS,
    tombstones=TOMBSTONES,
    timers={**reconcile.TIMERS, **reconcile_promises.TIMERS},
    indexes=store.INDEXES,
    tasks=(deliver, say_work),
)


def create_app(settings: Settings) -> FastAPI:
    return plumbing.create_app(settings, PARTS)
