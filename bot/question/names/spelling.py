"""Slips of the pen in a question: what sounds or looks like a known term, and is none.

Nothing known is corrected. A correction changes only characters that nobody is known to write beside their
neighbours, and there has to be exactly one term that they can stand for. Both scripts are corrected alike.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Self

from bot.question.names.lexicon import Lexicon
from bot.question.names.policy_words import PolicyWords
from indexer.search.index import Index
from indexer.slips.alike_terms import AlikeTerms, Likeness, one_slip_away
from indexer.slips.expansions import SoundExpander
from indexer.slips.known_text import KnownText
from indexer.text.folding import Folded, fold
from indexer.text.script import Script, to_script
from indexer.text.sounds import readings

_LONGEST = 12
# From this length on the sound alone tells a term; shorter ones need what ``_fits`` asks for besides.
_SURE_FROM = 4
# Characters that keep more company than this stand in many places by right: 了 hundreds, 俭 and 典 a few.
_COMPANY = 75
# A term of two characters, or an abbreviation, has many neighbours: it must be much asked about.
_MUCH_ASKED = 10
_HAN = re.compile(r"[㐀-鿿]+")
_LATIN = re.compile(r"(?<![a-z0-9])[a-z]+(?![a-z0-9])")


@dataclass(frozen=True)
class Correction:
    """``message[start:end]`` is ``written`` and, as far as one can tell, ``meant`` for this."""

    start: int
    end: int
    written: str
    meant: str

    def told(self) -> dict[str, object]:
        """Its parts in plain values."""
        return asdict(self)


@dataclass(frozen=True)
class Spelling:
    """A message as it was meant, and what differs from it as written, left to right."""

    corrected: str
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True)
class Speller:
    """Corrects messages by the terms that one index generation and its curated words know.

    ``written`` holds each term, folded, as it is written; ``curated`` those that people wrote down as words.
    ``sounds`` helps where no correction is sure.
    """

    index: Index
    known: KnownText
    written: Mapping[str, str]
    curated: frozenset[str]
    alike: AlikeTerms
    latin: frozenset[str]
    sounds: SoundExpander

    @classmethod
    def of(cls, index: Index, lexicon: Lexicon, policy_words: PolicyWords | None = None) -> Self:
        """By agencies and trade words, by the words of the policies, and by what stands in ``index``."""
        curated = {fold(wording).text: wording for wording in lexicon.wordings}
        written = {word: word for word in (policy_words or PolicyWords()).of(index)} | curated
        known = KnownText.of(index, lexicon.wordings)
        return cls(
            index,
            known,
            written,
            frozenset(curated),
            AlikeTerms.of(term for term in written if _HAN.fullmatch(term) and 2 <= len(term) <= _LONGEST),
            frozenset(term for term in written if _LATIN.fullmatch(term)),
            SoundExpander.of(known),
        )

    def correct(self, message: str, script: Script) -> Spelling:
        """``message`` with its slips corrected in ``script``; as it is where nothing surely is one."""
        folded = fold(message)
        slips = sorted([*self._han_slips(folded.text), *self._latin_slips(folded.text)])
        corrections = tuple(self._correction(message, folded, slip, script) for slip in slips)
        return Spelling(replaced(message, corrections), corrections)

    def _correction(self, message: str, folded: Folded, slip: "_Slip", script: Script) -> Correction:
        start, end = folded.source_span(slip.start, slip.end)
        return Correction(start, end, message[start:end], to_script(self.written[slip.term], script))

    def _han_slips(self, folded: str) -> list["_Slip"]:
        strange = self._strange(folded)
        found: list[_Slip] = []
        if strange:
            loose = _loose(folded, self.index.words(folded))
            for start, end in _spans(folded, strange):
                taken = any(start < one.end and one.start < end for one in found)
                if not taken and (term := self._meant(folded, start, end, strange, loose)):
                    found.append(_Slip(start, end, term))
        return found

    def _strange(self, folded: str) -> frozenset[int]:
        """The Chinese characters that are known beside neither of their neighbours."""
        pairs = [(at, folded[at : at + 2]) for at in range(len(folded) - 1)]
        pairs = [(at, pair) for at, pair in pairs if len(pair) == 2 and _HAN.fullmatch(pair)]
        certain = self.known.sure([pair for _, pair in pairs])
        sure = {at for at, pair in pairs if pair in certain}
        return frozenset(
            at for pair, _ in pairs for at in (pair, pair + 1) if at not in sure and at - 1 not in sure
        )

    def _meant(
        self, folded: str, start: int, end: int, strange: frozenset[int], loose: frozenset[int]
    ) -> str | None:
        """The one term that the span stands for, or None."""
        span = folded[start:end]
        if span in self.written:
            return None
        for likeness, terms in self.alike.like(span):
            fitting = [
                term
                for term in terms
                if (changed := _changed(span, term))
                and all(start + at in strange for at in changed)
                and self._fits(span, term, changed, likeness, all(start + at in loose for at in changed))
            ]
            if fitting:
                return fitting[0] if len(fitting) == 1 else None
        return None

    def _fits(self, span: str, term: str, changed: list[int], likeness: Likeness, loose: bool) -> bool:
        """Whether ``span`` is so unlikely to be right, and so like ``term``, that it is a slip.

        ``loose``: the characters at ``changed`` are part of no word of the message.
        """
        if likeness is Likeness.SAME_SOUND and len(span) >= _SURE_FROM:
            return True
        if any(self.known.company(span[at]) > _COMPANY for at in changed) or len(changed) * 2 > len(span):
            return False
        if len(span) >= _SURE_FROM:
            return True
        if not loose or (likeness is Likeness.SAME_SOUND and not _sound_the_same_at_once(span, term)):
            return False
        return len(span) == 3 or (likeness is Likeness.SAME_SOUND and self._is_mistaken_word(span, term))

    def _is_mistaken_word(self, span: str, term: str) -> bool:
        much_asked = self.known.asked(term) >= _MUCH_ASKED
        return much_asked and term in self.curated and self.index.words(span) != [span]

    def _latin_slips(self, folded: str) -> Iterator["_Slip"]:
        words = list(_LATIN.finditer(folded))
        known = self.known.known([word[0] for word in words])
        for word in words:
            if word[0] not in known:
                meant = one_slip_away(word[0], self.latin)
                if len(meant) == 1 and self._is_plain(meant[0]):
                    yield _Slip(word.start(), word.end(), meant[0])

    def _is_plain(self, word: str) -> bool:
        """Whether a Latin word is so long or so much asked about that a slip of it tells it."""
        return len(word) >= _SURE_FROM or self.known.asked(word) >= _MUCH_ASKED


@dataclass(frozen=True, order=True)
class _Slip:
    start: int
    end: int
    term: str


def _changed(span: str, term: str) -> list[int]:
    return [at for at, (one, other) in enumerate(zip(span, term, strict=True)) if one != other]


def _sound_the_same_at_once(span: str, term: str) -> bool:
    """Whether the commonest readings are the same, too: 提 is seldom read as 递."""
    return all(readings(one)[0] == readings(other)[0] for one, other in zip(span, term, strict=True))


def _spans(folded: str, strange: frozenset[int]) -> Iterator[tuple[int, int]]:
    """Spans of Chinese text around a strange character, longest first, then left to right."""
    runs = [match.span() for match in _HAN.finditer(folded)]
    for length in range(_LONGEST, 1, -1):
        for first, last in runs:
            for start in range(first, last - length + 1):
                if not strange.isdisjoint(range(start, start + length)):
                    yield start, start + length


def _loose(folded: str, words: Iterable[str]) -> frozenset[int]:
    """The characters that stand alone when the text is cut into ``words``: parts of no word."""
    loose, at = set(), 0
    for word in words:
        at = folded.index(word, at)
        if len(word) == 1:
            loose.add(at)
        at += len(word)
    return frozenset(loose)


def replaced(message: str, corrections: Iterable[Correction]) -> str:
    """``message`` with ``corrections``, which stand in it left to right, made."""
    pieces, at = [], 0
    for one in corrections:
        pieces += [message[at : one.start], one.meant]
        at = one.end
    return "".join([*pieces, message[at:]])
