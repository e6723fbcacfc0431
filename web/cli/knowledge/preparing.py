"""The step that loads the corpus: read and checked as a whole, and told when it is done."""

import click

from kb.corpus.folder import Corpus, load_corpus
from kb.documents.ingest import IngestReport, ingest
from kb.replies.replies_in_force import flag_stale
from kb.store.db import session_factory
from web.cli.failures import fault_line
from web.cli.knowledge.workshop import Workshop, done
from web.clock import local_date, now
from web.settings import Settings
from web.speech import say
from web.state.database import refuse_unready


def read_corpus(settings: Settings) -> Corpus:
    """The corpus folder, parsed and checked; ``CorpusRefused`` with everything that is wrong in it."""
    corpus = load_corpus(settings.corpus, local_date(now()))
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


def _told(report: IngestReport) -> str:
    new, changed, same, gone = map(len, (report.added, report.changed, report.unchanged, report.withdrawn))
    return say(
        f"文件：新增 {new}，更新 {changed}，未变 {same}，撤下 {gone}",
        f"documents: {new} added, {changed} changed, {same} unchanged, {gone} withdrawn",
    )
