"""``guanwen eval``: the referee's figures on labelled questions, and on variants that were not indexed."""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import click

from web.cli.asking.line_shapes import Answered, Labelled
from web.cli.asking.lines import read_lines, shown
from web.cli.front_desk_opening import with_front_desk
from web.cli.grammar import Command
from web.cli.measuring.evaluation import Scorecard, confidence_and_truth, score
from web.cli.measuring.labelled import Asked, ask_all, ask_held_out, same_in_both_scripts
from web.cli.measuring.reliability import calibration_error, interval
from web.exits import ExitCode, Refusal
from web.request.message import printable
from web.speech import say
from web.state.front_desk import FrontDesk

Question = dict[str, Any]


@dataclass(frozen=True)
class Report:
    """Everything one run found out."""

    card: Scorecard
    calibration: float | None = None
    parity: tuple[int, int] | None = None

    def as_dict(self) -> dict[str, Any]:
        """Measure → (passed, asked, share), and the two figures that are no counts."""
        extra = {"calibration error": self.calibration, "same in both scripts": self.parity}
        return self.card.as_dict() | {name: value for name, value in extra.items() if value is not None}


@click.command(
    "eval",
    cls=Command,
    help=say(
        "用带标注的问题集评分：逐题作答（不保存），再按裁判的口径统计，附 95% 区间。\n\n"
        "不给文件而用 --held-out 时，逐个作者留出其问法：用只含其他作者问法的索引来答。",
        "Score labelled questions: answer every line (nothing is stored) and count as the referee does, "
        "with 95 % intervals.\n\n"
        "With --held-out, each author's question variants are asked of an index that holds only the others'.",
    ),
    example="guanwen eval questions.jsonl\nguanwen eval --held-out 5 --words-only",
)
@click.argument("files", nargs=-1)
@click.option(
    "--held-out",
    "every",
    type=click.IntRange(min=1),
    metavar="N",
    help=say("留出作者评分，每 N 条问法取一条", "Hold authors out; ask one in N of their variants."),
)
@click.option(
    "--words-only",
    is_flag=True,
    help=say("只按词语作答，不比较语义", "Answer by words alone."),
)
@click.option(
    "--answers", metavar="FILE", help=say("评已有的答复，不再作答", "Score these answers instead of asking.")
)
@click.option("--json", "as_json", is_flag=True, help=say("输出 JSON", "Print JSON."))
@click.option(
    "--misses", default=0, metavar="N", help=say("列出前 N 个未通过的问题", "List the first N failures.")
)
@with_front_desk
def evaluate(
    desk: FrontDesk,
    files: tuple[str, ...],
    every: int | None,
    words_only: bool,
    answers: str | None,
    as_json: bool,
    misses: int,
) -> None:
    """Print the figures of question sets, or of held-out variants."""
    if bool(files) == bool(every):
        raise click.UsageError(
            say("请给出问题集，或用 --held-out", "give question sets, or --held-out, and not both")
        )
    if words_only:
        desk = replace(desk, desk=replace(desk.desk, semantics=None))
    questions = [question for name in files for question in _questions(name)]
    if answers:
        report = Report(score(questions, _read(answers)))
    else:
        report = _held_out(desk, every) if every else _asked(desk, questions)
    click.echo(json.dumps(report.as_dict(), ensure_ascii=False) if as_json else _table(report))
    for line in _miss_lines(report.card, misses):
        click.echo(line)


def _questions(name: str) -> list[Question]:
    questions = read_lines(name, Labelled)
    if not questions:
        raise Refusal(ExitCode.BAD_DATA, f"{shown(name)}：里面没有问题", f"{shown(name)}: holds no question")
    return questions


def _read(name: str) -> dict[str, Any]:
    return {
        line["id"]: dict(line["responses"][-1]) if line["responses"] else {}
        for line in read_lines(name, Answered)
    }


def _asked(desk: FrontDesk, questions: Sequence[Question]) -> Report:
    with click.progressbar(questions, label=say("作答", "Answering"), file=sys.stderr) as progress:
        asked = list(ask_all(desk, progress))
    same = [same_in_both_scripts(desk, question) for question in questions]
    return _report(asked, (sum(same), len(same)))


def _held_out(desk: FrontDesk, every: int) -> Report:
    return _report(list(ask_held_out(desk, every)), None)


def _report(asked: Sequence[Asked], parity: tuple[int, int] | None) -> Report:
    responses: Mapping[str, Any] = {one.question["id"]: one.answer.as_dict() for one in asked}
    said = [confidence_and_truth(one.question, responses[one.question["id"]]) for one in asked]
    return Report(
        score([one.question for one in asked], responses),
        calibration_error([pair for pair in said if pair]),
        parity,
    )


def _table(report: Report) -> str:
    lines = [_line(name, figure.passed, figure.asked) for name, figure in report.card.figures.items()]
    if report.parity:
        lines.append(_line("same in both scripts", *report.parity))
    if report.calibration is not None:
        lines.append(f"{'calibration error':28} {report.calibration:.3f}")
    return "\n".join(lines)


def _line(name: str, passed: int, asked: int) -> str:
    low, high = interval(passed, asked)
    return f"{name:28} {passed:4}/{asked:<4} {passed / asked:6.1%}  [{low:.1%}, {high:.1%}]"


def _miss_lines(card: Scorecard, limit: int) -> Iterable[str]:
    for measure, question, response in card.misses[:limit]:
        last = printable(question["turns"][-1])
        cited = ",".join(str(one["section"]) for one in (response.get("citations") or ())[:3])
        yield " | ".join((measure, str(question["id"]), last, str(response.get("status")), cited))
