"""Scores how well each attendee fits each pitch: an integer of 0-1000 with its parts and reasons.
Pure; a score does not depend on other attendees, so a latecomer is scored as all others were."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from doorpakken_events.matching import Reason
from doorpakken_events.registration import AttendeeState, Need, PitchState

from doorpakken_matching.model.explicit_signals import Stated, Statements
from doorpakken_matching.model.problem import Parameters, Problem
from doorpakken_matching.planning.text import TextAffinity, words_of

SCALE = 1000
CATEGORY_WEIGHT, WORD_WEIGHT = 2.0, 1.0
STEM_LENGTH = 4  # a shorter word is matched whole: "kan" is not the start of "kantoor"
SIMILAR_TEXT, SCARCE_KIND = 0.12, 0.25
REASONS_MAX = 4


@dataclass(frozen=True, slots=True)
class Pair:
    """An attendee and a pitch; `fits` when tags, text or an explicit signal support the match."""

    attendee_id: str
    pitch_id: str
    score: int
    parts: dict[str, int]
    reasons: tuple[Reason, ...]
    fits: bool


def text_of(pitch: PitchState) -> str:
    return " ".join([pitch.title, pitch.summary, *(need.description for need in pitch.needs)])


def shares_word(interest: str, words: Iterable[str]) -> bool:
    """Whether each word of the interest is a prefix of a word of the text, or the reverse."""
    asked = words_of(interest)
    return bool(asked) and all(any(_alike(one, word) for word in words) for one in asked)


def _alike(one: str, other: str) -> bool:
    if min(len(one), len(other)) < STEM_LENGTH:
        return one == other
    return one.startswith(other) or other.startswith(one)


def tag_score(offers: set[str], asked: set[str], interests: int, shared: int) -> float:
    """Weighted Jaccard index, 0-1, of categories (offered, asked) and words (interests, of which
    shared)."""
    together = CATEGORY_WEIGHT * len(offers & asked) + WORD_WEIGHT * shared
    either = CATEGORY_WEIGHT * len(offers | asked) + WORD_WEIGHT * interests
    return together / either if either else 0.0


class Scorer:
    """Scores attendees against the pitches of one gathering."""

    def __init__(
        self,
        pitches: Sequence[PitchState],
        statements: Statements,
        scarcity: dict[str, float],
        parameters: Parameters,
    ) -> None:
        texts = [text_of(pitch) for pitch in pitches]
        self._pitches = pitches
        self._words = [set(words_of(text)) for text in texts]
        self._sharers: dict[str, frozenset[int]] = {}
        self._text = TextAffinity(texts)
        self._scarcity = scarcity
        self._parameters = parameters
        self._statements = statements

    def pairs(self, attendee: AttendeeState) -> list[Pair]:
        alike = self._text.compare(" ".join(attendee.interests))
        return [self._pair(attendee, index, float(alike[index])) for index in range(len(alike))]

    def _pair(self, attendee: AttendeeState, index: int, alike: float) -> Pair:
        pitch = self._pitches[index]
        shared = [one for one in attendee.interests if index in self._sharers_of(one)]
        offers, asked = set(attendee.offers), {need.category for need in pitch.needs}
        stated = self._statements.of(attendee, pitch)
        scarce = self._scarcity.get(attendee.kind, 0.0)
        tags = tag_score(offers, asked, len(attendee.interests), len(shared))
        parts = self._weighed(tags, alike, stated.strength, scarce)
        return Pair(
            attendee.attendee_id,
            pitch.pitch_id,
            min(SCALE, sum(parts.values())),
            parts,
            _reasons(pitch.needs, offers, shared, alike, stated, scarce),
            fits=tags > 0 or stated.strength > 0 or alike >= SIMILAR_TEXT,
        )

    def _sharers_of(self, interest: str) -> frozenset[int]:
        if interest not in self._sharers:
            self._sharers[interest] = frozenset(
                index for index, words in enumerate(self._words) if shares_word(interest, words)
            )
        return self._sharers[interest]

    def _weighed(self, tags: float, text: float, explicit: float, scarce: float) -> dict[str, int]:
        weights = self._parameters
        return {
            "tags": round(SCALE * weights.weight_tags * tags),
            "text": round(SCALE * weights.weight_text * text),
            "explicit": round(SCALE * weights.weight_explicit * explicit),
            "scarcity": round(SCALE * weights.weight_scarcity * scarce),
        }


def _reasons(
    needs: Sequence[Need],
    offers: set[str],
    shared: Sequence[str],
    alike: float,
    stated: Stated,
    scarce: float,
) -> tuple[Reason, ...]:
    """The strongest first; one need per category, with precedence for needs that an offer names."""
    met = {need.category: need.need_id for need in reversed(needs) if need.category in offers}
    met |= {need.category: need.need_id for need in needs if need.need_id in stated.need_ids}
    helped = stated.need_ids.union(met.values())
    found = [Reason(code="wished_for")] if stated.has_wished else []
    found += [Reason(code="supports_pitch")] if stated.supports else []
    found += [
        Reason(code="offer_meets_need", need_id=need.need_id, category=need.category)
        for need in needs
        if need.need_id in helped
    ]
    found += [Reason(code="shared_interest", word=word) for word in shared]
    if alike >= SIMILAR_TEXT:
        found.append(Reason(code="similar_text"))
    if scarce >= SCARCE_KIND:
        found.append(Reason(code="kind_is_scarce"))
    return tuple(found[:REASONS_MAX])


def score_all(problem: Problem) -> list[Pair]:
    statements = Statements(problem.wishes, problem.support, problem.offers)
    scorer = Scorer(problem.pitches, statements, problem.scarcity, problem.parameters)
    return [pair for attendee in problem.attendees for pair in scorer.pairs(attendee)]
