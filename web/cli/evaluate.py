"""``guanwen eval``: the referee's figures on a labelled question set."""

import json
import sys
from typing import Any

import click

from web.cli.dialogue import respond
from web.cli.grammar import Command
from web.cli.line_shapes import Answered, Labelled
from web.cli.lines import read_lines, shown
from web.cli.opening import with_front_desk
from web.desk import FrontDesk
from web.evaluation import Scorecard, score
from web.exits import ExitCode, Refusal
from web.message import printable
from web.speech import say


@click.command(
    "eval",
    cls=Command,
    help=say(
        "用带标注的问题集评分：逐题作答（不保存），再按裁判的口径统计。",
        "Score a labelled question set: answer every line (nothing is stored) and count as the referee does.",
    ),
    example="guanwen eval questions.jsonl\nguanwen eval questions.jsonl --answers answers.jsonl --json",
)
@click.argument("file")
@click.option(
    "--answers", metavar="FILE", help=say("评已有的答复，不再作答", "Score these answers instead of asking.")
)
@click.option("--json", "as_json", is_flag=True, help=say("输出 JSON", "Print JSON."))
@click.option(
    "--misses", default=0, metavar="N", help=say("列出前 N 个未通过的问题", "List the first N failures.")
)
@with_front_desk
def evaluate(desk: FrontDesk, file: str, answers: str | None, as_json: bool, misses: int) -> None:
    """Print the figures of one question set."""
    questions = _questions(file)
    card = score(questions, _read(answers) if answers else _ask(desk, questions))
    click.echo(json.dumps(card.as_dict(), ensure_ascii=False) if as_json else _table(card))
    for line in _miss_lines(card, misses):
        click.echo(line)


def _questions(name: str) -> list[dict[str, Any]]:
    questions = read_lines(name, Labelled)
    if not questions:
        raise Refusal(ExitCode.BAD_DATA, f"{shown(name)}：里面没有问题", f"{shown(name)}: holds no question")
    return questions


def _read(name: str) -> dict[str, Any]:
    return {line["id"]: _last(line) for line in read_lines(name, Answered)}


def _ask(desk: FrontDesk, questions: list[dict[str, Any]]) -> dict[str, Any]:
    with click.progressbar(questions, label=say("作答", "Answering"), file=sys.stderr) as progress:
        return {line["id"]: _last(respond(desk, line, keep=False)) for line in progress}


def _last(line: dict[str, Any]) -> dict[str, Any]:
    return dict(line["responses"][-1]) if line["responses"] else {}


def _table(card: Scorecard) -> str:
    return "\n".join(
        f"{name:28} {figure.passed:4}/{figure.asked:<4} {figure.share:.1%}"
        for name, figure in card.figures.items()
    )


def _miss_lines(card: Scorecard, limit: int) -> list[str]:
    return [
        " | ".join(
            (measure, str(question["id"]), printable(question["turns"][-1]), str(response.get("status")))
        )
        for measure, question, response in card.misses[:limit]
    ]
