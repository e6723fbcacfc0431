"""``guanwen ingest``: the corpus into the database."""

import click

from web.cli.grammar import Command
from web.cli.opening import with_settings
from web.cli.preparing import load, workshop
from web.settings import Settings
from web.speech import say


@click.command(
    cls=Command,
    help=say(
        "把语料写入数据库：只写有变化的文件，旧版本保留。\n\n语料有错时列出全部错误，什么都不改。"
        "之后运行 guanwen publish 使其可检索。",
        "Take the corpus into the database: only changed documents are written, old editions stay.\n\n"
        "A corpus with errors is refused whole, all errors listed. Run guanwen publish afterwards.",
    ),
    example="guanwen ingest && guanwen publish",
)
@with_settings
def ingest(settings: Settings) -> None:
    """Ingest the corpus folder."""
    with workshop(settings) as shop:
        load(shop)
