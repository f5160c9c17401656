"""The HTTP routes of work: its pages."""

from doorpakken_registration.work.routes import gathering_page, today_page

ROUTERS = (today_page.router, gathering_page.router)
