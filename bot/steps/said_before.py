"""What a follow-up adds to what was asked before: its new words, and whether a passage speaks of them."""

from collections.abc import Iterable, Sequence

from bot.question.mentions import Mention, Sort
from bot.question.own_words import Word, own_words
from bot.question.query import Query, read
from bot.turn import Turn
from indexer.text.folding import fold, folded_text
from kb.documents import knowledge
from kb.documents.knowledge import PassageView

_EDGES = " ?!.,~。…\n\t"
_LEADS = ("那么", "那")
_SHORT = 8


def words_of(turn: Turn, query: Query) -> tuple[Word, ...]:
    """The words of ``query`` that say something by themselves."""
    return own_words(query.text, query.tokens, query.mentions, turn.index.words(query.text))


def new_words(turn: Turn) -> tuple[Word, ...]:
    """Those of the turn's message that the question before did not hold."""
    before = fold(turn.topic.question).text
    return tuple(one for one in words_of(turn, turn.query) if one.text not in before)


def asked_before(turn: Turn) -> Query:
    """The question before, as read."""
    return read(turn.topic.question, turn.lexicon)


def is_spoken_of(turn: Turn, passage: PassageView, word: Word) -> bool:
    """Whether ``passage`` speaks of ``word``: in its text, by its agencies, or as reviewed."""
    text = folded_text(f"{passage.heading or ''}\n{passage.text}")
    if word.text in text or any(word.text in name for name in _names(passage)):
        return True
    if word.mention is None:
        return word.made and any(word.text in variant for variant in _variants(turn, passage))
    return _is_named(turn, passage, text, word.mention)


def unspoken(turn: Turn, passage: PassageView, words: Iterable[Word]) -> list[Word]:
    """The words that ``passage`` does not speak of."""
    return [one for one in words if not is_spoken_of(turn, passage, one)]


def _is_named(turn: Turn, passage: PassageView, text: str, named: Mention) -> bool:
    """By any mention at that place: 海运 is a subject and a concept."""
    for one in turn.query.mentions:
        if (one.start, one.end) != (named.start, named.end):
            continue
        if one.sort is Sort.AGENCY and any(each.agency.id == one.value.id for each in passage.agencies):
            return True
        if one.sort is Sort.SUBJECT and passage.id in one.value.passages({passage.id: text}):
            return True
        if one.sort is Sort.CONCEPT and any(
            fold(says).text in text for says in (one.value.term, *one.value.says)
        ):
            return True
        if one.sort is Sort.LAW and passage.document.id in one.value:
            return True
    return False


def passage_in_hand(turn: Turn) -> PassageView | None:
    """The first passage of the turn before."""
    found = knowledge.passages(turn.session, turn.topic.passages[:1], on=turn.today)
    return next(iter(found.values()), None)


def in_a_sentence(turn: Turn, question: str) -> str:
    """``question`` with the matter of the one before in front of it, as somebody would say it: 吨税几天内交完."""
    matter = _matter(turn)
    asked = fold(question).text.strip(_EDGES)
    if not matter or matter in asked:
        return asked
    for lead in _LEADS:
        asked = asked.removeprefix(lead)
    short = len(matter) <= _SHORT and len(asked) <= _SHORT
    return f"{matter}{asked}" if short else f"{matter}，{asked}"


def _matter(turn: Turn) -> str:
    """What the question before was about: its longest name that the passage in hand speaks of, else a heading."""
    passage, before = passage_in_hand(turn), asked_before(turn)
    words = [one for one in words_of(turn, before) if one.text.strip() and not one.made]
    if passage is None:
        return turn.topic.question
    text = folded_text(f"{passage.heading or ''}\n{passage.text}")
    ranks = ([one for one in words if one.mention], words)
    for some in ranks:
        spoken = [one.text for one in some if one.text in text]
        if spoken:
            return max(spoken, key=len)
    named = [one.text for one in words if one.mention]
    return max(named, key=len) if named else (passage.heading or turn.topic.question)


def in_its_place(turn: Turn, words: Sequence[Word]) -> str | None:
    """The question before with ``words`` in the place of what they replace; None where nothing is like them."""
    before = asked_before(turn)
    held = [one for one in words_of(turn, before) if not one.made]
    replaced = max(held, key=lambda one: _likeness(one, words[0]), default=None)
    if replaced is None or _likeness(replaced, words[0]) == (0, 0, 0):
        return None
    put = turn.query.text[words[0].start : words[-1].end]
    return f"{before.text[: replaced.start]}{put}{before.text[replaced.end :]}"


def others_of(turn: Turn, words: Sequence[Word]) -> list[Word]:
    """What the question before named beside what ``words`` replace."""
    held = [
        one
        for one in words_of(turn, asked_before(turn))
        if one.mention and one.mention.sort is not Sort.AGENCY
    ]
    replaced = max(held, key=lambda one: _likeness(one, words[0]), default=None)
    return [one for one in held if one is not replaced]


def _likeness(one: Word, other: Word) -> tuple[int, int, int]:
    """How alike two words are: in their sort, in a character they share, in being a name at all."""
    return (
        _kind(one) == _kind(other) and one.mention is not None,
        bool({*one.text} & {*other.text}),
        bool(one.mention),
    )


def _kind(word: Word) -> object:
    if word.mention is None:
        return None
    value = word.mention.value
    return getattr(value, "kind", None) or getattr(value, "area", None) or word.mention.sort


def _names(passage: PassageView) -> list[str]:
    return [fold(name).text for one in passage.agencies for name in (one.name, *one.agency.aliases)]


def _variants(turn: Turn, passage: PassageView) -> list[str]:
    return [fold(one).text for one in turn.index.entry(passage.id).variants]
