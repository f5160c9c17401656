"""Why the outcome of a session is not written, over HTTP."""

from doorpakken_plumbing.http.errors import Conflict, Invalid


class LedByAnother(Conflict):
    """They were to lead this session, and somebody else leads it now."""

    slug = "led-by-another"
    dutch = "Iemand anders leidt deze sessie nu. Alles wat u opschreef, blijft staan."


class SessionCalledOff(Conflict):
    """It does not take place; what was written stays."""

    slug = "session-called-off"
    dutch = "Deze sessie gaat niet door. Alles wat er staat, blijft staan."


class SessionNotBegun(Conflict):
    """There is nothing to write down yet."""

    slug = "session-not-begun"
    dutch = "Deze sessie is nog niet begonnen. Kom later terug op deze pagina."


class NobodyAtThisTable(Invalid):
    """Not somebody who leads the session or has a seat there; `errors` names the field."""

    slug = "nobody-at-this-table"
    dutch = "Kies iemand uit de lijst."


class NothingSaid(Invalid):
    """Nothing was agreed, and no reason is given; `errors` names the field."""

    slug = "nothing-said"
    dutch = "Schrijf kort waarom er niets is afgesproken. Of voeg een afspraak toe."
