"""What a new edition of a law changed, as page data: article by article, old and new words in one text."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.text.script import to_script
from kb.comparison.edition_diff import ArticleChange, ChangeKind
from kb.documents.passages import DocumentView, PassageView
from kb.text.word_diff import Fate, Run, word_diff
from web.locale import Locale
from web.portal.addresses import document_address
from web.portal.dates import day_words
from web.portal.knowledge.document_page import STATUS_WORDS, Choice
from web.portal.reading import LANGUAGES, readable

KINDS: dict[ChangeKind, str] = {
    "added": "新增",
    "removed": "删去",
    "changed": "修改",
    "renumbered": "条号变动",
}
"""What became of an article, in the order to count them. Source text, not yet translated."""

_FATES: dict[ChangeKind, Fate] = {"added": "new", "removed": "gone"}


@dataclass(frozen=True)
class Place:
    """An article in one of the two editions."""

    label: str
    url: str


@dataclass(frozen=True)
class Change:
    """An article and what became of it; ``lines`` of runs, none where only the number is another."""

    kind: ChangeKind
    before: Place | None
    after: Place | None
    lines: tuple[tuple[Run, ...], ...]


@dataclass(frozen=True)
class EditionName:
    """One of the editions to choose from: its key, its day and how it stands today (source text)."""

    version: str
    day: str
    status: str


@dataclass(frozen=True)
class ChangesPage:
    """Everything the template needs. ``counts``: kinds with how many there are, those that there are."""

    id: str
    title: str
    old: EditionName
    new: EditionName
    editions: tuple[EditionName, ...]
    choice: Choice
    lang: str
    verbatim: bool
    counts: tuple[tuple[str, int], ...]
    changes: tuple[Change, ...]
    moved: tuple[Change, ...]


def changes_page(
    old: DocumentView,
    new: DocumentView,
    changes: Sequence[ArticleChange],
    editions: Sequence[DocumentView],
    *,
    choice: Choice,
    locale: Locale,
) -> ChangesPage:
    """The page of what ``new`` changed against ``old``; ``editions``: all there are to choose from."""
    shown = [_change(change, choice) for change in changes]
    counted = Counter(change.kind for change in shown)
    return ChangesPage(
        id=new.id,
        title=readable(new.title, locale),
        old=_name(old, locale),
        new=_name(new, locale),
        editions=tuple(_name(one, locale) for one in editions),
        choice=choice,
        lang=LANGUAGES.get(new.script if choice == "original" else choice, "zh-Hans"),
        verbatim=choice in ("original", new.script),
        counts=tuple((KINDS[kind], counted[kind]) for kind in KINDS if counted[kind]),
        changes=tuple(change for change in shown if change.lines),
        moved=tuple(change for change in shown if not change.lines),
    )


def _name(edition: DocumentView, locale: Locale) -> EditionName:
    day = day_words(edition.adopted_on or edition.starts_on, locale)
    return EditionName(edition.version, day, STATUS_WORDS[edition.status])


def _change(change: ArticleChange, choice: Choice) -> Change:
    return Change(
        change.kind,
        _place(change.before, choice),
        _place(change.after, choice),
        tuple(_lines(_runs(change), choice)),
    )


def _place(passage: PassageView | None, choice: Choice) -> Place | None:
    if passage is None:
        return None
    document = passage.document
    url = document_address(document.id, passage.section, document.version or None)
    return Place(_read(passage.label, choice), url)


def _runs(change: ArticleChange) -> list[Run]:
    if change.before and change.after:
        return [] if change.kind == "renumbered" else word_diff(change.before.body, change.after.body)
    passage = change.before or change.after
    return [Run(_FATES[change.kind], passage.body)] if passage else []


def _lines(runs: Sequence[Run], choice: Choice) -> Iterator[tuple[Run, ...]]:
    """The runs by lines of the text; a run of several lines is cut."""
    line: list[Run] = []
    for run in runs:
        first, *others = run.text.split("\n")
        line += _worded(run.fate, first, choice)
        for words in others:
            if line:
                yield tuple(line)
            line = _worded(run.fate, words, choice)
    if line:
        yield tuple(line)


def _worded(fate: Fate, words: str, choice: Choice) -> list[Run]:
    return [Run(fate, _read(words, choice))] if words.strip() else []


def _read(text: str, choice: Choice) -> str:
    return text if choice == "original" else to_script(text, choice)
