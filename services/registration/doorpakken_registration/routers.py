"""The HTTP routes of registration and the examples in their description, of all slices."""

from doorpakken_pages import api_docs, static_files

from doorpakken_registration.attendance import routes as attendance
from doorpakken_registration.commitments import routes as commitments
from doorpakken_registration.conversation import routes as conversation
from doorpakken_registration.directory import routes as directory
from doorpakken_registration.following import routes as following
from doorpakken_registration.gatherings import routes as gatherings
from doorpakken_registration.me import routes as me
from doorpakken_registration.outcomes import routes as outcomes
from doorpakken_registration.people import routes as people
from doorpakken_registration.pitches import routes as pitches
from doorpakken_registration.privacy import routes as privacy
from doorpakken_registration.seats import routes as seats
from doorpakken_registration.staff import routes as staff
from doorpakken_registration.web import examples as web
from doorpakken_registration.work import routes as work

# Sign-up and seats come first: in a full hall they get most requests.
ROUTERS = (
    *attendance.ROUTERS,
    *seats.ROUTERS,
    *staff.ROUTERS,
    *people.ROUTERS,
    *gatherings.ROUTERS,
    *following.ROUTERS,
    *pitches.ROUTERS,
    *commitments.ROUTERS,
    *outcomes.ROUTERS,
    *conversation.ROUTERS,
    *me.ROUTERS,
    *directory.ROUTERS,
    *privacy.ROUTERS,
    *work.ROUTERS,
    static_files(),
    api_docs,
)

# By the name of their schema.
EXAMPLES = {
    **web.EXAMPLES,
    **staff.EXAMPLES,
    **people.EXAMPLES,
    **gatherings.EXAMPLES,
    **following.EXAMPLES,
    **pitches.EXAMPLES,
    **commitments.EXAMPLES,
    **conversation.EXAMPLES,
    **seats.EXAMPLES,
    **attendance.EXAMPLES,
    **me.EXAMPLES,
    **directory.EXAMPLES,
    **privacy.EXAMPLES,
}
