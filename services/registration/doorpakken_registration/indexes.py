"""The indexes of registration, created at start."""

from doorpakken_registration.attendance.store import indexes as attendance
from doorpakken_registration.claims.store import indexes as claims
from doorpakken_registration.commitments.store import indexes as commitments
from doorpakken_registration.conversation.store import indexes as conversation
from doorpakken_registration.following.store import indexes as following
from doorpakken_registration.gatherings.store import indexes as gatherings
from doorpakken_registration.organisations.store import indexes as organisations
from doorpakken_registration.outcomes.store import indexes as outcomes
from doorpakken_registration.people.store import indexes as people
from doorpakken_registration.pitches.store import indexes as pitches
from doorpakken_registration.privacy.store import indexes as privacy
from doorpakken_registration.seats.store import indexes as seats
from doorpakken_registration.staff.store import indexes as staff
from doorpakken_registration.work.store import indexes as work

INDEXES = (
    *attendance.INDEXES,
    *claims.INDEXES,
    *commitments.INDEXES,
    *conversation.INDEXES,
    *following.INDEXES,
    *gatherings.INDEXES,
    *organisations.INDEXES,
    *outcomes.INDEXES,
    *people.INDEXES,
    *pitches.INDEXES,
    *privacy.INDEXES,
    *seats.INDEXES,
    *staff.INDEXES,
    *work.INDEXES,
)
