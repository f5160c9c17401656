"""Opens the own page of somebody without e-mail by their name and the code on their letter. Wrong
tries are counted by name and by client, for all replicas."""

import hashlib
from datetime import timedelta

from doorpakken_plumbing.http.errors import NotFound, TooMany
from doorpakken_plumbing.identity.links import OWN_PAGE
from doorpakken_plumbing.identity.short_codes import is_code_of, short_code
from doorpakken_plumbing.mongo.database import Documents
from doorpakken_plumbing.time import clock

from doorpakken_registration.common.model.names import key_of
from doorpakken_registration.common.store import tries
from doorpakken_registration.people.model.person import Person
from doorpakken_registration.people.passes import FRESH, OWN_LINK_LASTS, Pass
from doorpakken_registration.people.store import persons as store
from doorpakken_registration.settings import Settings

NAMESAKES_MAX = 200


class WrongCode(NotFound):
    """The name and the code do not belong together."""

    slug = "wrong-code"
    dutch = "Deze naam en code horen niet bij elkaar. Kijk op uw brief."


def code_of(settings: Settings, person: Person) -> str | None:
    """None for somebody with e-mail, who gets links."""
    if person.email:
        return None
    return short_code(settings.links, person.id, person.generation)


async def enter(
    documents: Documents, settings: Settings, name: str, code: str, client: str
) -> Pass:
    """`client` is its address. The pass is never fresh: it does not open data or erasure. Raises
    WrongCode or TooMany."""
    counted = await _count(documents, settings, name, client)
    found = await store.page_persons(documents, name, skip=0, limit=NAMESAKES_MAX)
    for person in found.items:
        is_theirs = key_of(person.name) == key_of(name) and not person.email
        if is_theirs and is_code_of(settings.links, code, person.id, person.generation):
            await tries.give_back_try(documents, counted)
            return Pass(person, OWN_PAGE, "", clock.now() + OWN_LINK_LASTS - FRESH)
    raise WrongCode("This name and code do not belong together.")


async def _count(documents: Documents, settings: Settings, name: str, client: str) -> list[str]:
    # Before the code is checked, so that parallel tries cannot pass the limit.
    expires_at = clock.real_now() + timedelta(minutes=settings.code_tries_minutes)
    counted = [f"code {_digest('name', key_of(name))}", f"code {_digest('client', client)}"]
    for counter in counted:
        count, until = await tries.count_try(documents, counter, expires_at)
        if count > settings.code_tries:
            seconds = (until - clock.real_now()).total_seconds()
            raise TooMany("Too many tries with this name or code.", retry_after_seconds=seconds)
    return counted


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
