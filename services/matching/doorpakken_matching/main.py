"""Composes the matching service."""

from doorpakken_pages import api_docs, static_files
from doorpakken_plumbing import app as plumbing
from doorpakken_plumbing.messaging.staff_work import saying
from doorpakken_plumbing.service import Parts
from fastapi import FastAPI

from doorpakken_matching import waiting
from doorpakken_matching.handlers import HANDLERS, TOMBSTONES
from doorpakken_matching.routes import (
    pages,
    places_page,
    plans,
    rooms,
    session_page,
    sessions,
    slots,
)
from doorpakken_matching.settings import Settings
from doorpakken_matching.store import INDEXES

PARTS = Parts(
    routers=[
        rooms.router,
        slots.router,
        plans.router,
        sessions.router,
        pages.router,
        places_page.router,
        session_page.router,
        static_files(),
        api_docs,
    ],
    handlers=HANDLERS,
    tombstones=TOMBSTONES,
    indexes=INDEXES,
    tasks=[saying(waiting.list_current, [waiting.for_places, waiting.for_sessions])],
)


def create_app(settings: Settings) -> FastAPI:
    return plumbing.create_app(settings, PARTS)
