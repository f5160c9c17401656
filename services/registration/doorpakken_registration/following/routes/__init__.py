"""The HTTP door of following: an endpoint file and a page file per subject."""

from doorpakken_registration.following.routes import follow_page, followers

ROUTERS = (
    followers.router,
    follow_page.router,
)
