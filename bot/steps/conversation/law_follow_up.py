"""What goes on from an answer given from a law: 几天内交完, 多久批, 不服找谁.

The law in hand is looked through first, then all. An article is weighed by what it holds of the message and
of both questions together, so that the new words tell; the article quoted before comes again only if it holds
them as well as any other.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.find.retrieval import Candidate
from bot.finding import Finding
from bot.question.names.mentions import Sort
from bot.question.sorts.particulars import Particular, asked_for
from bot.question.wishes.own_words import Word, is_swap
from bot.steps.assessment import assess
from bot.steps.conversation.follow_up import departs
from bot.steps.conversation.said_before import in_a_sentence, is_spoken_of, new_words, passage_in_hand
from bot.steps.laws.law_answers import answer_by_law, find_in_laws
from bot.steps.search import search_as_meant
from bot.turn import Rewriting, Turn
from indexer.meaning.fusion import Proposal, propose
from indexer.text.folding import fold
from kb.documents import knowledge
from kb.documents.knowledge import PassageView
from kb.kinds import LAW_KINDS, LAWS

_POOL = 300
_SHOWN = 10
# What was quoted before holds the words of the first question anyway: another article of the law goes before
# it that is found nearly as well and holds as much of the message. Fitted on labelled conversations.
_QUOTED_BEFORE = 0.7
_AS_MUCH = 0.01
# Another law is meant where it is found so much better, or a little better and alone states what is asked.
_LEAVES = 1.65
_LEAVES_STATING = 1.2
_OTHERS = 3
_LOOKED_AT = 10
_REFERRING = 3
_OF_THE_COUNTRY = "中华人民共和国"
_NOTHING = 0.1  # so little of the message in the best article of the law in hand


def follow_law(turn: Turn) -> Finding | None:
    """The answer to a message that goes on from an article; None where it goes on from none, or to none."""
    in_hand = passage_in_hand(turn)
    if in_hand is None or in_hand.document.kind not in LAWS or turn.query.laws:
        return None
    words = new_words(turn)
    if not (turn.follows_up or _goes_on(turn, words)):
        return None
    ranked = _Ranked.of(turn, in_hand, words)
    best = ranked.best()
    if best is None or not (turn.follows_up or _tells(turn, ranked, best)):
        return None
    before = turn.rewritten, turn.search_text
    turn.rewritten = Rewriting(in_a_sentence(turn, turn.question), f"{turn.topic.question} {turn.question}")
    turn.search_text = turn.rewritten.query
    found = find_in_laws(turn)
    if not found.is_near:
        turn.rewritten, turn.search_text = before
        return None
    return answer_by_law(turn, replace(found, candidates=ranked.candidates(best)))


def _tells(turn: Turn, ranked: "_Ranked", best: str) -> bool:
    """Whether the article speaks of what a message names, where it does not point back."""
    passage = ranked.passages([best]).get(best)
    if passage is None:
        return False
    words = ranked.words
    spoken = [one for one in words if is_spoken_of(turn, passage, one)]
    missed = any(not one.made and one not in spoken for one in words)
    if missed and is_swap(turn.query.text, turn.query.tokens):
        return False
    return (
        bool(spoken) or turn.query.points_back or not any(_is_matter(one) or _is_agency(one) for one in words)
    )


def _goes_on(turn: Turn, words: Sequence[Word]) -> bool:
    """Whether it is no new subject: it names no matter of its own that a search is sure of by itself."""
    if is_swap(turn.query.text, turn.query.tokens) and any(one.is_thing for one in words):
        return False  # asked of another thing: by its own step
    own = search_as_meant(turn)
    if departs(turn, own):
        return False
    matter = [one for one in words if _is_matter(one)]
    if not matter:
        return True
    if own and all(is_spoken_of(turn, own[0].passage, one) for one in matter):
        found = assess(turn, turn.search_text, own, aside="alone")
        if found.sure >= (found.model.new_subject_at if turn.query.points_back else found.model.answer_at):
            return False
    return turn.query.points_back or not find_in_laws(turn).is_enough


def _is_matter(word: Word) -> bool:
    if word.mention is None or word.mention.sort not in (Sort.SUBJECT, Sort.CONCEPT, Sort.LAW, Sort.HEADING):
        return False
    return getattr(word.mention.value, "area", None) != "place"


def _is_agency(word: Word) -> bool:
    return word.mention is not None and word.mention.sort is Sort.AGENCY


@dataclass(frozen=True)
class _Ranked:
    """Articles by the message alone and by both questions, and which article was quoted before."""

    turn: Turn
    in_hand: PassageView
    own: dict[str, Proposal]
    joint: dict[str, Proposal]
    asked: tuple[Particular, ...]
    words: Sequence[Word]

    @classmethod
    def of(cls, turn: Turn, in_hand: PassageView, words: Sequence[Word]) -> "_Ranked":
        def proposed(query: str) -> dict[str, Proposal]:
            found = propose(turn.index, turn.desk.semantics, query, _POOL, LAW_KINDS)
            return {one.hit.passage_id: one for one in found}

        asked = asked_for(turn.query.text)
        both = f"{turn.topic.question} {turn.question}"
        return cls(turn, in_hand, proposed(turn.question), proposed(both), asked, words)

    def best(self) -> str | None:
        """The article meant: of the law in hand, unless one found far better speaks of what it does not."""
        keys = sorted({*self.own, *self.joint}, key=lambda key: (-self._score(key), key))
        here = [key for key in keys if key.startswith(f"{self.in_hand.document.id}/")]
        if not here:
            return keys[0] if keys else None
        first = self._past_the_quoted(here)
        stating = bool(self.asked) and not self._states(first)
        others = [key for key in keys if key not in here][:_OTHERS]
        held = self.passages([first, *others])
        if first not in held:
            return first
        missed = [one for one in self.words if not one.made and not is_spoken_of(self.turn, held[first], one)]
        for key in (one for one in others if one in held):
            lead = self._score(key) / max(self._score(first), 1e-9)
            states = stating and self._states(key)
            far = lead >= (_LEAVES_STATING if states else _LEAVES)
            told = self.words if states else missed
            if far and any(not one.made and is_spoken_of(self.turn, held[key], one) for one in told):
                return key
        return self._referred_to() or first if missed and self._own(first) < _NOTHING else first

    def _referred_to(self) -> str | None:
        """The best article of a law that several found for the message refer to (行政复议)."""
        found = sorted(self.own, key=lambda key: (-self._own(key), key))[:_LOOKED_AT]
        held = self.passages(found)
        for key in (one for one in found if one in held):
            law = held[key].document
            core = law.title.removeprefix(_OF_THE_COUNTRY).removesuffix("法")
            others = {one.document.id for one in held.values() if core in one.text} - {law.id}
            if len(others) >= _REFERRING:
                return key
        return None

    def _past_the_quoted(self, here: Sequence[str]) -> str:
        """The best of the law in hand; the one quoted before only if no other holds as much."""
        first, *others = here[:_LOOKED_AT]
        if first != self.in_hand.id or (self.asked and self._states(first)):
            return first
        near = [
            one
            for one in others
            if self._score(one) >= self._score(first) * _QUOTED_BEFORE
            and 0 < self._own(one) >= self._own(first) - _AS_MUCH
        ]
        return max(near, key=lambda one: self._score(one) + self._own(one), default=first)

    def candidates(self, best: str) -> tuple[Candidate, ...]:
        """The articles in force, ``best`` first, then those of its law, then the others."""
        law = f"{best.partition('/')[0]}/"
        keys = sorted(
            {*self.own, *self.joint},
            key=lambda key: (key != best, not key.startswith(law), -self._score(key), key),
        )[:_SHOWN]
        held = self.passages(keys)
        found = ((key, self.joint.get(key) or self.own[key]) for key in keys if key in held)
        return tuple(Candidate(held[key], proposal) for key, proposal in found)

    def passages(self, keys: Sequence[str]) -> dict[str, PassageView]:
        """Those in force as they were found."""
        found = knowledge.passages(self.turn.session, keys, on=self.turn.today)
        shas = {key: (self.joint.get(key) or self.own[key]).hit.sha256 for key in found}
        return {key: one for key, one in found.items() if one.sha256 == shas[key]}

    def _score(self, key: str) -> float:
        return self._own(key) + self._joint(key)

    def _own(self, key: str) -> float:
        return self.own[key].score if key in self.own else 0.0

    def _joint(self, key: str) -> float:
        return self.joint[key].score if key in self.joint else 0.0

    def _states(self, key: str) -> bool:
        text = fold(self.turn.index.entry(key).body).text
        return any(kind.is_stated(self.turn.query.text, text) for kind in self.asked)
