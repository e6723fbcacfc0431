"""``guanwen purge``: forgetting what is past its time."""

import click

from web.cli.front_desk_opening import with_front_desk
from web.cli.grammar import Command
from web.clock import now
from web.speech import say
from web.state.front_desk import FrontDesk
from web.worker.upkeep import purge as forget


@click.command(
    cls=Command,
    help=say(
        "按保留期限清理：问题、会话、联系方式、已发通知。办理记录仍可核对。后台任务每夜自动进行。",
        "Erase what is past its time: questions, conversations, contacts, sent notices.\n\n"
        "The history can still be verified. The worker does this every night.",
    ),
    example="guanwen purge --dry-run",
)
@click.option("--dry-run", is_flag=True, help=say("只数一数，不删除", "Only count; erase nothing."))
@with_front_desk
def purge(desk: FrontDesk, dry_run: bool) -> None:
    """Purge now."""
    gone = forget(desk, now(), dry_run=dry_run)
    click.echo(
        say(
            f"问题 {gone.tickets}，会话 {gone.conversations}，联系方式 {gone.contacts}，"
            f"通知 {gone.notices}，登录 {gone.sign_ins}",
            f"{gone.tickets} questions, {gone.conversations} conversations, {gone.contacts} contacts, "
            f"{gone.notices} notices, {gone.sign_ins} sign-ins",
        )
    )
