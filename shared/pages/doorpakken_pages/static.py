"""Serves the styles and scripts that pages load, from packages only.
Browsers have to check a cached file by its ETag each time."""

from fastapi import APIRouter, Request
from starlette.responses import Response
from starlette.staticfiles import StaticFiles


def static_files(package: str = "doorpakken_pages") -> APIRouter:
    folders = {"doorpakken_pages": "static", package: "static", "fastapi_swagger": "resources"}
    files = StaticFiles(packages=[*folders.items()])
    router = APIRouter(include_in_schema=False)

    @router.api_route("/static/{path:path}", methods=["GET", "HEAD"])
    async def static(path: str, request: Request) -> Response:
        response = await files.get_response(path, request.scope)
        response.headers["cache-control"] = "no-cache"
        # A service worker stands here and works for pages elsewhere on this origin.
        response.headers["service-worker-allowed"] = "/"
        return response

    return router
