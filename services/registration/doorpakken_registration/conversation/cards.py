"""Paper cards with wishes: staff enter an attendee and pitch numbers, and can undo an entry.
Refuses numbers that are on no card, and an undo after the attendee changed their wishes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from doorpakken_plumbing.http.errors import Conflict, Invalid, NotFound
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Documents
from doorpakken_plumbing.time import clock

from doorpakken_registration.conversation import wishes
from doorpakken_registration.conversation.model.card import Card, Face, numbers_in, who_fits
from doorpakken_registration.conversation.store import cards as store
from doorpakken_registration.gatherings import attendees
from doorpakken_registration.gatherings.store import attendees as attendees_store
from doorpakken_registration.people.store import persons as persons_store
from doorpakken_registration.pitches.model.pitch import Pitch

LAST_SHOWN = 10


class NobodyFits(Invalid):
    """No participant has this name or number."""

    slug = "nobody-fits"
    dutch = "Niemand heeft deze naam of dit nummer. Kijk het nog eens na."


class SeveralFit(Invalid):
    """More than one participant may be meant; `faces` are those."""

    slug = "several-fit"
    dutch = "Er zijn meer mensen die zo heten. Kies er één."

    def __init__(self, faces: Sequence[Face]) -> None:
        super().__init__("More than one participant fits. Choose one.")
        self.faces = faces


class NotOnTheCard(Invalid):
    """No accepted pitch has this number, or there are not one to three."""

    slug = "not-on-the-card"
    dutch = "Typ één tot drie verschillende nummers van de kaart."


class SaidDifferentlySince(Conflict):
    """The person said something else after this card was entered."""

    slug = "said-differently-since"
    dutch = "Deze persoon koos daarna iets anders. Dat blijft zo staan."


@dataclass(frozen=True)
class Typed:
    """What staff typed from a card; `attendee_id` is set when they chose among several matches."""

    gathering_id: str
    who: str
    numbers: str
    attendee_id: str | None


@dataclass(frozen=True)
class Entered:
    """A card that was not undone, as the staff page shows it."""

    card: Card
    name: str
    numbers: tuple[int, ...]


@dataclass(frozen=True)
class Stack:
    """The data of the staff page: attendees to match, pitches with numbers, and the last cards."""

    faces: tuple[Face, ...]
    choices: tuple[tuple[int, Pitch], ...]
    last: tuple[Entered, ...]
    count: int


async def enter(tx: Transaction, typed: Typed) -> Card:
    """Stores the wishes on a card. Raises NobodyFits or SeveralFit before NotOnTheCard."""
    face = _one_of(await list_faces(tx, typed.gathering_id), typed)
    pitch_ids = await _pitches_of(tx, typed)
    before = await wishes.of(tx, await attendees.get(tx, face.attendee_id))
    await wishes.say(tx, face.attendee_id, pitch_ids)
    card = Card(
        id=tx.new_id(),
        gathering_id=typed.gathering_id,
        attendee_id=face.attendee_id,
        pitch_ids=pitch_ids,
        before=before.pitch_ids,
        entered_at=clock.now(),
    )
    await store.put_card(tx, card)
    return card


async def undo(tx: Transaction, gathering_id: str, card_id: str) -> None:
    """Restores the wishes from before the card, without pitches that are no longer accepted.
    Idempotent. Raises NotFound or SaidDifferentlySince."""
    card = await store.find_card(tx, card_id)
    if card is None or card.gathering_id != gathering_id:
        raise NotFound("There is no card with this id.")
    if card.is_undone:
        return
    now = await wishes.of(tx, await attendees.get(tx, card.attendee_id))
    if now.pitch_ids != card.pitch_ids:
        raise SaidDifferentlySince("This person said something else after this card.")
    left = {pitch.id for _, pitch in await wishes.list_choices(tx, gathering_id)}
    await wishes.say(tx, card.attendee_id, tuple(one for one in card.before if one in left))
    await store.put_card(tx, replace(card, is_undone=True))


async def stack_of(documents: Documents, gathering_id: str) -> Stack:
    faces = await list_faces(documents, gathering_id)
    choices = await wishes.list_choices(documents, gathering_id)
    names = {face.attendee_id: face.name for face in faces}
    numbers = {pitch.id: number for number, pitch in choices}
    last = await store.list_last_cards(documents, gathering_id, LAST_SHOWN)
    return Stack(
        faces=tuple(faces),
        choices=tuple(choices),
        last=tuple(
            Entered(
                card,
                names.get(card.attendee_id, "…"),
                tuple(numbers[one] for one in card.pitch_ids if one in numbers),
            )
            for card in last
        ),
        count=await store.count_cards(documents, gathering_id),
    )


async def list_faces(documents: Documents, gathering_id: str) -> list[Face]:
    """Attendees with a place. Numbers follow sign-up order and do not change when somebody
    leaves."""
    found = await attendees_store.list_attendees_at(documents, gathering_id)
    people = await persons_store.list_persons(documents, [one.person_id for one in found])
    names = {person.id: person.name for person in people}
    return [
        Face(number, one.id, names[one.person_id])
        for number, one in enumerate(found, start=1)
        if one.has_place and one.person_id in names
    ]


def _one_of(faces: Sequence[Face], typed: Typed) -> Face:
    if typed.attendee_id:
        fitting = [face for face in faces if face.attendee_id == typed.attendee_id]
    else:
        fitting = who_fits(faces, typed.who)
    if not fitting:
        raise NobodyFits("No participant has this name or number.")
    if len(fitting) > 1:
        raise SeveralFit(fitting)
    return fitting[0]


async def _pitches_of(tx: Transaction, typed: Typed) -> tuple[str, ...]:
    choices = await wishes.list_choices(tx, typed.gathering_id)
    by_number = {number: pitch.id for number, pitch in choices}
    try:
        return tuple(by_number[number] for number in numbers_in(typed.numbers))
    except (ValueError, KeyError):
        raise NotOnTheCard("Type one to three different numbers of the card.") from None
