"""``guanwen fit``: the weights behind ``confidence``, from labelled questions, for a person to review."""

import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace

import click

from bot.fitting import WITH_MEANING, WORDS_ALONE, Example, Fitted, cross_fitted, fit
from web.cli.grammar import Command
from web.cli.labelled import Asked, ask_all, ask_held_out
from web.cli.line_shapes import Labelled
from web.cli.lines import read_lines
from web.cli.opening import with_front_desk
from web.clock import local_date, now
from web.desk import FrontDesk
from web.exits import ExitCode, Refusal
from web.reliability import calibration_error
from web.speech import say

# Of the questions that reach a desk about one in five is none that the documents answer.
_OUTSIDE_SHARE = 0.2
_THRESHOLDS = tuple(step / 100 for step in range(20, 81, 5))


@click.command(
    cls=Command,
    help=say(
        "用带标注的问题拟合置信度模型，输出 bot/data/confidence.toml 的内容供人审阅。\n\n"
        "除问题集外，也逐个作者留出问法来拟合。不改动任何文件。",
        "Fit the confidence model to labelled questions and print bot/data/confidence.toml for review.\n\n"
        "Besides the question sets, each author's variants are used, held out. No file is changed.",
    ),
    example="guanwen fit tests/data/labelled/*.jsonl",
)
@click.argument("files", nargs=-1, required=True)
@click.option(
    "--every", default=8, metavar="N", help=say("每 N 条问法取一条", "Use one in N of the variants.")
)
@with_front_desk
def fit_confidence(desk: FrontDesk, files: tuple[str, ...], every: int) -> None:
    """Fit and print."""
    questions = [question for name in files for question in read_lines(name, Labelled)]
    with_meaning = _examples(desk, questions, every)
    words_alone = _examples(replace(desk, desk=replace(desk.desk, semantics=None)), questions, every)
    if desk.desk.semantics is None:
        raise Refusal(
            ExitCode.UNAVAILABLE,
            "没有语义模型，无法拟合",
            "there is no model of meaning, and so nothing to fit for it",
        )
    click.echo(f"fitted_on = {local_date(now())}\ntie_within = {desk.desk.confidence.tie_within}")
    _tell("words", words_alone, WORDS_ALONE)
    _tell("meaning", with_meaning, WITH_MEANING)


def _examples(desk: FrontDesk, questions: Sequence[dict[str, object]], every: int) -> list[Example]:
    asked = [*ask_all(desk, questions), *ask_held_out(desk, every)]
    return _weighed([(one, example) for one in asked if (example := _example(one))])


def _example(asked: Asked) -> Example | None:
    """What can be learned from a question; None where the model had no part in its answer."""
    features = asked.features()
    if features is None:
        return None
    wanted = [str(section) for section in asked.question.get("measures") or ()]
    return Example(features, asked.first_candidate() in wanted)


def _weighed(pairs: Sequence[tuple[Asked, Example]]) -> list[Example]:
    """So that outside questions count for their share of what reaches a desk, however many were written."""
    outside = [asked.question["answerable"] == "none" for asked, _ in pairs]
    share = sum(outside) / max(1, len(outside))
    inside_weight = (1 - _OUTSIDE_SHARE) / max(1e-9, 1 - share)
    outside_weight = _OUTSIDE_SHARE / max(1e-9, share)
    return [
        replace(example, weight=outside_weight if is_outside else inside_weight)
        for (_, example), is_outside in zip(pairs, outside, strict=True)
    ]


def _tell(name: str, examples: list[Example], features: Sequence[str]) -> None:
    try:
        fitted = fit(examples, features)
    except ValueError as error:
        raise Refusal(
            ExitCode.BAD_DATA, f"问题集不足以拟合：{error}", f"too few questions to fit: {error}"
        ) from error
    click.echo("\n".join(_table(name, fitted)))
    for line in _report(examples, cross_fitted(examples, features).tolist()):
        click.echo(f"{name}: {line}", file=sys.stderr)


def _table(name: str, fitted: Fitted) -> Iterable[str]:
    yield f"\n[{name}]"
    yield f"bias = {fitted.bias:.3f}"
    yield f"\n[{name}.weights]"
    yield from (f"{feature} = {weight:.3f}" for feature, weight in fitted.weights.items())


def _report(examples: Sequence[Example], chances: Sequence[float]) -> Iterable[str]:
    """What a threshold would let through and hold back, by models that had not seen the question."""
    right = [example.right for example in examples]
    weights = [example.weight for example in examples]
    error = calibration_error(list(zip(chances, right, strict=True)))
    yield f"{len(examples)} questions, calibration error {error:.3f}"
    for threshold in _THRESHOLDS:
        through = [chance >= threshold for chance in chances]
        answered = _share(weights, right, [one and yes for one, yes in zip(through, right, strict=True)])
        wrong = [not one for one in right]
        held = _share(weights, wrong, [not one and no for one, no in zip(through, wrong, strict=True)])
        yield f"answer_at {threshold:.2f}: right answered {answered:.1%}, wrong held back {held:.1%}"


def _share(weights: Sequence[float], of: Sequence[bool], what: Sequence[bool]) -> float:
    whole = sum(weight for weight, counts in zip(weights, of, strict=True) if counts)
    return sum(weight for weight, counts in zip(weights, what, strict=True) if counts) / max(whole, 1e-9)
