"""Examples in the API's description: one of each request and response body, by schema name.
A list is shown with the example of one of its items."""

from doorpakken_registration.examples import gatherings, people, pitches, sessions

_LISTED = {
    "AttendeeList": "AttendeeView",
    "ClaimList": "NamedClaim",
    "EndorsementList": "ListedEndorsement",
    "GatheringList": "GatheringView",
    "OfferList": "OfferView",
    "OrganisationList": "OrganisationView",
    "PersonList": "PersonView",
    "PersonaList": "PersonaView",
    "PerspectiveList": "PerspectiveView",
    "PitchList": "PitchView",
    "SessionList": "SessionView",
    "TableList": "TableView",
    "WishesList": "WishesView",
}
_EACH = people.EXAMPLES | gatherings.EXAMPLES | pitches.EXAMPLES | sessions.EXAMPLES

EXAMPLES = _EACH | {name: {"items": [_EACH[one]], "next": None} for name, one in _LISTED.items()}
