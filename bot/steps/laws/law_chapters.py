"""Whole chapters of laws asked for: by number (海关法第八章), by name (海关法法律责任那一章), in English."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.answer import Reason, Status
from bot.finding import Evidence, Finding, Form, Note
from bot.question.laws.english_articles import in_chinese
from bot.question.laws.law_editions import EditionAsked, edition_asked
from bot.question.patterns import compiled, data, without
from bot.steps.laws.law_as_of import not_held_then
from bot.topic import Topic
from bot.turn import Turn
from bot.words.chapter_wording import QUOTED
from bot.words.law_notes import notes_of
from indexer.text.folding import folded_text
from kb.documents import knowledge
from kb.documents.knowledge import PassageView
from kb.text.law_outline import NUMERAL, number_of

_LEVELS = {"编": "part", "章": "chapter", "节": "section"}
_NUMBERED = re.compile(rf"第\s*(?P<number>{NUMERAL})\s*(?P<level>[编章节])")
_NAMED = re.compile(r"[\s》」”\"'的]*(?:(?:这|那|该)?一?|的)[编章节]")
_FEWEST_WORDS, _MOST_WORDS = 10, 28
_FIRST_WORDS = re.compile(rf"[^。；：\n]{{1,{_MOST_WORDS}}}")
_ASKING = compiled(data("law_chapters")["asking"])


@dataclass(frozen=True)
class _Wanted:
    """A heading asked for by number, with its level, or by name."""

    level: str = ""
    number: int = 0
    name: str = ""

    def fits(self, node: PassageView) -> bool:
        """Whether ``node`` is it."""
        if self.name:
            return bool(node.heading) and _plain(node.heading or "") == self.name
        return node.kind == self.level and _number(node) == self.number


@dataclass(frozen=True)
class _Asked:
    """Headings side by side, and those that they stand under if these are named too."""

    above: tuple[_Wanted, ...]
    wanted: tuple[_Wanted, ...]


def cite_chapter(turn: Turn) -> Finding | None:
    """The articles of the chapter that the message asks for, or that the law has no such chapter.

    None where it names no law, or none of its chapters, or asks something of what the chapter says.
    """
    named = turn.desk.law_names(turn.session, turn.index).find(turn.query.text)
    spans = {(law.start, law.end) for law in named}
    if len(spans) != 1:
        return None
    ((start, end),) = spans
    rest = in_chinese(f"{turn.query.text[:start]} {turn.query.text[end:]}")
    if "章" not in rest and not _NUMBERED.search(rest):
        return None
    found = [one for law in named if (one := _of_law(turn, law.document_id, rest))]
    return found[0] if found else None


def _of_law(turn: Turn, document_id: str, rest: str) -> Finding | None:
    if not_held_then(turn, document_id):
        return None  # said by the step that follows
    editions = knowledge.editions(turn.session, document_id, on=turn.today)
    edition = edition_asked(turn.query.day, editions, turn.today)
    nodes = knowledge.outline(turn.session, document_id, on=turn.today, version=edition.edition.version)
    asked, left = _asked_in(rest, nodes)
    if asked is None or without(_ASKING, left).strip():
        return None
    found = [(one, _found(asked, one, nodes)) for one in asked.wanted]
    title = edition.edition.title
    absent = [_absent(title, asked, one, nodes) for one, chapter in found if chapter is None]
    chapters = [chapter for _, chapter in found if chapter is not None]
    if not chapters:
        return Finding(
            Status.UNANSWERED, Form.ARTICLES, Reason.NO_MATCH, notes=tuple(absent[:1]), confidence=1.0
        )
    return _quoted(turn, edition, chapters, nodes, absent)


def _asked_in(rest: str, nodes: Sequence[PassageView]) -> tuple[_Asked | None, str]:
    """What headings are asked for, and what else the question says."""
    numbered = [_Wanted(_LEVELS[one["level"]], number_of(one["number"])) for one in _NUMBERED.finditer(rest)]
    if numbered:
        innermost = max((one.level for one in numbered), key=list(_LEVELS.values()).index)
        above = tuple(one for one in numbered if one.level != innermost)
        wanted = tuple(dict.fromkeys(one for one in numbered if one.level == innermost))
        return _Asked(above, wanted), _NUMBERED.sub(" ", rest)
    names = sorted({_plain(node.heading) for node in nodes if node.heading}, key=len, reverse=True)
    for name in names:
        at = rest.find(name)
        if at >= 0 and (behind := _NAMED.match(rest, at + len(name))):
            return _Asked((), (_Wanted(name=name),)), f"{rest[:at]} {rest[behind.end() :]}"
    return None, rest


def _found(asked: _Asked, wanted: _Wanted, nodes: Sequence[PassageView]) -> PassageView | None:
    """The heading that is wanted, below those that are named with it; the first where a code has several."""
    above = ""
    for one in asked.above:
        outer = next((node for node in nodes if one.fits(node) and node.section.startswith(above)), None)
        if outer is None:
            return None
        above = f"{outer.section}."
    return next((node for node in nodes if wanted.fits(node) and node.section.startswith(above)), None)


def _quoted(
    turn: Turn,
    edition: EditionAsked,
    chapters: Sequence[PassageView],
    nodes: Sequence[PassageView],
    absent: Sequence[Note],
) -> Finding | None:
    """None for headings without articles."""
    articles = [
        node for node in nodes if node.kind == "article" and any(_is_below(node, one) for one in chapters)
    ]
    if not articles:
        return None
    first = [Evidence.body(one) for one in articles[:QUOTED]]
    others = [_first_words(one) for one in articles[QUOTED:]]
    return Finding(
        Status.ANSWERED,
        Form.CHAPTER,
        notes=(*notes_of(turn, edition, articles[:1]), *absent),
        evidence=(*first, *others),
        about={"label": "、".join(_path(turn, one) for one in chapters)},
        confidence=1.0,
        topic=Topic(turn.question, tuple(one.id for one in articles[:1])),
    )


def _path(turn: Turn, chapter: PassageView) -> str:
    """A heading behind those that it stands under."""
    return " ".join(_label(node) for node in (*knowledge.containers(turn.session, chapter), chapter))


def _is_below(node: PassageView, chapter: PassageView) -> bool:
    return f"{node.parent or ''}.".startswith(f"{chapter.section}.")


def _first_words(article: PassageView) -> Evidence:
    """The first words of an article, up to where a sentence or, if that takes long, a thought ends."""
    found = _FIRST_WORDS.match(article.body)
    end = found.end() if found else 0
    if end >= _MOST_WORDS and (comma := article.body.rfind("，", _FEWEST_WORDS, end)) > 0:
        end = comma
    if article.body[end:] == "。":
        end += 1
    return Evidence(article, article.body_start, article.body_start + end)


def _absent(title: str, asked: _Asked, wanted: _Wanted, nodes: Sequence[PassageView]) -> Note:
    """That the law has no such heading, and which it has."""
    chapters = [node for node in nodes if node.kind == "chapter"]
    if not chapters:
        count = sum(node.kind == "article" for node in nodes)
        return Note("no_chapters", {"title": title, "count": str(count)})
    said = "".join(f"第{one.number}{_sign(one.level)}" for one in (*asked.above, wanted))
    return Note("no_such_chapter", {"title": title, "asked": said, "held": "、".join(map(_label, chapters))})


def _label(node: PassageView) -> str:
    return " ".join(f"{node.label} {node.heading or ''}".split())


def _sign(level: str) -> str:
    return next(sign for sign, name in _LEVELS.items() if name == level)


def _number(node: PassageView) -> int:
    last = node.section.rpartition(".")[2]
    return int(last[1:]) if last[1:].isdecimal() else 0


def _plain(heading: str) -> str:
    """A heading folded, without the blanks that stretch it (总　则)."""
    return re.sub(r"\s+", "", folded_text(heading))
