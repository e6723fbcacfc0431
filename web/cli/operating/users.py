"""``guanwen user``: accounts of staff."""

import click

from kb.staff import users as accounts
from kb.staff.actors import Role
from web.cli.columns import pad
from web.cli.front_desk_opening import with_front_desk
from web.cli.grammar import Command, Group
from web.clock import now
from web.speech import say
from web.state.front_desk import FrontDesk

user = Group(
    name="user",
    help=say("管理工作人员账号。", "Manage the accounts of staff."),
    places={
        "add": "web.cli.operating.users:add",
        "disable": "web.cli.operating.users:disable",
        "reset": "web.cli.operating.users:reset",
        "list": "web.cli.operating.users:listing",
    },
    example="guanwen user add lin --role clerk --agency xiamen-customs\nguanwen user list",
)


@click.command(
    cls=Command,
    help=say(
        "新建账号，显示一次初始密码，首次登录时须更改。",
        "Make an account and show its first password once; it must be changed at the first sign-in.",
    ),
    example="guanwen user add lin --role clerk --agency xiamen-customs --email lin@example.cn",
)
@click.argument("name")
@click.option(
    "--role", type=click.Choice([role.value for role in Role]), required=True, help=say("角色", "Role.")
)
@click.option(
    "--agency",
    metavar="ID",
    help=say("经办和审核所属单位的编号", "The agency of a clerk or approver, by its id."),
)
@click.option("--display-name", metavar="NAME", default="", help=say("显示的姓名", "The name that is shown."))
@click.option("--email", help=say("接收通知的邮箱", "Where notices are sent."))
@with_front_desk
def add(
    desk: FrontDesk, name: str, role: str, agency: str | None, display_name: str, email: str | None
) -> None:
    """Add one account."""
    with desk.transaction() as session:
        first = accounts.add(
            session,
            name,
            display_name=display_name,
            role=Role(role),
            agency_id=agency,
            email=email,
            now=now(),
        )
    _show(first)


@click.command(
    cls=Command,
    help=say("停用账号，并在所有设备上退出登录。", "Close an account and sign it out everywhere."),
    example="guanwen user disable lin",
)
@click.argument("name")
@with_front_desk
def disable(desk: FrontDesk, name: str) -> None:
    """Disable one account."""
    with desk.transaction() as session:
        accounts.disable(session, name, now=now())


@click.command(
    cls=Command,
    help=say(
        "重设密码（也会重新启用账号、取消两步验证），显示一次初始密码。",
        "Set a new first password, shown once; opens a closed account and takes the second factor off.",
    ),
    example="guanwen user reset lin",
)
@click.argument("name")
@with_front_desk
def reset(desk: FrontDesk, name: str) -> None:
    """Reset one account."""
    with desk.transaction() as session:
        first = accounts.reset(session, name)
    _show(first)


@click.command("list", cls=Command, help=say("列出账号。", "List the accounts."), example="guanwen user list")
@with_front_desk
def listing(desk: FrontDesk) -> None:
    """One line an account."""
    with desk.transaction() as session:
        for one in accounts.users(session):
            closed = say("已停用", "closed") if one.disabled else ""
            role, place = say(one.role.zh, one.role.en), one.agency_name or ""
            click.echo(
                f"{pad(one.name, 20)}{pad(role, 16)}{pad(place, 20)}{one.display_name}  {closed}".rstrip()
            )


def _show(first: str) -> None:
    """The password alone on stdout, so that a script can take it; what it is for on stderr."""
    click.echo(say("初始密码（只显示这一次）：", "First password, shown only this once:"), err=True)
    click.echo(first)
