"""What the API's description shows: one example of each body and answer, by its schema's name.
A list of things is shown by the example of one of them."""

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
