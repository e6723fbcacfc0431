"""``guanwen ingest PLACE``: documents from a file, folder, archive or repository."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import click

from kb.corpus.source_documents import SourceDocument
from kb.intake.collected_files import Found, opened, origin_of
from kb.intake.importing import Imported, Outcome, shelfmarks, take_in, withdraw_missing
from kb.intake.raw_files import FileRefused
from kb.intake.recognition import Shelfmarks, Told, recognise
from kb.store.db import session_factory
from web.cli.knowledge.workshop import Workshop, done
from web.clock import now
from web.exits import ExitCode, Refusal
from web.speech import say
from web.state.database import refuse_unready

_TOLD_AT_MOST = 20


@dataclass
class ImportReport:
    """What became of every file: keys by outcome, and the refused by name with the reason."""

    keys: dict[Outcome, list[str]] = field(default_factory=lambda: {outcome: [] for outcome in Outcome})
    withdrawn: tuple[str, ...] = ()
    refused: list[tuple[str, FileRefused]] = field(default_factory=list)
    unread: bool = False
    taken: dict[str, tuple[str, str]] = field(default_factory=dict)
    """By key the file that a document came from, and the digest of its words."""

    def note(self, imported: Imported) -> None:
        """One document more."""
        self.keys[imported.outcome].append(imported.key)


def import_from(shop: Workshop, place: str, told: Told) -> ImportReport:
    """Take in what is at ``place``. Broken off, it goes on where it was: what is in is not written again."""
    refuse_unready(shop.engine)
    report = ImportReport()
    with _found_at(place) as files:
        with session_factory(shop.engine)() as session:
            known = shelfmarks(session)
        for number, file in enumerate(files, 1):
            _take_one(shop, place, file, known, told, report)
            _show_progress(number, len(files))
    _withdraw(shop, place, report)
    _tell(report)
    return report


@contextmanager
def _found_at(place: str) -> Iterator[Sequence[Found]]:
    try:
        with opened(place) as files:
            yield files
    except FileRefused as refused:
        raise Refusal(ExitCode.BAD_DATA, f"{place}：{refused.zh}", f"{place}: {refused.en}") from refused


def _take_one(
    shop: Workshop, place: str, file: Found, known: Shelfmarks, told: Told, report: ImportReport
) -> None:
    """One file, in a transaction of its own."""
    try:
        document = recognise(file.read(), known, told)
    except FileRefused as refused:
        report.refused.append((file.name, refused))
        report.unread = True
        return
    name, words = report.taken.setdefault(document.meta.key, (file.name, document.sha256))
    if name == file.name:
        report.note(_write(shop, place, document))
    elif words == document.sha256:
        report.note(Imported(document.meta.key, Outcome.HELD))
    else:
        report.refused.append((file.name, _same_edition(name)))


def _same_edition(name: str) -> FileRefused:
    """Two files that take each other's place would be changed by every run."""
    return FileRefused(
        f"与 {name} 是同一文件的同一版本而文字不同，以前者为准",
        f"the same edition of the same document as {name}, in other words; that one is kept",
    )


def _write(shop: Workshop, place: str, document: SourceDocument) -> Imported:
    with session_factory(shop.engine).begin() as session:
        return take_in(session, document, origin_of(place), now())


def _withdraw(shop: Workshop, place: str, report: ImportReport) -> None:
    """What is no longer at ``place``; nothing if a file cannot be read, for that may be in already."""
    with session_factory(shop.engine).begin() as session:
        seen = {key for keys in report.keys.values() for key in keys}
        report.withdrawn = withdraw_missing(session, origin_of(place), seen, now(), keep=report.unread)


def _tell(report: ImportReport) -> None:
    counts = {outcome: len(keys) for outcome, keys in report.keys.items()}
    done(
        say(
            f"新增 {counts[Outcome.ADDED]}，更新 {counts[Outcome.CHANGED]}，"
            f"未变 {counts[Outcome.UNCHANGED]}，语料已有 {counts[Outcome.HELD]}，"
            f"撤下 {len(report.withdrawn)}，拒收 {len(report.refused)}",
            f"{counts[Outcome.ADDED]} added, {counts[Outcome.CHANGED]} changed, "
            f"{counts[Outcome.UNCHANGED]} unchanged, {counts[Outcome.HELD]} held already, "
            f"{len(report.withdrawn)} withdrawn, {len(report.refused)} refused",
        )
    )
    _list(say("更新", "changed"), report.keys[Outcome.CHANGED])
    _list(say("撤下", "withdrawn"), report.withdrawn)
    for name, refused in report.refused:
        click.echo(f"{name}: {say(refused.zh, refused.en)}", err=True)


def _list(what: str, keys: Sequence[str]) -> None:
    for key in keys[:_TOLD_AT_MOST]:
        click.echo(f"{what}: {key}", err=True)
    more = len(keys) - _TOLD_AT_MOST
    if more > 0:
        click.echo(say(f"{what}：还有 {more} 份", f"{what}: {more} more"), err=True)


def _show_progress(finished: int, total: int) -> None:
    """Rewrite a counting line on a terminal; elsewhere a line for every hundred files."""
    line = say(f"读取 {finished}/{total}", f"reading {finished}/{total}")
    if sys.stderr.isatty():
        click.echo(f"\r{line}", err=True, nl=finished == total)
    elif finished % 100 == 0:
        click.echo(line, err=True)
