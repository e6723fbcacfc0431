"""What a follow-up adds to what was asked before: its new words, and whether a passage speaks of them."""

from collections.abc import Iterable, Sequence

from bot.question.names.mentions import Mention, Sort
from bot.question.query import Query, read
from bot.question.wishes.own_words import Word, own_words, spans
from bot.turn import Turn
from indexer.text.folding import fold, folded_text
from kb.documents import knowledge
from kb.documents.knowledge import PassageView
from kb.kinds import LAWS

_EDGES = " ?!.,~。…\n\t"
_LEADS = ("那么", "那")
_SHORT = 8
_NARROW = 2  # passages: a subject of so few is as good as a word of theirs


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


def is_spoken_of(turn: Turn, passage: PassageView, word: Word, *, loosely: bool = False) -> bool:
    """Whether ``passage`` speaks of ``word``: in its text, by its agencies, by a concept in any wording.

    ``loosely``: a subject reviewed to be in it is enough, however wide (海运 of all that goes by sea).
    """
    text = _text(passage)
    if _holds_word(turn, text, (word.text,)) or is_agency_of(passage, word):
        return True
    if word.mention is None:
        return word.made and any(word.text in variant for variant in _variants(turn, passage))
    here = (word.mention.start, word.mention.end)
    named = [one for one in turn.query.mentions if (one.start, one.end) == here]
    return any(_is_named(turn, passage, text, one, loosely) for one in named)


def is_agency_of(passage: PassageView, word: Word) -> bool:
    """Whether ``word`` is among the names of an agency of ``passage``: 航空公司 of 厦门航空公司."""
    return any(word.text in name for name in _names(passage))


def unspoken(turn: Turn, passage: PassageView, words: Iterable[Word], *, loosely: bool = False) -> list[Word]:
    """The words that ``passage`` does not speak of."""
    return [one for one in words if not is_spoken_of(turn, passage, one, loosely=loosely)]


def _is_named(turn: Turn, passage: PassageView, text: str, named: Mention, loosely: bool) -> bool:
    match named.sort:
        case Sort.AGENCY:
            return any(each.agency.id == named.value.id for each in passage.agencies)
        case Sort.LAW:
            return passage.document.id in named.value
        case Sort.CONCEPT:
            return _holds_word(turn, text, (named.value.term, *named.value.says))
        case Sort.SUBJECT:
            if loosely:
                return passage.id in named.value.passages({passage.id: text})
            return len(named.value.covers) <= _NARROW and passage.id in named.value.covers
    return False


def _holds_word(turn: Turn, text: str, wordings: Iterable[str]) -> bool:
    """Whether any of them stands in ``text`` and begins or ends a word there: 邮轮船员 holds no 轮船."""
    folded = [one for says in wordings if (one := fold(says).text) in text]
    places = [(at, at + len(one)) for one in folded for at in range(len(text)) if text.startswith(one, at)]
    edges = {edge for span in spans(text, turn.index.words(text)) for edge in span} if places else set()
    return any(start in edges or end in edges for start, end in places)


def passage_in_hand(turn: Turn) -> PassageView | None:
    """The first passage of the turn before."""
    found = knowledge.passages(turn.session, turn.topic.passages[:1], on=turn.today)
    return next(iter(found.values()), None)


def in_a_sentence(turn: Turn, question: str) -> str:
    """``question`` with the matter of the one before in front, as somebody would say it: 吨税几天内交完."""
    matter = _matter(turn)
    asked = fold(question).text.strip(_EDGES)
    if not matter or matter in asked:
        return asked
    for lead in _LEADS:
        asked = asked.removeprefix(lead)
    asked = asked.removesuffix("呢")
    short = len(matter) <= _SHORT and len(asked) <= _SHORT
    return f"{matter}{asked}" if short else f"{matter}，{asked}"


def _matter(turn: Turn) -> str:
    """What the question before was about: its longest name in the passage in hand, else a heading."""
    passage, before = passage_in_hand(turn), asked_before(turn)
    words = [one for one in words_of(turn, before) if one.text.strip() and not one.made]
    if passage is None:
        return turn.topic.question
    text = _text(passage)
    ranks = ([one for one in words if one.mention], words)
    for some in ranks:
        spoken = [one.text for one in some if one.text in text]
        if spoken:
            return max(spoken, key=len)
    named = [one.text for one in words if one.mention]
    return max(named, key=len) if named else (passage.heading or turn.topic.question)


def in_its_place(turn: Turn, words: Sequence[Word]) -> str | None:
    """The question before with ``words`` in the place of what they replace; None where nothing is alike."""
    before = asked_before(turn)
    held = [one for one in words_of(turn, before) if not one.made]
    replaced = max(held, key=lambda one: _likeness(one, words[0]), default=None)
    if replaced is None or _likeness(replaced, words[0]) == (0, 0, 0):
        return None
    put = turn.query.text[words[0].start : words[-1].end]
    return f"{before.text[: replaced.start]}{put}{before.text[replaced.end :]}"


def others_of(turn: Turn, words: Sequence[Word]) -> list[Word]:
    """What the question before named beside what ``words`` replace, of what the passage in hand speaks of."""
    passage = passage_in_hand(turn)
    text = _text(passage) if passage else ""
    held = [one for one in words_of(turn, asked_before(turn)) if one.mention]
    replaced = max(held, key=lambda one: _likeness(one, words[0]), default=None)
    return [one for one in held if one is not replaced and one.text in text]


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


def _text(passage: PassageView) -> str:
    """What it says, and the title of its law, of which every article speaks."""
    title = passage.document.title if passage.document.kind in LAWS else ""
    return folded_text(f"{title}\n{passage.heading or ''}\n{passage.text}")


def _names(passage: PassageView) -> list[str]:
    return [fold(name).text for one in passage.agencies for name in (one.name, *one.agency.aliases)]


def _variants(turn: Turn, passage: PassageView) -> list[str]:
    return [fold(one).text for one in turn.index.entry(passage.id).variants]
