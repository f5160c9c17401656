"""Serves the styles and scripts that pages load, from packages, and the partnership's colour and
logo. Browsers have to check a cached file by its ETag each time."""

from doorpakken_plumbing.partnership import LOGO_TYPES, Partnership
from fastapi import APIRouter, Request
from starlette.responses import FileResponse, Response
from starlette.staticfiles import StaticFiles

COLOURS = """:root {{ --main: {light}; --one: {light}; }}
@media (prefers-color-scheme: dark) {{
  :root {{ --main: {dark}; --main-ink: #06110f; --one: {dark}; }}
}}
@media print {{ :root {{ --main: {light}; --one: {light}; }} }}
"""


def static_files(package: str = "doorpakken_pages") -> APIRouter:
    folders = {"doorpakken_pages": "static", package: "static", "fastapi_swagger": "resources"}
    files = StaticFiles(packages=[*folders.items()])
    router = APIRouter(include_in_schema=False)

    @router.api_route("/static/partnership.css", methods=["GET", "HEAD"])
    async def colours(request: Request) -> Response:
        ours: Partnership = request.app.state.settings
        css = COLOURS.format(light=ours.accent_colour, dark=ours.accent_on_dark)
        return _checked(Response(css, media_type="text/css"))

    @router.api_route("/static/logo", methods=["GET", "HEAD"])
    async def logo(request: Request) -> Response:
        ours: Partnership = request.app.state.settings
        if ours.logo_file is None:
            return Response(status_code=404)
        kind = LOGO_TYPES[ours.logo_file.suffix.lower()]
        return _checked(FileResponse(ours.logo_file, media_type=kind))

    @router.api_route("/static/{path:path}", methods=["GET", "HEAD"])
    async def static(path: str, request: Request) -> Response:
        response = await files.get_response(path, request.scope)
        # A service worker stands here and works for pages elsewhere on this origin.
        response.headers["service-worker-allowed"] = "/"
        return _checked(response)

    return router


def _checked(response: Response) -> Response:
    response.headers["cache-control"] = "no-cache"
    return response
