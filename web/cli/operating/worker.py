"""``guanwen worker``: sends notices and does what has to be done from time to time."""

import click

from web.cli.front_desk_opening import with_front_desk
from web.cli.grammar import Command
from web.speech import say
from web.state.front_desk import FrontDesk
from web.worker.queue import equip, open_queue


@click.command(
    cls=Command,
    help=say(
        "发送通知、催办、更新答复索引、按期清理，直到按 Ctrl-C。\n\n"
        "与 guanwen serve 并行运行；一个状态文件夹一个就够。",
        "Send notices, remind, keep the index of replies, forget what is due, until Ctrl-C.\n\n"
        "Runs beside guanwen serve; one for each state folder is enough.",
    ),
    example="guanwen worker",
)
@with_front_desk
def worker(desk: FrontDesk) -> None:
    """Work until interrupted. Whatever a crash leaves undone is taken up at the next start."""
    queue = open_queue(desk.home.queue)
    queue.storage.flush_all()  # wishes of an earlier run; what is to be done stands in the database
    equip(queue, desk)
    click.echo(say("后台任务已开始（按 Ctrl-C 结束）", "The worker has started (Ctrl-C to stop)"), err=True)
    queue.create_consumer(workers=2, max_delay=1.0, periodic=True).run()
    click.echo(say("后台任务已停止", "The worker has stopped"), err=True)
