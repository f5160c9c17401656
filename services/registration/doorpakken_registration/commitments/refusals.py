"""Why a commitment is not made or moved, over HTTP."""

from doorpakken_plumbing.http.errors import Conflict, Forbidden, Invalid


class NotInThisState(Conflict):
    """Its state does not allow this; `state` says which it is."""

    slug = "not-in-this-state"
    dutch = "Dat kan nu niet meer. Open de pagina opnieuw."


class NotYourCommitment(Forbidden):
    """Somebody else promised it."""

    slug = "not-your-commitment"
    dutch = "Deze toezegging is van iemand anders."


class NotYoursToConfirm(Forbidden):
    """Only who pitched it can say this, and not about their own promise."""

    slug = "not-yours-to-confirm"
    dutch = "Alleen wie het plan vertelde kan dit zeggen, en niet over een eigen toezegging."


class DayOutOfReach(Invalid):
    """A day that is over, or too far away; `errors` names the field."""

    slug = "day-out-of-reach"
    dutch = "Kies een dag na vandaag, en niet te ver weg."


class PassedOnBefore(Conflict):
    """They said before that somebody else decides."""

    slug = "passed-on-before"
    dutch = "Deze persoon zei al dat iemand anders beslist."


class NotHandedOver(Conflict):
    """Nobody hands it over (any more)."""

    slug = "not-handed-over"
    dutch = "Deze toezegging wordt niet aan u overgedragen."


class NobodyPromises(Invalid):
    """Neither a person nor an organisation is named."""

    slug = "nobody-promises"
    dutch = "Kies wie het toezegt."


class HandedOverOften(Conflict):
    """They asked enough people on one day."""

    slug = "handed-over-often"
    dutch = "U vroeg vandaag genoeg mensen. Wacht op een antwoord, of vraag morgen iemand."


class NothingToPromise(Conflict):
    """This offer was taken back, or goes toward no need."""

    slug = "nothing-to-promise"
    dutch = "Dit aanbod hoort niet bij een plan. Kies eerst wat nodig is."
