"""The HTTP routes of pitches: an API file and a page file per subject."""

from doorpakken_registration.pitches.routes import (
    closing,
    contact_pages,
    draft_page,
    endorse_page,
    endorsements,
    examples,
    my_pitch_page,
    needs,
    needs_page,
    offers,
    pitch_changes,
    pitch_page,
    pitches,
    reviews,
    staff_offers_page,
    staff_pitches_page,
    staff_support_page,
    support_page,
)

ROUTERS = (
    pitches.router,
    pitch_changes.router,
    closing.router,
    reviews.router,
    needs.router,
    offers.router,
    endorsements.router,
    pitch_page.router,
    draft_page.router,
    endorse_page.router,
    contact_pages.router,
    needs_page.router,
    support_page.router,
    my_pitch_page.router,
    staff_offers_page.router,
    staff_pitches_page.router,
    staff_support_page.router,
)
EXAMPLES = examples.EXAMPLES
