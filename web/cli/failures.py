"""How a command that did not work out ends: one line on stderr and a fixed exit code."""

import errno
import traceback
from collections.abc import Mapping

import click

from bot.errors import BotError
from indexer.errors import GenerationNotWritten, IndexerError
from kb.errors import ActRefused, CorpusRefused, DatabaseUnready, KnowledgeError
from kb.problems import Problem
from web.cli.grammar import usage_error_line
from web.errors import kind_of
from web.exits import ExitCode, Refusal
from web.locale import in_locale
from web.speech import LOCALE, say

# An asker is told to come back later; the operator is the one who can do something about it.
_FOR_OPERATORS: Mapping[type[Exception], tuple[str, str]] = {
    DatabaseUnready: ("数据库不可用", "The database cannot be used"),
    IndexerError: ("索引不可用", "The index cannot be used"),
}
_UNWRITABLE = frozenset(
    {
        errno.EACCES,
        errno.EPERM,
        errno.EROFS,
        errno.ENOSPC,
        errno.EDQUOT,
        errno.ENOTDIR,
        errno.EISDIR,
        errno.EEXIST,
    }
)
_SQLITE_UNWRITABLE = ("SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_FULL")


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
    if what := _unwritable(error):
        return ExitCode.CANNOT_WRITE, say(
            f"不能写入，请检查 GUANWEN_HOME 文件夹：{what}",
            f"cannot write, see to the folder GUANWEN_HOME: {what}",
        )
    if isinstance(error, (IndexerError, KnowledgeError, BotError)):
        return kind_of(error).exit, _from_below(error)
    return ExitCode.INTERNAL, _unforeseen(error)


def _from_below(error: Exception) -> str:
    if isinstance(error, ActRefused):
        return say(error.zh, error.en)
    sentence = _sentence(error)
    if isinstance(error, CorpusRefused):
        return "\n".join([sentence, *map(fault_line, error.problems)])
    details = " ".join(str(error).split())  # a database driver explains itself in several lines
    if isinstance(error, IndexerError):
        details += say("；请运行 guanwen publish", "; run guanwen publish")
    return say(f"{sentence}：{details}", f"{sentence}: {details}")


def _sentence(error: Exception) -> str:
    kind = kind_of(error)
    ours = (words for cls, words in _FOR_OPERATORS.items() if isinstance(error, cls))
    return say(*next(ours, (kind.zh, kind.en.rstrip("."))))


def _unwritable(error: BaseException) -> str | None:
    """What cannot be written and why, if it is that. A write that fails half-way names no file."""
    if isinstance(error, DatabaseUnready):
        reason = getattr(error.__cause__, "sqlite_errorname", "")
        return str(error) if reason.startswith(_SQLITE_UNWRITABLE) else None
    if isinstance(error, GenerationNotWritten):
        return str(error)
    if isinstance(error, OSError) and error.errno in _UNWRITABLE:
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    return None


def fault_line(problem: Problem) -> str:
    """A fault in the corpus, as editors find it: file, line, reason."""
    return f"{problem.file}:{problem.line}: {say(problem.reason_zh, problem.reason_en)}"


def _unforeseen(error: BaseException) -> str:
    name = f"{type(error).__name__}: {error}".splitlines()[0]
    return say(
        f"程序出错：{name}（设 GUANWEN_LOG_LEVEL=debug 可看详情）",
        f"internal error: {name} (GUANWEN_LOG_LEVEL=debug shows where)",
    )
