"""Contents of mails about one promise: it is asked, done, disputed, not needed any more or handed
over; and that of what came of a work session. Raises Ends once nothing calls for the mail."""

from datetime import date

from doorpakken_events.matching import SessionState
from doorpakken_events.registration import (
    CommitmentState,
    OrganisationDescribed,
    PersonContact,
)
from doorpakken_pages import moments

from doorpakken_notification import promise_wording, wording
from doorpakken_notification.contents.writer import Values, Writer, Written, named
from doorpakken_notification.model.contents import Waits
from doorpakken_notification.model.promises import Promise
from doorpakken_notification.promise_rules import mails_about
from doorpakken_notification.store import outcomes, promises

COMMITMENT, OUTCOME = "commitment", "outcome"


async def request(writer: Writer) -> Written:
    promise = await _owed(writer)
    state = promise.state
    values = await values_of(writer, promise)
    session = await writer.reading.find(SessionState, state.session_id or "")
    return Written(
        values
        | {
            "day": moments.day(session.starts_at, writer.language) if session else None,
            "decides": state.asks > 1,
            "is_ours": state.organisation_id is not None,
        }
    )


async def to_confirm(writer: Writer) -> Written:
    """Says what was promised too, where less than that is done."""
    promise = await _owed(writer)
    state = promise.state
    done = state.delivered_amount
    is_less = bool(done and state.amount and done < state.amount)
    return Written(
        await values_of(writer, promise, amount=done)
        | {"promised": _amount(state, state.amount, writer.language) if is_less else None}
    )


async def disputed(writer: Writer) -> Written:
    return Written(await values_of(writer, await _owed(writer)))


async def ended(writer: Writer) -> Written:
    """Who never said yes is told that they need not answer any more."""
    promise = await _owed(writer)
    state = promise.state
    return Written(
        await values_of(writer, promise)
        | {
            "was_promised": state.accepted_at is not None,
            "is_withdrawn": state.reason == "pitch_withdrawn",
            "url": f"{writer.settings.registration_url}/g/{state.gathering_id}",
        }
    )


async def handover(writer: Writer) -> Written:
    return Written(await values_of(writer, await _owed(writer)))


async def outcome(writer: Writer) -> Written:
    found = await outcomes.find_outcome(writer.reading.documents, writer.object_id)
    if found is None or writer.contact.person_id != found.asked:
        raise writer.over()
    session = found.session
    return Written(
        {
            "session": await writer.line(session),
            "day": moments.day(session.starts_at, writer.language),
            "url": writer.url(OUTCOME, session.session_id),
        }
    )


async def values_of(writer: Writer, promise: Promise, *, amount: int | None = None) -> Values:
    """`thing` names it in a few words, `lines` say it on the telephone."""
    state, language = promise.state, writer.language
    counted = _amount(state, amount or state.amount or state.asked_amount, language)
    what = " ".join(state.what.split())
    about: Values = {
        "what": what,
        "amount": counted,
        "thing": counted or named(what, f"{CommitmentState.AGGREGATE}/{promise.id}"),
        "pitch": await writer.pitch_title(state.pitch_id),
        "due": moments.day(state.due, language),
        "who": await _who(writer, state),
        "how": state.how.strip(),
        "url": writer.url(COMMITMENT, promise.id),
    }
    return about | {"lines": [f"{about['pitch']}: {about['thing']}", about["due"]]}


def day_in(key: str) -> date:
    return date.fromisoformat(key.rpartition(":")[2])


async def _owed(writer: Writer) -> Promise:
    found = await promises.list_promises(writer.reading.documents, [writer.object_id])
    if not found:
        raise Waits(f"{CommitmentState.AGGREGATE}/{writer.object_id}")
    if writer.mail.key not in {mail.key for mail in mails_about(found[0])}:
        raise writer.over()
    return found[0]


async def _who(writer: Writer, state: CommitmentState) -> str:
    if state.organisation_id:
        organisation = await writer.require(OrganisationDescribed, state.organisation_id)
        return named(organisation.name, f"organisation/{state.organisation_id}")
    owner: PersonContact | None = await writer.reading.find_contact(state.person_id or "")
    return (owner.name.strip() if owner else "") or promise_wording.somebody(writer.language)


def _amount(state: CommitmentState, amount: int | None, language: str) -> str | None:
    return wording.amount(amount, state.unit, language) if amount and state.unit else None
