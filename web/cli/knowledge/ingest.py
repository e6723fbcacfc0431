"""``guanwen ingest``: the corpus, or documents from elsewhere, into the database."""

import re
from datetime import datetime

import click

from kb.intake.collected_files import is_place
from kb.intake.recognition import Told
from web.cli.grammar import Command
from web.cli.knowledge.importing import import_from
from web.cli.knowledge.preparing import load
from web.cli.knowledge.publishing import publish
from web.cli.knowledge.workshop import Workshop, workshop
from web.cli.opening import with_settings
from web.exits import ExitCode, Refusal
from web.settings import Settings
from web.speech import say

_IDENTIFIER = "[a-z0-9]+(?:-[a-z0-9]+)*"


@click.command(
    cls=Command,
    help=say(
        "把文件写入数据库：只写有变化的，旧版本保留。\n\n"
        "不带参数时读语料；语料有错时列出全部错误，什么都不改。带上位置时读一个文件（.docx、.pdf、.html、"
        ".md、.txt）、一个文件夹、zip 包或 git 仓库（LawRefBook 格式的 Markdown）；每份文件要么整份收下，"
        "要么拒收并说明原因。中断后再运行会接着做。之后运行 guanwen publish（或加 --publish）使其可检索。",
        "Take documents into the database: only what changed is written, old editions stay.\n\n"
        "Without a place the corpus, which is refused whole if it has errors, all listed. With a place one "
        "file (.docx, .pdf, .html, .md, .txt), a folder, a zip archive or a git repository (Markdown in the "
        "form of LawRefBook); each document goes in whole or is refused with the reason. Broken off, it goes "
        "on where it was. Run guanwen publish afterwards, or give --publish.",
    ),
    example="guanwen ingest && guanwen publish\nguanwen ingest notice.pdf --issued-on 2026-10-01",
)
@click.argument("place", required=False)
@click.option("--id", "document_id", help=say("一个文件的编号", "The id of one document."))
@click.option("--title", help=say("一个文件的标题", "The title of one document."))
@click.option("--issuer", help=say("一个文件的发文单位", "Who issued one document."))
@click.option(
    "--issued-on",
    type=click.DateTime(["%Y-%m-%d"]),
    help=say("一个文件的发文日期", "The day one document was issued."),
)
@click.option(
    "--publish",
    "then_publish",
    is_flag=True,
    help=say("随后更新索引", "Bring the index up to date too."),
)
@with_settings
def ingest(
    settings: Settings,
    place: str | None,
    document_id: str | None,
    title: str | None,
    issuer: str | None,
    issued_on: datetime | None,
    then_publish: bool,
) -> ExitCode:
    """Ingest the corpus folder, or what is at ``place``."""
    if document_id is not None and not re.fullmatch(_IDENTIFIER, document_id):
        raise Refusal(
            ExitCode.USAGE,
            "--id 只能用小写字母、数字和连字符",
            "--id may hold lower case letters, digits and hyphens",
        )
    told = Told(document_id, title, issuer, issued_on.date() if issued_on else None)
    with workshop(settings) as shop:
        taken = _take_in(shop, place, told)
        if then_publish:
            publish(shop)
    return taken


def _take_in(shop: Workshop, place: str | None, told: Told) -> ExitCode:
    if place is None:
        load(shop)
        return ExitCode.OK
    if not is_place(place):
        raise Refusal(ExitCode.NO_INPUT, f"没有 {place}", f"there is no {place}")
    return ExitCode.BAD_DATA if import_from(shop, place, told).refused else ExitCode.OK
