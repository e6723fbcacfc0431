"""``guanwen serve``: the portal and the API, until interrupted."""

import click

from web.cli.grammar import Command
from web.cli.opening import with_settings
from web.server import serving
from web.settings import Settings
from web.speech import say


@click.command(
    cls=Command,
    help=say(
        "开放门户和接口，直到按 Ctrl-C。\n\n"
        "地址、端口、进程数由 GUANWEN_HOST、GUANWEN_PORT、GUANWEN_WORKERS 等设置。",
        "Serve portal and API until Ctrl-C.\n\n"
        "Address, port and processes are set by GUANWEN_HOST, GUANWEN_PORT, GUANWEN_WORKERS.",
    ),
    example="GUANWEN_PORT=9000 guanwen serve",
)
@with_settings
def serve(settings: Settings) -> None:
    """Serve with these settings."""
    serving.serve(settings)
