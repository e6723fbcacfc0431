"""``guanwen ask``: a question from the terminal, or a file of them."""

import json
import sys
from datetime import date

import click

from bot.trace import Trace
from web.cli.asking.card import render
from web.cli.asking.dialogue import ask_once, respond
from web.cli.asking.explained import explain as explained
from web.cli.asking.line_shapes import Asked
from web.cli.asking.lines import STDIN, read_lines
from web.cli.days import DAY
from web.cli.front_desk_opening import with_front_desk
from web.cli.grammar import Command
from web.speech import say
from web.state.front_desk import FrontDesk


@click.command(
    cls=Command,
    help=say(
        "提一个问题，引用原文作答。\n\n"
        "不加 --keep 时什么都不保存：答复里的工单号只是预览。答复无论结果如何，退出码都是 0。",
        "Ask a question and get the clause that answers it.\n\n"
        "Nothing is stored without --keep: a ticket number in the answer then only shows what it would be. "
        "The exit code is 0 whatever the answer.",
    ),
    example='guanwen ask "活鱼凌晨到港能预约通关吗"\nguanwen ask --jsonl questions.jsonl > answers.jsonl',
)
@click.argument("question", required=False)
@click.option(
    "--json", "as_json", is_flag=True, help=say("输出完整的 JSON 答复", "Print the whole answer as JSON.")
)
@click.option(
    "--jsonl",
    "lines",
    metavar="[FILE]",
    is_flag=False,
    flag_value=STDIN,
    help=say(
        '逐行读 {"id", "turns"}，逐行写 {"id", "responses"}；不给文件则读标准输入',
        'Read {"id", "turns"} lines, write {"id", "responses"} lines; from stdin without a file.',
    ),
)
@click.option(
    "--explain",
    is_flag=True,
    help=say("逐步说明是怎么答出来的", "Tell step by step how the answer came about."),
)
@click.option(
    "--as-of",
    type=DAY,
    help=say("按这一天有效的规定作答", "Answer from what is in force on that day."),
)
@click.option("--keep", is_flag=True, help=say("保存会话和工单", "Store the conversation and its tickets."))
@with_front_desk
def ask(
    desk: FrontDesk,
    question: str | None,
    as_json: bool,
    lines: str | None,
    explain: bool,
    as_of: date | None,
    keep: bool,
) -> None:
    """Answer one question or a file of them."""
    if (question is None) == (lines is None):
        raise click.UsageError(say("请给出一个问题，或用 --jsonl", "give either a question or --jsonl"))
    if lines is not None and explain:
        raise click.UsageError(say("--explain 只用于单个问题", "--explain is for a single question"))
    if lines is not None and as_json:
        raise click.UsageError(
            say("--jsonl 已是 JSON，不能与 --json 同用", "--jsonl writes JSON already; leave out --json")
        )
    if lines is not None:
        _answer_lines(desk, lines, keep=keep, as_of=as_of)
    elif question is not None:
        trace = Trace(wanted=explain)
        answer = ask_once(desk, question, keep=keep, as_of=as_of, trace=trace)
        text = (
            json.dumps(answer.as_dict(), ensure_ascii=False, indent=2)
            if as_json
            else render(answer, kept=keep)
        )
        click.echo(text)
        if explain:
            click.echo(f"\n{explained(trace)}", err=as_json)


def _answer_lines(desk: FrontDesk, name: str, *, keep: bool, as_of: date | None) -> None:
    lines = read_lines(name, Asked)
    with click.progressbar(lines, label=say("作答", "Answering"), file=sys.stderr) as progress:
        for line in progress:
            click.echo(json.dumps(respond(desk, line, keep=keep, as_of=as_of), ensure_ascii=False))
