"""``guanwen documents``: what is here, in which edition, whether it holds, what changed."""

from datetime import date

import click

from kb.comparison.edition_diff import ArticleChange, compare_editions, editions_to_compare
from kb.comparison.edition_touches import Touched, touched_by
from kb.documents import knowledge
from kb.documents.knowledge import DocumentView
from kb.errors import NotFound
from kb.store.db import Session, session_factory
from web.cli.columns import pad, width_of
from web.cli.days import DAY
from web.cli.grammar import Command
from web.cli.knowledge.workshop import workshop
from web.cli.opening import with_settings
from web.clock import local_date, now
from web.exits import ExitCode, Refusal
from web.settings import Settings
from web.speech import say
from web.state.database import refuse_unready

_STATUS = {
    "in_force": ("现行有效", "in force"),
    "not_yet_in_force": ("尚未施行", "not yet in force"),
    "amended": ("已被新版取代", "superseded"),
    "repealed": ("已废止", "repealed"),
    "expired": ("已失效", "expired"),
}
_CHANGES = {
    "added": ("新增", "new"),
    "removed": ("删去", "gone"),
    "renumbered": ("条号变动", "renumbered"),
    "changed": ("改动", "changed"),
}


@click.command(
    cls=Command,
    help=say(
        "列出文件、版本和效力。\n\n不带参数时列出全部文件；带上编号时列出它的各个版本；加 --changes "
        "时逐条列出最新一版（或 --edition 指定的一版）相对前一版（或 --against 指定的一版）的变动，"
        "以及涉及的法律依据、问法、已发布答复和已有答复。"
        "效力按 --as-of 那一天计算，不写则为今天。",
        "List documents with their editions and whether they hold.\n\n"
        "All documents, or with an id the editions of one. With --changes, what its newest edition (or "
        "--edition) changed against the one before (or --against), article by article, and which legal "
        "bases, question variants, published replies and answers that touches. Whether they hold is told for "
        "--as-of, else for today.",
    ),
    example="guanwen documents --as-of 2027-01-01\nguanwen documents trademark-law --changes",
)
@click.argument("document", required=False)
@click.option("--as-of", type=DAY, help=say("按这一天计算效力", "The day to tell it for."))
@click.option("--changes", is_flag=True, help=say("列出版本之间的变动", "Show what an edition changed."))
@click.option("--edition", help=say("哪一版，写通过日期", "Which edition, by the day it was adopted."))
@click.option(
    "--against",
    help=say(
        "与哪一版对照，不写则为前一版", "The older edition to compare with; the one before if left out."
    ),
)
@with_settings
def documents(
    settings: Settings,
    document: str | None,
    as_of: date | None,
    *,
    changes: bool,
    edition: str | None,
    against: str | None,
) -> None:
    """List documents, editions or changes."""
    day = as_of or local_date(now())
    with workshop(settings) as shop:
        refuse_unready(shop.engine)
        with session_factory(shop.engine)() as session:
            if document is None:
                _table(knowledge.documents(session, on=day))
            elif changes:
                _changes(session, document, edition, against, day)
            else:
                _table(knowledge.editions(session, document, on=day))


def _table(rows: list[DocumentView]) -> None:
    cells = [
        (one.id, one.version or "-", say(*_STATUS[one.status]), one.starts_on.isoformat(), one.title)
        for one in rows
    ]
    widths = [max((width_of(row[column]) for row in cells), default=0) for column in range(4)]
    for row in cells:
        left = "  ".join(pad(cell, width) for cell, width in zip(row, widths, strict=False))
        click.echo(f"{left}  {row[4]}")


def _changes(session: Session, document: str, edition: str | None, against: str | None, day: date) -> None:
    try:
        old, new = editions_to_compare(session, document, new=edition, old=against, on=day)
    except NotFound:
        raise Refusal(
            ExitCode.FAILED,
            f"{document} 没有可以对比的前一版",
            f"{document} has no earlier edition to compare with",
        ) from None
    found = compare_editions(session, document, old.version, new.version, on=day)
    click.echo(f"{new.title}  {old.version} → {new.version}")
    for change in found:
        click.echo(_line(change))
    _tell_touched(touched_by(session, found))


def _line(change: ArticleChange) -> str:
    labels = [passage.label for passage in (change.before, change.after) if passage]
    return f"{pad(say(*_CHANGES[change.kind]), 12)}{' → '.join(dict.fromkeys(labels))}"


def _tell_touched(touched: Touched) -> None:
    click.echo(say(f"涉及法律依据 {len(touched.bases)} 条", f"{len(touched.bases)} legal bases"))
    for basis in touched.bases:
        click.echo(f"  {basis.passage_id}  {basis.basis_of}")
    click.echo(say(f"涉及问法 {len(touched.variants)} 条", f"{len(touched.variants)} question variants"))
    for variant in touched.variants:
        click.echo(f"  {variant.passage_id}  {variant.text}")
    click.echo(say(f"涉及已发布答复 {len(touched.replies)} 条", f"{len(touched.replies)} published replies"))
    for reply in touched.replies:
        click.echo(f"  {reply.number}  {reply.passage_id}  {reply.heading}")
    click.echo(say(f"涉及已有答复 {len(touched.answers)} 条", f"{len(touched.answers)} answers given"))
    for answer in touched.answers:
        click.echo(f"  {answer.message_id}  {answer.passage_id}  {answer.question}")
