"""The steps that make a knowledge base ready, each told when it is done: tables, corpus, index."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import click

from kb.corpus import Corpus, load_corpus
from kb.db import Engine, make_engine, session_factory
from kb.indexing import rebuild_index
from kb.ingest import IngestReport, ingest
from kb.published import flag_stale
from web.cli.failures import fault_line
from web.clock import now
from web.desk import database_url, refuse_unready
from web.home import Home, open_home
from web.settings import Settings
from web.speech import say


@dataclass(frozen=True)
class Workshop:
    """What the steps work on."""

    settings: Settings
    home: Home
    engine: Engine


@contextmanager
def workshop(settings: Settings) -> Iterator[Workshop]:
    """The state folder and the database, whatever is in them so far."""
    home = open_home(settings.home)
    engine = make_engine(database_url(settings, home))
    try:
        yield Workshop(settings, home, engine)
    finally:
        engine.dispose()


def read_corpus(settings: Settings) -> Corpus:
    """The corpus folder, parsed and checked; ``CorpusRefused`` with everything that is wrong in it."""
    corpus = load_corpus(settings.corpus)
    for warning in corpus.warnings:
        click.echo(fault_line(warning), err=True)
    return corpus


def load(shop: Workshop) -> IngestReport:
    """Bring the database to what the corpus says."""
    refuse_unready(shop.engine)
    corpus = read_corpus(shop.settings)
    with session_factory(shop.engine).begin() as session:
        report = ingest(session, corpus, now())
    done(_told(report))
    with session_factory(shop.engine).begin() as session:
        if flagged := flag_stale(session, now=now()):
            done(
                say(
                    f"{len(flagged)} 条答复的依据有变动，暂停使用，待复核",
                    f"{len(flagged)} replies rest on what changed; out of use until reviewed",
                )
            )
    return report


def publish(shop: Workshop) -> str:
    """Build and switch to the index of what the database holds; the generation's name."""
    refuse_unready(shop.engine)
    with session_factory(shop.engine)() as session:
        name = rebuild_index(session, shop.home.index, now(), _show_progress)
    done(say(f"索引 {name} 已启用", f"index {name} is current"))
    return name


def done(text: str) -> None:
    """One step, ticked off on stderr."""
    click.echo(f"{click.style('✓', fg='green')} {text}", err=True)


def _told(report: IngestReport) -> str:
    new, changed, same, gone = map(len, (report.added, report.changed, report.unchanged, report.withdrawn))
    return say(
        f"文件：新增 {new}，更新 {changed}，未变 {same}，撤下 {gone}",
        f"documents: {new} added, {changed} changed, {same} unchanged, {gone} withdrawn",
    )


def _show_progress(finished: int, total: int) -> None:
    """Rewrite a counting line on a terminal; say nothing where nobody watches."""
    if sys.stderr.isatty():
        line = say(f"建立索引 {finished}/{total}", f"indexing {finished}/{total}")
        click.echo(f"\r{line}", err=True, nl=finished == total)
