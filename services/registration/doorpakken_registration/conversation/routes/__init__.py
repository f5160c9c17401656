"""The HTTP routers of conversation: an endpoint file and a page file per subject."""

from doorpakken_registration.conversation.routes import (
    cards_page,
    examples,
    insights_page,
    personas,
    perspectives,
    portraits_page,
    table_page,
    table_wishes_page,
    tables,
    tables_page,
    wishes,
    wishes_page,
)

ROUTERS = (
    wishes.router,
    personas.router,
    tables.router,
    perspectives.router,
    wishes_page.router,
    cards_page.router,
    portraits_page.router,
    table_page.router,
    table_wishes_page.router,
    tables_page.router,
    insights_page.router,
)
EXAMPLES = examples.EXAMPLES
