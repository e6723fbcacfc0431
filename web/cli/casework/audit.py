"""``guanwen audit``: proving that the history of the tickets is whole."""

import click

from kb.tickets.audit import verify as verify_history
from web.cli.front_desk_opening import with_front_desk
from web.cli.grammar import Command, Group
from web.exits import ExitCode
from web.speech import say
from web.state.front_desk import FrontDesk

audit = Group(
    name="audit",
    help=say("核对办理记录。", "Check the history of the tickets."),
    places={"verify": "web.cli.casework.audit:verify"},
    example="guanwen audit verify",
)


@click.command(
    cls=Command,
    help=say(
        "逐条核对所有工单的办理记录：有没有被改、被删、缺号。发现问题时退出码为 1。",
        "Go through the history of every ticket: whether anything was changed, removed or is missing.\n\n"
        "Ends with exit code 1 where something was.",
    ),
    example="guanwen audit verify",
)
@with_front_desk
def verify(desk: FrontDesk) -> int:
    """Verify everything. The fingerprint, noted down today, shows tomorrow whether today's history stands."""
    with desk.trial() as session:
        found = verify_history(session)
    for breach in found.breaches:
        place = f" #{breach.sequence}" if breach.sequence else ""
        click.echo(f"{breach.number}{place}: {say(breach.zh, breach.en)}", err=True)
    click.echo(
        say(
            f"工单 {found.tickets} 张，记录 {found.events} 条，问题 {len(found.breaches)} 处，"
            f"指纹 {found.fingerprint}",
            f"{found.tickets} tickets, {found.events} events, {len(found.breaches)} breaches, "
            f"fingerprint {found.fingerprint}",
        )
    )
    return ExitCode.FAILED if found.breaches else ExitCode.OK
