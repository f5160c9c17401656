"""Assembles the notification service; connects to nothing before it is started."""

from doorpakken_pages import api_docs, static_files
from doorpakken_plumbing import app as plumbing
from doorpakken_plumbing.messaging.staff_work import saying
from doorpakken_plumbing.service import Parts
from fastapi import FastAPI

from doorpakken_notification import reconcile, reconcile_promises, store, waiting
from doorpakken_notification.delivery import deliver
from doorpakken_notification.handlers import HANDLERS, TOMBSTONES
from doorpakken_notification.routes import mails, outbox, unsubscribe, waves
from doorpakken_notification.settings import Settings

PARTS = Parts(
    routers=(
        waves.router,
        mails.router,
        outbox.router,
        unsubscribe.router,
        static_files(),
        api_docs,
    ),
    handlers=HANDLERS,
    tombstones=TOMBSTONES,
    timers={**reconcile.TIMERS, **reconcile_promises.TIMERS},
    indexes=store.INDEXES,
    tasks=(
        deliver,
        saying(waiting.list_current, (waiting.for_wave, waiting.on_paper, waiting.set_apart)),
    ),
)


def create_app(settings: Settings) -> FastAPI:
    return plumbing.create_app(settings, PARTS)
