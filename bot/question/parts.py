"""Where one message holds several questions: its parts, each with the question it ends in."""

import re
from functools import cache

from bot.question.patterns import Patterns, compiled, data, matches
from bot.question.query import bare_subject
from indexer.text.folding import fold

_NUMBERED = re.compile(
    r"(?:^|[\s,，:：;；。？?])(?:[1-9１-９①-⑨]\s*[、.．)）:：]|第?[一二三](?:是|、|个问题))"
)
_ALSO = re.compile(
    r"[,，。;；？?！!\s]+(?:另外|另|还有|還有|还想问|還想問|再问|再問|再请问|再請問|再就是|再一个|再一個|再者|顺便|順便|顺带|順帶|以及|第二|同埋|仲有|仲想问|仲想問)(?:想问|想問|问一下|問一下|问|問)?"
)
_BOTH = re.compile(
    r"(这|這)?(两|兩)(样|樣|个|個|件|项|項|种|種|桩|樁)|分别|分別|都(找(?!出|齐)|归|歸|由)|一回事|区别|區別|有(什么|什麼|啥|何)不同|各(是|怎|自|咋|归|歸)"
)
_AND = re.compile(r"[跟和与與及、]|[,，](?=[^,，]{0,6}又)")
_CLAUSE_END = re.compile(r"(?<=[,，?？;；。！!\n])")
_BETWEEN = re.compile(r"[?？;；\n].*\w")
_EDGES = " ,，。;；:：\n"
_SHORTEST = 2
_WORD = re.compile(r"\w")
_NAMES = 2


def split_questions(message: str) -> tuple[str, ...]:
    """The questions in ``message`` as written, one or more.

    Parted where they are numbered, where a second begins with 另外 or 还有, after each clause that asks, and
    at 和 where the message says itself that it means two things (这两样, 分别, 一回事吗).
    """
    for parts in (_numbered(message), _ALSO.split(message), _both(message), _asking(message)):
        kept = tuple(part.strip(_EDGES) for part in parts)
        if len(kept) > 1 and all(len(part) >= _SHORTEST for part in kept):
            return kept
    return (message,)


def says_several(message: str) -> bool:
    """Whether marks or words, not commas alone, part the questions: 另外, two things named, a ？ between."""
    return bool(_ALSO.search(message) or _BOTH.search(message) or _BETWEEN.search(message))


def names_something(part: str) -> bool:
    """Whether a part says by itself what it asks about (那归谁管 does not)."""
    return len(_WORD.findall(bare_subject(fold(part).text))) >= _NAMES


def _numbered(message: str) -> list[str]:
    """The numbered parts; what stands before the first number only announces them."""
    return _NUMBERED.split(message)[1:]


def _asking(message: str) -> list[str]:
    """One part for each clause that asks about something it names.

    Clauses before it are its story; a clause that asks and names nothing goes on about the part before it.
    """
    parts: list[str] = []
    story = ""
    for clause in _CLAUSE_END.split(message):
        if parts and asks(clause) and not names_something(story + clause):
            parts[-1] += story + clause
        elif asks(clause):
            parts.append(story + clause)
        else:
            story += clause
            continue
        story = ""
    if parts:
        parts[-1] += story
    return parts


def asks(clause: str) -> bool:
    """Whether a clause is a question by its words."""
    return matches(_asking_words(), fold(clause).text)


def _both(message: str) -> list[str]:
    """Both things, each with what is asked of them after the comma, if anything is (…，方案各怎么写)."""
    if not _BOTH.search(message):
        return [message]
    return _AND.split(message, maxsplit=1)


@cache
def _asking_words() -> Patterns:
    return compiled(data("reading")["asking"])
