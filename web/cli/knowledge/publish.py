"""``guanwen publish``: an index of what the database holds."""

import click

from web.cli.grammar import Command
from web.cli.knowledge import publishing
from web.cli.knowledge.workshop import workshop
from web.cli.opening import with_settings
from web.settings import Settings
from web.speech import say


@click.command(
    cls=Command,
    help=say(
        "按数据库的内容建立索引并启用。\n\n旧索引在新索引检查无误后才被换下；正在运行的服务会自行换用。",
        "Build the index of what the database holds and switch to it.\n\n"
        "The old one goes only after the new one has been checked; a running server follows by itself.",
    ),
    example="guanwen publish",
)
@with_settings
def publish(settings: Settings) -> None:
    """Publish what is in the database."""
    with workshop(settings) as shop:
        publishing.publish(shop)
