"""The page on which developers read and try the API of a service. Swagger UI is served from here,
since pages may load nothing from other hosts."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

# Its addresses are relative: a proxy may put the service below a prefix.
PAGE = """<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>API – {title}</title>
  <link rel="stylesheet" href="static/swagger-ui.css">
  <link rel="icon" href="static/favicon-32x32.png">
</head>
<body>
  <noscript><a href="openapi.json">The description as JSON</a></noscript>
  <main id="api"></main>
  <script src="static/swagger-ui-bundle.js"></script>
  <script src="static/docs.js"></script>
</body>
</html>
"""

router = APIRouter(include_in_schema=False)


@router.get("/docs")
async def docs(request: Request) -> HTMLResponse:
    return HTMLResponse(PAGE.format(title=request.app.title))
