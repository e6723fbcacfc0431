"""``guanwen replies``: the questions that published replies must go on answering."""

import click

from bot.conversation import converse
from indexer.text.script import to_script
from kb.replies import replies_in_force
from web.cli.front_desk_opening import with_front_desk
from web.cli.grammar import Command, Group
from web.clock import now
from web.exits import ExitCode
from web.speech import say
from web.state.front_desk import FrontDesk

replies = Group(
    name="replies",
    help=say("检查已发布的答复。", "Check the published replies."),
    places={"check": "web.cli.casework.replies:check"},
    example="guanwen replies check",
)


@click.command(
    cls=Command,
    help=say(
        "用每条答复登记的问法，简体繁体各问一遍，看是否仍由它回答。有问法答不到时退出码为 1。",
        "Ask every wording of every reply in force, in both scripts, and see whether it answers.\n\n"
        "Ends with exit code 1 where one is not.",
    ),
    example="guanwen replies check",
)
@with_front_desk
def check(desk: FrontDesk) -> int:
    """Ask the regression set; nothing is stored."""
    asked = missed = 0
    with desk.trial() as session:
        for passage_id, questions in replies_in_force.questions(session).items():
            for question in questions:
                for script in ("hans", "hant"):
                    answer = converse(session, desk.desk, to_script(question, script), now=now())
                    asked += 1
                    if not answer.citations or answer.citations[0].passage.id != passage_id:
                        missed += 1
                        click.echo(f"{passage_id}: {question} ({script})", err=True)
    click.echo(say(f"问 {asked} 次，答不到 {missed} 次", f"{asked} asked, {missed} missed"))
    return ExitCode.FAILED if missed else ExitCode.OK
