"""The HTTP routes of following: one module of endpoints and one of pages per subject."""

from doorpakken_registration.following.routes import examples, follow_page, followers

ROUTERS = (followers.router, follow_page.router)
EXAMPLES = examples.EXAMPLES
