"""All figures of one gathering together."""

from datetime import date

from pydantic import AwareDatetime

from doorpakken_reporting.figures.covering import cover_needs
from doorpakken_reporting.figures.needs import Needs, count_needs
from doorpakken_reporting.figures.people import People, count_people
from doorpakken_reporting.figures.pitches import Pitches, count_pitches
from doorpakken_reporting.figures.portraits import Portraits, count_portraits
from doorpakken_reporting.figures.promises import Promises, count_promises
from doorpakken_reporting.figures.sessions import Sessions, count_sessions
from doorpakken_reporting.figures.wave import Invitations, count_invitations
from doorpakken_reporting.figures.wishes import Wishes, count_wishes
from doorpakken_reporting.store import Picture


class Figures(People, Portraits, Pitches, Needs, Promises, Wishes, Sessions, Invitations):
    """The figures of one gathering."""

    gathering_id: str
    title: str
    state: str
    starts_at: AwareDatetime


def count(picture: Picture, today: date) -> Figures:
    """`today` in Amsterdam: what is due by now follows from it."""
    needs = cover_needs(picture.pitches, picture.offers, picture.commitments)
    people = count_people(picture.attendees, picture.organisations)
    parts = (
        people,
        count_portraits(picture.personas, picture.perspectives),
        count_pitches(picture.pitches, picture.endorsements),
        count_needs(needs, picture.offers),
        count_promises(picture.gathering, needs, picture.commitments, picture.organisations, today),
        count_wishes(picture.wishes, picture.pitches, picture.attendees),
        count_sessions(picture.sessions, picture.sign_ups, picture.pitches, picture.host_answers),
        count_invitations(
            picture.plans, picture.invitations, picture.answers, present=people.checked_in
        ),
    )
    counted = {name: value for part in parts for name, value in part}
    told = picture.gathering.model_dump(include={"gathering_id", "title", "state", "starts_at"})
    return Figures(**told, **counted)
