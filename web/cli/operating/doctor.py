"""``guanwen doctor``: each part looked at, with the remedy where one is not well."""

import json
import platform
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from urllib.request import urlopen

import click

from indexer.build.generation import open_generation
from indexer.errors import IndexerError
from kb.corpus.folder import load_corpus
from kb.documents import knowledge
from kb.documents.indexing import passage_entries
from kb.errors import CorpusRefused, DatabaseUnready
from kb.store.db import is_current, session_factory
from web.cli.grammar import Command
from web.cli.knowledge.workshop import Workshop, workshop
from web.cli.opening import with_settings
from web.clock import local_date, now
from web.exits import ExitCode, Refusal
from web.locale import in_locale
from web.server.listener import address, bind
from web.settings import Settings
from web.speech import LOCALE, say
from web.state.home import open_home


@dataclass(frozen=True)
class CheckResult:
    """What a look at one part found; ``remedy`` is None when it is well."""

    text: str
    remedy: str | None = None


Check = Callable[[Settings], CheckResult]


def look_at_program(_settings: Settings) -> CheckResult:
    """Versions, for whoever reads a report."""
    return CheckResult(f"guanwen {version('guanwen')}, Python {platform.python_version()}, {sys.platform}")


def look_at_home(settings: Settings) -> CheckResult:
    """State folder and secrets."""
    home = open_home(settings.home)
    return CheckResult(
        say(f"状态文件夹 {home.path}，密钥齐全", f"state folder {home.path}, secrets in place")
    )


def look_at_database(settings: Settings) -> CheckResult:
    """Reachable, and of this version."""
    with workshop(settings) as shop:
        try:
            current = is_current(shop.engine)
        except DatabaseUnready as error:
            return CheckResult(str(error), say("检查 GUANWEN_DATABASE_URL", "see to GUANWEN_DATABASE_URL"))
    if not current:
        return CheckResult(
            say("数据库尚未建立或版本不符", "the database is missing or of another version"), "guanwen init"
        )
    return CheckResult(say(f"数据库（{shop.engine.dialect.name}）", f"database ({shop.engine.dialect.name})"))


def look_at_corpus(settings: Settings) -> CheckResult:
    """Well formed."""
    try:
        corpus = load_corpus(settings.corpus, local_date(now()))
    except CorpusRefused as error:
        count = len(error.problems)
        return CheckResult(say(f"语料有 {count} 处错误", f"the corpus has {count} errors"), "guanwen check")
    count = len(corpus.documents)
    return CheckResult(say(f"语料 {count} 份文件", f"corpus with {count} documents"))


def look_at_index(settings: Settings) -> CheckResult:
    """Sound, and of what the database holds."""
    try:
        with workshop(settings) as shop:
            index = open_generation(shop.home.index, thorough=True)
            stale = _disagreements(shop, {entry.passage_id: entry.sha256 for entry in passage_entries(index)})
    except IndexerError as error:
        return CheckResult(str(error), "guanwen publish")
    except DatabaseUnready:
        return CheckResult(
            say("索引无法与数据库核对", "the index cannot be compared with the database"), "guanwen init"
        )
    if stale:
        return CheckResult(
            say(f"索引与数据库有 {stale} 条不一致", f"{stale} passages differ from the database"),
            "guanwen publish",
        )
    count = len(passage_entries(index))
    return CheckResult(say(f"索引 {index.name}，{count} 条", f"index {index.name}, {count} passages"))


def look_at_port(settings: Settings) -> CheckResult:
    """Free to listen on, or held by the server itself."""
    url = address(settings.host, settings.port)
    if _is_serving(url):
        return CheckResult(say(f"服务正在 {url} 运行", f"the server is running at {url}"))
    bind(settings.host, settings.port).close()
    return CheckResult(say(f"{url} 可用", f"{url} is free"))


CHECKS: tuple[Check, ...] = (
    look_at_program,
    look_at_home,
    look_at_database,
    look_at_corpus,
    look_at_index,
    look_at_port,
)


@click.command(
    cls=Command,
    help=say(
        "逐项检查，有问题的给出办法。\n\n全部正常时退出码为 0，否则为 1。",
        "Look at each part and name the remedy where one is not well.\n\n"
        "The exit code is 0 when all are well, else 1.",
    ),
    example="guanwen doctor",
)
@with_settings
def doctor(settings: Settings) -> int:
    """Run every check."""
    results = [_look(check, settings) for check in CHECKS]
    for result in results:
        click.echo(_line(result))
    return ExitCode.FAILED if any(result.remedy for result in results) else ExitCode.OK


def _look(check: Check, settings: Settings) -> CheckResult:
    """A part that cannot even be looked at is a finding too; the others are still worth a look."""
    try:
        return check(settings)
    except Refusal as refusal:
        return CheckResult(in_locale(LOCALE, refusal.zh, refusal.en), say("先解决此项", "see to this first"))


def _line(result: CheckResult) -> str:
    if result.remedy is None:
        return f"{click.style('✓', fg='green')} {result.text}"
    return f"{click.style('✗', fg='red')} {result.text} → {result.remedy}"


def _is_serving(url: str) -> bool:
    try:
        with urlopen(f"{url}/healthz/live", timeout=2) as response:  # noqa: S310 - our own http address
            return bool(json.load(response) == {"status": "ok"})
    except (OSError, ValueError):
        return False


def _disagreements(shop: Workshop, indexed: dict[str, str]) -> int:
    """Passages that only one side has, or that read otherwise. The preamble is never indexed."""
    with session_factory(shop.engine)() as session:
        known = knowledge.digests_in_force(session, on=local_date(now()))
    return len(indexed.items() ^ known.items())
