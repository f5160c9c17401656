"""The HTTP routers of people: an endpoint file and a page file per subject."""

from doorpakken_registration.people.routes import (
    code_page,
    examples,
    link_page,
    link_requests,
    own_links,
    own_links_page,
)

ROUTERS = (
    link_requests.router,
    link_page.router,
    code_page.router,
    own_links.router,
    own_links_page.router,
)
EXAMPLES = examples.EXAMPLES
