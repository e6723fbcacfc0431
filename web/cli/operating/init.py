"""``guanwen init``: everything a first start needs; again later, only what changed."""

import click

from kb.store.schema import upgrade
from web.cli.grammar import Command
from web.cli.knowledge.preparing import load
from web.cli.knowledge.publishing import publish
from web.cli.knowledge.workshop import done, workshop
from web.cli.opening import with_settings
from web.settings import Settings
from web.speech import say


@click.command(
    cls=Command,
    help=say(
        "准备好一切：状态文件夹、密钥、数据库、语料、索引。\n\n可反复运行：只处理有变化的部分，不会丢失任何东西。",
        "Make everything ready: state folder, secrets, database, corpus, index.\n\n"
        "Run it as often as you like: only what changed is done again, and nothing is lost.",
    ),
    example="guanwen init",
)
@with_settings
def init(settings: Settings) -> None:
    """Prepare the state folder of these settings."""
    with workshop(settings) as shop:
        done(say(f"状态文件夹 {shop.home.path}", f"state folder {shop.home.path}"))
        upgrade(shop.engine)
        done(say("数据库已是最新版本", "database is at this version"))
        load(shop)
        publish(shop)
