"""How a command that did not work out ends: one line on stderr and a fixed exit code."""

import traceback

import click

from bot.errors import BotError
from indexer.errors import IndexerError
from kb.errors import CorpusRefused, KnowledgeError
from kb.problems import Problem
from web.cli.grammar import usage_error_line
from web.errors import kind_of
from web.exits import ExitCode, Refusal
from web.locale import in_locale
from web.speech import LOCALE, say


def exit_code_for(error: BaseException, *, verbose: bool) -> ExitCode:
    """Tell the operator what happened, and give the exit code. ``verbose`` adds where in the code."""
    if verbose:
        click.echo("".join(traceback.format_exception(error)), err=True, nl=False)
    code, line = _told(error)
    if line:
        click.echo(f"guanwen: {line}", err=True)
    return code


def _told(error: BaseException) -> tuple[ExitCode, str]:
    if isinstance(error, (KeyboardInterrupt, click.Abort)):
        return ExitCode.INTERRUPTED, ""
    if isinstance(error, Refusal):
        return error.code, in_locale(LOCALE, error.zh, error.en)
    if isinstance(error, click.ClickException):
        return ExitCode.USAGE, usage_error_line(error)
    if isinstance(error, (IndexerError, KnowledgeError, BotError)):
        return kind_of(error).exit, _from_below(error)
    return ExitCode.INTERNAL, _unforeseen(error)


def _from_below(error: Exception) -> str:
    kind = kind_of(error)
    sentence = say(kind.zh, kind.en.rstrip("."))
    if isinstance(error, CorpusRefused):
        return "\n".join([sentence, *map(fault_line, error.problems)])
    details = " ".join(str(error).split())  # a database driver explains itself in several lines
    if isinstance(error, IndexerError):
        details += say("；请运行 guanwen publish", "; run guanwen publish")
    return say(f"{sentence}：{details}", f"{sentence}: {details}")


def fault_line(problem: Problem) -> str:
    """A fault in the corpus, as editors find it: file, line, reason."""
    return f"{problem.file}:{problem.line}: {say(problem.reason_zh, problem.reason_en)}"


def _unforeseen(error: BaseException) -> str:
    name = f"{type(error).__name__}: {error}".splitlines()[0]
    return say(
        f"程序出错：{name}（设 GUANWEN_LOG_LEVEL=debug 可看详情）",
        f"internal error: {name} (GUANWEN_LOG_LEVEL=debug shows where)",
    )
