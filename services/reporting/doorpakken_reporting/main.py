"""Composes reporting: it folds the events of the other services and shows the figures to staff."""

from doorpakken_pages import api_docs, static_files
from doorpakken_plumbing import app as plumbing
from doorpakken_plumbing.service import Parts
from fastapi import FastAPI

from doorpakken_reporting import store
from doorpakken_reporting.erasure import HANDLERS
from doorpakken_reporting.projections import PROJECTIONS
from doorpakken_reporting.routes import figures, pages
from doorpakken_reporting.settings import Settings

PARTS = Parts(
    routers=[figures.router, pages.router, static_files(), api_docs],
    handlers=HANDLERS,
    projections=PROJECTIONS,
    indexes=store.INDEXES,
)


def create_app(settings: Settings) -> FastAPI:
    return plumbing.create_app(settings, PARTS)
