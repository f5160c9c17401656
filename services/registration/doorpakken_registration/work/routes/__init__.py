"""The HTTP routes of work: its pages."""

from doorpakken_registration.work.routes import today_page

ROUTERS = (today_page.router,)
