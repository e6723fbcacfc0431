"""What a follow-up adds to what was asked before: its new words, and whether a passage speaks of them."""

from collections.abc import Iterable

from bot.question.mentions import Mention, Sort
from bot.question.own_words import Word, own_words
from bot.question.query import Query, read
from bot.turn import Turn
from indexer.text.folding import fold, folded_text
from kb.documents.knowledge import PassageView


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
    if word.text in text:
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


def _variants(turn: Turn, passage: PassageView) -> list[str]:
    return [fold(one).text for one in turn.index.entry(passage.id).variants]
