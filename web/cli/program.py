"""The command tree and its entry point."""

import os
import sys
from importlib.metadata import version
from typing import NoReturn

import click

from web.cli.failures import exit_code_for
from web.cli.grammar import Group
from web.exits import MEANINGS, ExitCode
from web.settings import debugging
from web.speech import say

COMMANDS = {
    "init": "web.cli.operating.init:init",
    "serve": "web.cli.operating.serve:serve",
    "worker": "web.cli.operating.worker:worker",
    "ingest": "web.cli.knowledge.ingest:ingest",
    "publish": "web.cli.knowledge.publish:publish",
    "vectors": "web.cli.knowledge.vectors:vectors",
    "check": "web.cli.knowledge.check:check",
    "documents": "web.cli.knowledge.documents:documents",
    "ask": "web.cli.asking.ask:ask",
    "eval": "web.cli.measuring.evaluate:evaluate",
    "fit": "web.cli.measuring.fit:fit_confidence",
    "tickets": "web.cli.casework.tickets:tickets",
    "user": "web.cli.operating.users:user",
    "replies": "web.cli.casework.replies:replies",
    "audit": "web.cli.casework.audit:audit",
    "purge": "web.cli.operating.purge:purge",
    "doctor": "web.cli.operating.doctor:doctor",
}

_HELP = say(
    "关问：跨境贸易政策问答服务。\n\n设置都是环境变量，以 GUANWEN_ 开头，见 docs/settings.md。",
    "Guanwen, the policy help desk for cross-border trade.\n\n"
    "Settings are environment variables that begin with GUANWEN_; see docs/settings.md.",
)


class Program(Group):
    """The whole command line; its help ends with the exit codes."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Each exit code and what it stands for."""
        with formatter.section(say("退出码", "Exit codes")):
            formatter.write_dl([(str(int(code)), say(*MEANINGS[code])) for code in ExitCode])


program = Program(
    name="guanwen",
    help=_HELP,
    places=COMMANDS,
    example='guanwen init\nguanwen ask "活鱼能预约通关吗"',
    no_args_is_help=False,
    invoke_without_command=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
click.version_option(
    version("guanwen"),
    prog_name="guanwen",
    message="%(prog)s %(version)s",
    help=say("显示版本", "Show the version."),
)(program)


def main() -> NoReturn:
    """Run the command line and exit with one of ``ExitCode``. What it writes is its owner's alone."""
    os.umask(0o077)
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command line and give its exit code; what went wrong has been told on stderr."""
    try:
        return int(program.main(arguments, prog_name="guanwen", standalone_mode=False) or ExitCode.OK)
    except BrokenPipeError:
        # The reader has seen enough (``| head``); nothing is wrong, and nothing more may be written.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.OK
    except (Exception, KeyboardInterrupt) as error:
        return exit_code_for(error, verbose=debugging())
